"""What a citizen sees and does on the chat page, in a real browser on a phone-sized window."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
QUESTION = "lam giay khai sinh cho con can gi"


async def _open(phone: BrowserContext, site: str) -> Page:
    page = await phone.new_page()
    await page.goto(site)
    return page


async def _ask(page: Page, text: str) -> None:
    await page.locator("#question").fill(text)
    await page.keyboard.press("Enter")


async def test_a_question_is_answered_and_a_choice_pressed(
    phone: BrowserContext, site: str
) -> None:
    page = await _open(phone, site)
    await _ask(page, QUESTION)
    await expect(page.locator("#log")).to_contain_text("KHAI SINH", timeout=10_000)
    await page.get_by_role("button", name="Lệ phí").last.click()
    await expect(page.locator("#log")).to_contain_text("Lệ phí:", timeout=10_000)


async def test_a_reload_keeps_the_talk(phone: BrowserContext, site: str) -> None:
    page = await _open(phone, site)
    await _ask(page, QUESTION)
    await expect(page.locator("#log")).to_contain_text("KHAI SINH", timeout=10_000)
    await page.reload()
    await expect(page.locator("#log")).to_contain_text(QUESTION)
    await expect(page.locator("#log")).to_contain_text("KHAI SINH")


async def test_what_is_said_offline_is_sent_once_when_the_line_is_back(
    phone: BrowserContext, site: str
) -> None:
    page = await _open(phone, site)
    await phone.set_offline(True)
    await _ask(page, "xin chào")
    await expect(page.locator("#banner")).to_be_visible(timeout=10_000)
    await phone.set_offline(False)
    await expect(page.locator(".message.office")).to_have_count(2, timeout=20_000)
    await page.wait_for_timeout(1500)
    assert await page.locator(".message.office").count() == 2


async def test_typed_markup_stays_text(phone: BrowserContext, site: str) -> None:
    page = await _open(phone, site)
    await _ask(page, "<img src=x onerror=\"document.title='hacked'\"> khai sinh")
    await expect(page.locator(".message.me")).to_contain_text("<img src=x")
    await expect(page.locator(".message.office")).to_have_count(2, timeout=10_000)
    assert await page.locator("#log img").count() == 0
    assert await page.title() != "hacked"


@pytest.mark.parametrize("width", [320, 1440])
async def test_nothing_runs_out_of_the_window(
    phone: BrowserContext, site: str, width: int
) -> None:
    page = await _open(phone, site)
    await page.set_viewport_size({"width": width, "height": 640})
    await _ask(page, QUESTION)
    await expect(page.locator("#log")).to_contain_text("KHAI SINH", timeout=10_000)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(overflow) <= 0


async def test_larger_text_and_dark_colours_are_remembered(
    phone: BrowserContext, site: str
) -> None:
    page = await _open(phone, site)
    await page.locator("#larger").click()
    await page.locator("#theme").click()
    await page.reload()
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    size = "getComputedStyle(document.documentElement).fontSize"
    assert await page.evaluate(size) != "16px"


async def test_every_control_has_a_name_and_room_for_a_finger(
    phone: BrowserContext, site: str
) -> None:
    page = await _open(phone, site)
    for control in await page.locator("button, textarea").all():
        box = await control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    unnamed = """[...document.querySelectorAll('button')]
        .filter(b => !(b.getAttribute('aria-label') || b.textContent.trim())).length"""
    assert await page.evaluate(unnamed) == 0
    assert await page.locator("label[for=question]").count() == 1
