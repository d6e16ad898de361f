"""What a citizen sees and does on the chat page, in a real browser on a phone-sized window."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from playwright.async_api import BrowserContext, Route, expect

from tests.browser.conftest import ANSWER, QUESTION, Chat
from tests.fakes.shelf import a_picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_question_is_answered_and_a_choice_pressed(chat: Chat) -> None:
    await chat.asked()
    await chat.page.get_by_role("button", name="Lệ phí").click()
    await expect(chat.mine.last).to_contain_text("Lệ phí")
    await expect(chat.replies.last).to_contain_text("Lệ phí:")


async def test_a_suggestion_is_a_question_too(chat: Chat) -> None:
    suggestion = chat.page.get_by_role("group", name="Nhiều người hỏi").get_by_role("button")
    label = await suggestion.first.inner_text()
    await suggestion.first.click()
    await expect(chat.mine).to_contain_text(label)
    await expect(chat.replies).to_have_count(1)


async def test_while_an_answer_is_worked_out_the_page_says_so(chat: Chat) -> None:
    await chat.page.route("**/chat/events*", lambda route: route.abort())
    await chat.page.reload()
    await chat.ask("xin chào")
    await expect(chat.page.locator("#typing")).to_have_text("Đang trả lời…")


async def test_the_answer_is_read_from_its_beginning(chat: Chat) -> None:
    await chat.asked()
    await expect(chat.replies.last.locator(".title")).to_be_in_viewport()


async def test_bullets_title_and_source_are_told_apart(chat: Chat) -> None:
    await chat.asked()
    await expect(chat.replies.locator("strong.title")).to_have_text(ANSWER)
    assert await chat.replies.locator(".item").count() > 1
    await expect(chat.replies.locator(".source")).to_contain_text("Nguồn:")


async def test_a_reload_keeps_the_talk_on_both_sides(chat: Chat) -> None:
    await chat.asked()
    before = await chat.log.inner_text()
    await chat.page.reload()
    assert await chat.log.inner_text() == before
    await chat.ask("lệ phí bao nhiêu")
    await expect(chat.replies).to_have_count(2)


async def test_an_answer_that_came_while_the_page_was_closed_is_there_afterwards(
    chat: Chat, phone: BrowserContext, site: str
) -> None:
    await chat.page.route("**/chat/events*", lambda route: route.abort())
    await chat.page.reload()
    await chat.ask(QUESTION)
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    await chat.page.close()
    later = Chat(await phone.new_page())
    await later.page.goto(site)
    await expect(later.replies).to_contain_text(ANSWER)


async def test_two_tabs_show_one_talk(chat: Chat, phone: BrowserContext, site: str) -> None:
    other = Chat(await phone.new_page())
    await other.page.goto(site)
    await chat.asked()
    await expect(other.mine).to_contain_text(QUESTION)
    await expect(other.replies).to_contain_text(ANSWER)
    await expect(chat.replies).to_have_count(1)
    await expect(other.replies).to_have_count(1)


async def test_what_is_said_offline_is_sent_once_when_the_line_is_back(
    chat: Chat, phone: BrowserContext
) -> None:
    await phone.set_offline(True)
    await chat.ask("xin chào")
    await chat.ask("cảm ơn")
    await expect(chat.page.locator("#banner")).to_contain_text("Mất kết nối")
    await expect(chat.page.locator(".waiting")).to_have_count(2)
    await phone.set_offline(False)
    await expect(chat.replies).to_have_count(2)
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    await expect(chat.page.locator("#banner")).to_be_hidden()


async def test_what_was_typed_offline_survives_a_reload(
    chat: Chat, phone: BrowserContext, site: str
) -> None:
    await phone.set_offline(True)
    await chat.ask(QUESTION)
    await expect(chat.page.locator(".waiting")).to_have_count(1)
    await chat.page.close()
    await phone.set_offline(False)
    later = Chat(await phone.new_page())
    await later.page.goto(site)
    await expect(later.replies).to_contain_text(ANSWER)


async def test_a_confirmation_lost_on_the_way_makes_no_second_message(chat: Chat) -> None:
    lost: list[str] = []

    async def lose_the_first(route: Route) -> None:
        answer = await route.fetch()
        lost.append(str(route.request.post_data))
        await (route.fulfill(response=answer) if len(lost) > 1 else route.abort())

    await chat.page.route("**/chat/messages", lose_the_first)
    await chat.asked()
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    assert len(lost) == 2
    assert lost[0] == lost[1]
    await expect(chat.replies).to_have_count(1)


async def test_who_is_asked_to_slow_down_waits_and_loses_nothing(chat: Chat) -> None:
    refusal = {"error": "Xin chờ 1 giây"}
    await chat.page.route(
        "**/chat/messages",
        lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}, json=refusal),
        times=1,
    )
    await chat.ask(QUESTION)
    await expect(chat.mine.locator(".note")).to_have_text("Xin chờ 1 giây")
    await expect(chat.replies).to_contain_text(ANSWER)
    await expect(chat.mine.locator(".note")).to_have_count(0)


async def test_a_refused_text_can_be_taken_back_and_mended(chat: Chat) -> None:
    await chat.ask("khai sinh " * 300)
    await expect(chat.mine.locator(".note")).to_contain_text("2.000 ký tự")
    await expect(chat.mine.locator(".note")).to_be_in_viewport(ratio=1)
    await expect(chat.mine.locator(".edit")).to_be_in_viewport(ratio=1)
    await chat.page.get_by_role("button", name="Sửa lại").click()
    await expect(chat.mine).to_have_count(0)
    await expect(chat.box).to_be_focused()
    assert "khai sinh khai sinh" in await chat.box.input_value()
    await chat.asked()


async def test_markup_in_a_question_stays_text(chat: Chat) -> None:
    await chat.ask("<img src=x onerror=\"document.title='hacked'\"> khai sinh")
    await expect(chat.mine).to_contain_text("<img src=x")
    await expect(chat.replies).to_have_count(1)
    await chat.page.reload()
    await expect(chat.mine).to_contain_text("<img src=x")
    assert await chat.log.locator("img").count() == 0
    assert await chat.page.title() != "hacked"


async def test_markup_in_a_reply_stays_text_and_only_safe_links_become_links(chat: Chat) -> None:
    text = (
        "<b onclick=alert(1)>chào</b> javascript:alert(1) http://a.vn/x\n"
        "Xem https://dichvucong.gov.vn/x?a=1&b=<i>. Gọi 1900 1234, 028 3827 2191 hoặc 113.\n"
        "Nghị định 115/2024, mã 1.001193, hạn 114 ngày"
    )
    reply = {"id": 900, "text": text, "choices": [{"label": "<u>x</u>", "value": "a"}]}
    stream = f"retry: 60000\n\nid: 900\ndata: {json.dumps(reply)}\n\n"
    await chat.page.route(
        "**/chat/events*",
        lambda route: route.fulfill(body=stream, content_type="text/event-stream"),
    )
    await chat.page.reload()
    await expect(chat.replies).to_contain_text("<b onclick=alert(1)>chào</b>")
    await expect(chat.replies.get_by_role("button")).to_have_text("<u>x</u>")
    assert await chat.replies.locator("b, i, u").count() == 0
    links = await chat.replies.locator("a").evaluate_all("all => all.map(a => [a.href, a.rel])")
    assert links == [
        ["https://dichvucong.gov.vn/x?a=1&b=", "noopener noreferrer"],
        ["tel:19001234", ""],
        ["tel:02838272191", ""],
        ["tel:113", ""],
    ]


async def test_news_shows_its_picture_with_words_its_file_and_its_buttons_as_links(
    chat: Chat,
) -> None:
    pixel = a_picture(320, 200)
    news: dict[str, object] = {
        "id": 901,
        "from": "bot",
        "text": "Ra quân cải cách hành chính",
        "choices": [],
        "links": [{"label": "Nộp hồ sơ", "address": "https://dichvucong.gov.vn"}],
        "files": [
            {"name": "a.jpg", "size": "1 KB", "picture": True, "told": "Ảnh kèm tin: Ra quân",
             "address": "chat/tep/901/1/" + "a" * 32},
            {"name": "công văn.pdf", "size": "20 KB", "picture": False, "told": "",
             "address": "chat/tep/901/2/" + "b" * 32},
        ],
    }  # fmt: skip
    stream = f"retry: 60000\n\nid: 901\ndata: {json.dumps(news)}\n\n"
    await chat.page.route(
        "**/chat/events*",
        lambda route: route.fulfill(body=stream, content_type="text/event-stream"),
    )
    await chat.page.route(
        "**/chat/tep/**", lambda route: route.fulfill(body=pixel, content_type="image/jpeg")
    )
    await chat.page.set_viewport_size({"width": 360, "height": 640})
    await chat.page.reload()
    picture = chat.replies.get_by_role("img", name="Ảnh kèm tin: Ra quân")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("one => one.naturalWidth") == 320
    await chat.replies.get_by_role("link", name="Ảnh kèm tin: Ra quân").focus()
    await chat.page.keyboard.press("Tab")
    file = chat.replies.get_by_role("link", name="Tệp: công văn.pdf (20 KB)")
    await expect(file).to_be_focused()
    assert await file.get_attribute("download") == "công văn.pdf"
    await chat.page.keyboard.press("Tab")
    button = chat.replies.get_by_role("link", name="Nộp hồ sơ")
    await expect(button).to_be_focused()
    assert await button.get_attribute("href") == "https://dichvucong.gov.vn"
    for link in (file, button):
        box = await link.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
    await chat.page.reload()
    await expect(chat.replies.get_by_role("img")).to_be_visible()
    await expect(chat.replies).to_have_count(1)


async def test_news_that_come_later_are_seen_without_scrolling(chat: Chat) -> None:
    await chat.asked()
    hour = """() => {
        const talk = JSON.parse(localStorage.getItem('chat.talk'));
        talk.entries.forEach(one => { if (one.mine) one.at -= 3600000; });
        localStorage.setItem('chat.talk', JSON.stringify(talk));
    }"""
    await chat.page.evaluate(hour)
    picture = {
        "name": "a.png",
        "size": "1 KB",
        "picture": True,
        "told": "Ảnh",
        "address": "chat/tep/",
    }
    came: list[dict[str, object]] = [
        {"id": 901, "from": "bot", "text": "Tin trước", "choices": [], "files": [picture]},
        {"id": 902, "from": "bot", "text": "Ra quân " + "rất dài " * 300, "choices": []},
    ]
    events = "".join(f"id: {one['id']}\ndata: {json.dumps(one)}\n\n" for one in came)
    await chat.page.route(
        "**/chat/events*",
        lambda route: route.fulfill(
            body=f"retry: 60000\n\n{events}", content_type="text/event-stream"
        ),
    )
    tall = a_picture(320, 640)

    async def late(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.fulfill(body=tall, content_type="image/jpeg")

    await chat.page.route("**/chat/tep/**", late)
    at_the_top = """() => {
        const news = document.querySelector('#talk .message:last-child').getBoundingClientRect();
        const below = news.top - document.getElementById('log').getBoundingClientRect().top;
        return 0 <= below && below < 40;
    }"""
    for _ in ("as they come", "after the page was opened again"):
        await chat.page.reload()
        await expect(chat.replies.last).to_contain_text("Ra quân")
        await chat.page.wait_for_function("() => document.querySelector('#talk img').naturalWidth")
        await chat.page.wait_for_function(at_the_top, timeout=5_000)


async def test_starting_over_shows_the_menu(chat: Chat) -> None:
    await chat.page.get_by_role("button", name="Bắt đầu lại").click()
    await expect(chat.replies.get_by_role("button").first).to_be_visible()


async def test_erasing_needs_a_second_press_and_leaves_nothing_on_the_device(chat: Chat) -> None:
    await chat.asked()
    session = "JSON.parse(localStorage.getItem('chat.talk')).session"
    before = await chat.page.evaluate(session)
    await chat.page.get_by_role("button", name="Xóa trên máy này").click()
    await expect(chat.replies).to_have_count(1)
    await chat.page.get_by_role("button", name="Bấm lần nữa để xóa").click()
    await expect(chat.replies).to_have_count(0)
    assert await chat.page.evaluate(session) != before
    await chat.page.reload()
    await expect(chat.mine).to_have_count(0)


async def test_a_number_once_sent_is_not_kept_and_is_no_link(chat: Chat) -> None:
    await chat.ask("cccd 001099012345, gọi 0912 345 678")
    await expect(chat.mine.get_by_role("link")).to_have_count(0)
    await expect(chat.replies).not_to_have_count(0)
    kept = "localStorage.getItem('chat.talk')"
    assert "001099012345" not in str(await chat.page.evaluate(kept))
    await chat.page.reload()
    await expect(chat.mine).to_contain_text("cccd [số căn cước], gọi [số điện thoại]")


async def test_larger_text_and_dark_colours_are_remembered(chat: Chat) -> None:
    size = "getComputedStyle(document.documentElement).fontSize"
    assert await chat.page.evaluate(size) == "16px"
    await chat.page.get_by_role("button", name="Cỡ chữ lớn hơn").click()
    await chat.page.get_by_role("button", name="Giao diện tối").click()
    await chat.page.reload()
    assert await chat.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert float(str(await chat.page.evaluate(size)).rstrip("px")) > 18


async def test_the_colours_follow_the_device_until_chosen(chat: Chat) -> None:
    theme = chat.page.get_by_role("button", name="Giao diện tối")
    await expect(theme).to_have_attribute("aria-pressed", "false")
    await chat.page.emulate_media(color_scheme="dark")
    await expect(theme).to_have_attribute("aria-pressed", "true")


async def test_a_browser_without_events_gets_its_answers_by_asking(
    phone: BrowserContext, site: str
) -> None:
    await phone.add_init_script("delete window.EventSource")
    old = Chat(await phone.new_page())
    await old.page.goto(site)
    await old.asked()
    await old.ask("lệ phí bao nhiêu")
    await expect(old.replies).to_have_count(2)


async def test_where_events_are_held_back_the_page_asks_instead(chat: Chat) -> None:
    await chat.page.clock.install()
    await chat.page.route("**/chat/events*", lambda _: None)
    await chat.page.reload()
    await chat.ask(QUESTION)
    await expect(chat.page.locator("#typing")).to_have_text("Đang trả lời…")
    await chat.page.clock.fast_forward(10_000)
    await expect(chat.replies).to_contain_text(ANSWER)
    await chat.ask("lệ phí bao nhiêu")
    await expect(chat.replies).to_have_count(2)


async def test_a_browser_that_remembers_nothing_can_still_chat(
    phone: BrowserContext, site: str
) -> None:
    await phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    private = Chat(await phone.new_page())
    await private.page.goto(site)
    await private.asked()


async def test_the_picture_on_paper_is_the_talk(chat: Chat) -> None:
    await chat.asked()
    await chat.page.emulate_media(media="print")
    await expect(chat.box).to_be_hidden()
    await expect(chat.replies.get_by_role("button").first).to_be_hidden()
    await expect(chat.replies).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (640, 360), (1440, 900)])
async def test_nothing_runs_out_of_the_window(chat: Chat, width: int, height: int) -> None:
    await chat.page.set_viewport_size({"width": width, "height": height})
    await chat.page.evaluate("localStorage.setItem('chat.size', '150')")
    await chat.page.reload()
    await chat.asked()
    wide = """[...document.querySelectorAll('body *')].filter(e =>
        !e.closest('.unseen, .skip') && e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert await chat.page.evaluate(wide) == []
    assert re.fullmatch("0|-.*", str(await chat.page.evaluate(
        "document.documentElement.scrollWidth - innerWidth")))  # fmt: skip


@pytest.mark.parametrize("width", [320, 360])
async def test_on_a_small_phone_the_largest_letters_leave_room_for_the_talk(
    chat: Chat, width: int
) -> None:
    await chat.page.set_viewport_size({"width": width, "height": 568})
    await chat.page.evaluate("localStorage.setItem('chat.size', '150')")
    await chat.page.reload()
    height = "document.getElementById('log').clientHeight / innerHeight"
    assert float(str(await chat.page.evaluate(height))) > 0.55
    await expect(chat.log.get_by_text("Chào bà con!")).to_be_in_viewport(ratio=1)


async def test_a_question_begun_survives_a_reload_until_sent_or_erased(chat: Chat) -> None:
    await chat.box.fill("tôi muốn hỏi")
    await chat.page.reload()
    await expect(chat.box).to_have_value("tôi muốn hỏi")
    for _ in range(2):
        await chat.page.locator("#erase").click()
    await expect(chat.box).to_have_value("")
    await chat.ask(QUESTION)
    await chat.page.reload()
    await expect(chat.box).to_have_value("")


async def test_a_line_that_keeps_failing_is_told_and_the_word_that_it_is_back_goes_away(
    chat: Chat,
) -> None:
    banner = chat.page.locator("#banner")
    await chat.page.route("**/chat/events*", lambda route: route.abort())
    await chat.page.reload()
    await expect(banner).to_contain_text("Mất kết nối")
    await chat.page.unroute("**/chat/events*")
    await expect(banner).to_contain_text("Đã có kết nối")
    await expect(banner).to_be_hidden()


async def test_an_open_page_follows_when_nobody_is_answered_any_more(chat: Chat) -> None:
    closed = {"notices": [], "closed": "Kênh này đang tạm ngừng trả lời."}

    async def tell(route: Route) -> None:
        await route.fulfill(json=closed)

    asked = chat.page.get_by_role("group", name="Nhiều người hỏi")
    notices = chat.page.locator("#notices")
    await expect(asked).to_be_visible()
    await chat.page.route("**/chat/notices", tell)
    await chat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(notices).to_have_text("Kênh này đang tạm ngừng trả lời.")
    await expect(asked).to_be_hidden()
    closed["closed"] = ""
    await chat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(asked).to_be_visible()
    await expect(notices).to_be_hidden()
