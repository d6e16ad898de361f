"""Takes the pictures of docs/images from a running program at the address given."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """One window on the chat: what is asked there and what it looks like."""

    name: str
    asked: tuple[str, ...]
    size: tuple[int, int] = (390, 844)
    dark: bool = False


PICTURES = (
    Picture("chat-phone", ("lam giay khai sinh cho con can gi",)),
    Picture("chat-phone-dark", ("nhà tôi bị mất sổ đỏ", "lệ phí bao nhiêu"), dark=True),
    Picture("chat-desktop", ("đăng ký kết hôn cần giấy tờ gì",), size=(1280, 800)),
)


def main(address: str) -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            take(browser, address, picture)
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Ask as the picture says and keep what the window shows."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        locale="vi-VN",
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page.goto(address)
    for number, question in enumerate(picture.asked):
        page.get_by_role("textbox").fill(question)
        page.keyboard.press("Enter")
        page.locator("#talk .office").nth(number).wait_for()
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/")
