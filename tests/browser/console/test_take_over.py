"""An official answers in the bot's place: the citizen's chat and the console, side by side."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ANSWER, QUESTION
from tests.browser.console.conftest import Both

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def open_talk(official: Page, words: str) -> None:
    """Open the talk of who waits with ``words``."""
    await official.reload()
    await (
        official.get_by_role("table", name="Đang chờ cán bộ")
        .get_by_role("link", name=words)
        .first.click()
    )


async def send(official: Page, text: str) -> None:
    await official.get_by_label("Tin gửi người dân").fill(text)
    await official.get_by_role("button", name="Gửi").click()


async def test_an_official_takes_a_talk_over_and_gives_it_back(both: Both) -> None:
    chat, official = await both.citizen(), await both.official()
    await chat.ask("cho tôi gặp cán bộ hộ tịch")
    await expect(chat.replies.last).to_contain_text("vào danh sách chờ cán bộ")

    await open_talk(official, "cho tôi gặp cán bộ hộ tịch")
    await official.get_by_role("button", name="Tiếp quản").click()
    await expect(chat.replies.last).to_contain_text("Trợ lý tự động tạm dừng")
    await send(official, "Chào bác, bác cần gì ạ?")
    await expect(chat.replies.last).to_contain_text("Cán bộ:Chào bác, bác cần gì ạ?")

    # The bot would know this one; now the official alone gets it, and without pressing anything.
    await chat.ask(QUESTION)
    await expect(chat.page.locator("#typing")).to_have_text(
        "Cán bộ đã nhận được tin, xin chờ trả lời."
    )
    await expect(official.get_by_role("log")).to_contain_text(QUESTION)
    await expect(chat.replies.last).to_contain_text("Chào bác")
    await send(official, "Bác mang giấy chứng sinh nhé")
    await expect(chat.replies.last).to_contain_text("Bác mang giấy chứng sinh nhé")
    await expect(chat.page.locator("#typing")).to_have_text("")

    # Another tab, or the page fetched anew, knows that an official has the talk.
    await chat.page.reload()
    await expect(chat.replies.last).to_contain_text("Cán bộ:Bác mang giấy chứng sinh nhé")
    await chat.ask("dạ vâng")
    await expect(chat.page.locator("#typing")).to_contain_text("Cán bộ đã nhận được tin")

    await official.get_by_role("button", name="Trả lại cho trợ lý").click()
    # What was written last may be looked at before or after the talk is given back.
    given_back = chat.replies.filter(has_text="trợ lý tự động trả lời")
    await expect(given_back).to_have_count(1)
    await chat.ask(QUESTION)
    await expect(chat.replies.last).to_contain_text(ANSWER)


async def test_a_second_official_sees_who_answers(both: Both) -> None:
    chat = await both.citizen()
    first, second = await both.official(), await both.official()
    await chat.ask("cho em gặp nhân viên tư vấn với")
    await expect(chat.replies.last).to_contain_text("vào danh sách chờ cán bộ")
    await open_talk(first, "cho em gặp nhân viên")
    await second.goto(first.url)
    await first.get_by_role("button", name="Tiếp quản").click()
    await expect(first.get_by_role("status")).to_contain_text("Bạn đang trả lời người này")
    await second.get_by_role("button", name="Tiếp quản").click()
    await expect(second.get_by_text("Nguyễn Thị Lan đang trả lời người này")).to_be_visible()
    await expect(second.get_by_role("button", name="Tiếp quản")).to_have_count(0)


async def test_without_a_script_an_official_can_answer_all_the_same(both: Both) -> None:
    chat, official = await both.citizen(), await both.official(script=False)
    await chat.ask("tôi muốn gặp người thật ạ")
    await expect(chat.replies.last).to_contain_text("vào danh sách chờ cán bộ")
    await open_talk(official, "tôi muốn gặp người thật")
    await official.get_by_role("button", name="Tiếp quản").click()
    await send(official, "Chào bạn")
    await expect(chat.replies.last).to_contain_text("Chào bạn")
    await chat.ask("chào cán bộ")
    await expect(chat.mine.last).to_contain_text("chào cán bộ")
    await official.get_by_role("link", name="Xem tin mới").click()
    await expect(official.get_by_role("log")).to_contain_text("chào cán bộ")
