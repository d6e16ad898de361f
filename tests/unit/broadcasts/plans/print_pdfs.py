"""Print ``files/*.html`` as PDF; run by hand with Chromium, the PDFs are committed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

FILES = Path(__file__).with_name("files")


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        for source in sorted(FILES.glob("*.html")):
            page.set_content(source.read_text(encoding="utf-8"))
            page.pdf(
                path=source.with_suffix(".pdf"),
                format="A4",
                display_header_footer=True,
                header_template='<div style="font-size:9px;width:100%;text-align:center">'
                '<span class="pageNumber"></span></div>',
                footer_template="<i></i>",
                margin={"top": "18mm", "bottom": "16mm", "left": "28mm", "right": "16mm"},
            )
        browser.close()


if __name__ == "__main__":
    main()
