"""Takes the pictures of docs/images from a running program at the address given."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"


def main(address: str) -> None:
    """Ask one question on a phone-sized window and keep the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="vi-VN")
        page.goto(address)
        page.locator("#question").fill("lam giay khai sinh cho con can gi")
        page.keyboard.press("Enter")
        page.get_by_text("KHAI SINH").last.wait_for(timeout=10_000)
        page.wait_for_timeout(500)
        page.screenshot(path=IMAGES / "chat-phone.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/")
