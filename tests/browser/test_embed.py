"""The chat on the office's own website: one script tag, a button, a frame."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.conftest import ANSWER, QUESTION

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_one_script_tag_opens_the_chat_on_another_website(
    phone: BrowserContext, site: str, website: str
) -> None:
    page = await phone.new_page()
    await page.goto(f"{website}?chat={site}")
    button = page.get_by_role("button", name="Hỏi thủ tục hành chính")
    await expect(button).to_have_attribute("aria-expanded", "false")
    await button.press("Enter")
    frame = page.frame_locator("iframe[title='Khung hỏi đáp thủ tục hành chính']")
    await frame.get_by_role("textbox").fill(QUESTION)
    await frame.get_by_role("textbox").press("Enter")
    await expect(frame.get_by_role("log")).to_contain_text(ANSWER)
    await expect(page.get_by_role("button", name="Đóng khung hỏi đáp")).to_have_attribute(
        "aria-expanded", "true"
    )


async def test_escape_closes_the_frame_and_gives_the_focus_back(
    phone: BrowserContext, site: str, website: str
) -> None:
    page = await phone.new_page()
    await page.goto(f"{website}?chat={site}")
    button = page.get_by_role("button", name="Hỏi thủ tục hành chính")
    await button.click()
    frame = page.frame_locator("iframe")
    await frame.get_by_role("textbox").press("Escape")
    await expect(page.locator("iframe")).to_be_hidden()
    await expect(button).to_be_focused()
    await button.click()
    await expect(page.locator("iframe")).to_be_visible()


async def test_button_and_frame_stay_inside_a_narrow_window(
    phone: BrowserContext, site: str, website: str
) -> None:
    page = await phone.new_page()
    await page.set_viewport_size({"width": 320, "height": 568})
    await page.goto(f"{website}?chat={site}")
    await page.get_by_role("button").click()
    for part in (page.locator("iframe"), page.get_by_role("button")):
        box = await part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] + box["height"] <= 568


async def test_a_website_that_is_not_listed_cannot_frame_the_chat(
    phone: BrowserContext, site: str, website: str
) -> None:
    page = await phone.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(f"{website.replace('127.0.0.1', 'localhost')}?chat={site}")
    await page.get_by_role("button").click()
    await expect(page.locator("iframe")).to_be_visible()
    await expect(page.frame_locator("iframe").get_by_role("textbox")).to_have_count(0)
    assert any("frame-ancestors" in complaint for complaint in complaints)
