"""The page for those who use a keyboard, a screen reader, large letters or strong contrast."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import ANSWER, Chat

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Follows WCAG 2.2: relative luminance, and the ground an element really stands on.
FAINT = """() => {
  const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const hasText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('body *')]
    .filter(e => hasText(e) && e.checkVisibility() && !e.closest('.unseen, noscript'))
    .map(e => [e.textContent.trim().slice(0, 40),
               ratio(light(parse(getComputedStyle(e).color)), light(ground(e)))])
    .filter(([, r]) => r < 4.5);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(chat: Chat, theme: str) -> None:
    await chat.page.evaluate("theme => localStorage.setItem('chat.theme', `\"${theme}\"`)", theme)
    await chat.page.reload()
    assert await chat.page.evaluate("document.documentElement.dataset.theme") == theme
    await chat.asked()
    await chat.ask("x " * 1500)
    await expect(chat.page.locator(".refused")).to_have_count(1)
    assert await chat.page.evaluate(FAINT) == []


async def test_every_control_has_a_name_and_room_for_a_finger(chat: Chat) -> None:
    await chat.asked()
    tree = await chat.page.locator("body").aria_snapshot()
    assert "- button\n" not in tree
    assert '- textbox "Câu hỏi"' in tree
    for control in await chat.page.locator("button:visible, textarea").all():
        box = await control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, await control.inner_text()


async def test_the_page_is_laid_out_for_those_who_hear_it(chat: Chat) -> None:
    await chat.asked()
    page = chat.page
    assert await page.locator("html").get_attribute("lang") == "vi"
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(chat.log).to_have_attribute("aria-live", "polite")
    await expect(chat.log).to_have_accessible_name("Cuộc trò chuyện")
    await expect(chat.replies.locator(".unseen").first).to_have_text("Trả lời:")
    repeated = """[...document.querySelectorAll('[id]')].map(e => e.id)
        .filter((id, at, all) => all.indexOf(id) !== at)"""
    assert await page.evaluate(repeated) == []


async def test_a_change_of_looks_is_spoken(chat: Chat) -> None:
    spoken = chat.page.locator("#spoken")
    await chat.page.get_by_role("button", name="Cỡ chữ lớn hơn").click()
    await expect(spoken).to_have_text("Cỡ chữ 115%")
    await chat.page.get_by_role("button", name="Giao diện tối").click()
    await expect(spoken).to_have_text("Đang dùng giao diện tối")


async def test_everything_can_be_done_with_keys(chat: Chat) -> None:
    page = chat.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.box).to_be_focused()
    await page.keyboard.type("lam giay khai sinh cho con can gi")
    await page.keyboard.press("Enter")
    await expect(chat.replies.last).to_contain_text(ANSWER)
    await expect(chat.box).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    choices = chat.replies.get_by_role("button")
    await expect(choices.last).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.replies).to_have_count(2)


async def test_where_the_focus_is_can_be_seen(chat: Chat) -> None:
    for _ in range(4):
        await chat.page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await chat.page.evaluate(outline) == "solid"


async def test_a_line_break_is_typed_and_kept(chat: Chat) -> None:
    await chat.box.fill("dòng một")
    await chat.box.press("Shift+Enter")
    await chat.box.press_sequentially("dòng hai")
    await expect(chat.mine).to_have_count(0)
    await chat.box.press("Enter")
    await expect(chat.mine.locator(".line")).to_have_count(2)


async def test_enter_that_ends_a_composed_word_does_not_send(chat: Chat) -> None:
    """Telex and VNI keyboards compose letters; their Enter belongs to the word."""
    await chat.box.fill("đất")
    await chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(chat.mine).to_have_count(0)


async def test_who_wants_no_motion_gets_none(chat: Chat) -> None:
    await chat.page.emulate_media(reduced_motion="reduce")
    style = "getComputedStyle(document.getElementById('log')).scrollBehavior"
    assert await chat.page.evaluate(style) == "auto"


SIZE_OF = "name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (640, 320), (1440, 900)])
async def test_no_letters_are_cut_in_the_box_at_any_size(
    chat: Chat, width: int, height: int
) -> None:
    await chat.page.set_viewport_size({"width": width, "height": height})
    for _ in range(4):
        await chat.page.locator("#larger").click()
        cut = await chat.box.evaluate("box => box.scrollHeight - box.clientHeight")
        row = await chat.box.evaluate("box => parseFloat(getComputedStyle(box).lineHeight)")
        room = await chat.box.evaluate("box => box.clientHeight")
        assert cut <= 0
        assert room >= row


@pytest.mark.parametrize("name", ["header h1", "#privacy", "#erase", "#log .line"])
async def test_every_text_grows_with_the_letters(chat: Chat, name: str) -> None:
    before = await chat.page.evaluate(SIZE_OF, name)
    for _ in range(3):
        await chat.page.locator("#larger").click()
    assert await chat.page.evaluate(SIZE_OF, name) == pytest.approx(before * 1.5)


async def test_the_talk_reaches_down_to_the_box(chat: Chat) -> None:
    band = "find => find('form').top - find('#log').bottom"
    rects = "name => document.querySelector(name).getBoundingClientRect()"
    assert await chat.page.evaluate(f"({band})({rects})") == pytest.approx(0, abs=1)


async def test_a_phone_on_its_side_leaves_two_thirds_to_the_talk(chat: Chat) -> None:
    await chat.page.set_viewport_size({"width": 640, "height": 320})
    height = await chat.log.evaluate("log => log.clientHeight")
    assert height >= 320 * 2 / 3


async def test_what_is_kept_is_told_before_the_first_question(chat: Chat) -> None:
    await expect(chat.log).to_contain_text("chương trình trả lời tự động, không phải người")
    await expect(chat.log).to_contain_text("nhắn “nhận tin”")
    told = chat.log.get_by_text("được lưu 90 ngày")
    await expect(told).to_be_hidden()
    await chat.log.get_by_text("Lời nhắn được giữ thế nào?").click()
    await expect(told).to_be_visible()
