"""What the bot could not answer an official does: the chat and the console side by side."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.officials.models import Role
from tests.browser.console.conftest import Both

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TOLD = "Không cần giấy phép.\n\nNếu hơn 50 nong thì báo thôn."


async def open_group(official: Page, words: str) -> None:
    """Look for a question, and open its group."""
    await official.goto(official.url.partition("/console")[0] + "/console/questions")
    await official.get_by_text("Lọc", exact=True).first.click()
    await official.get_by_label("Có chữ").fill(words)
    await official.get_by_role("button", name="Lọc").click()
    await official.get_by_role("link", name=words).click()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (True, "xin giấy phép nuôi tằm trên nóc nhà văn hóa"),
        (False, "xin giấy phép thả diều sáo trên đê"),
    ],
    ids=["with script", "without"],
)
async def test_an_officials_answer_is_shown_in_the_citizens_chat(
    both: Both, script: bool, words: str
) -> None:
    chat, other = await both.citizen(), await both.citizen()
    official = await both.official("questions", role=Role.SECRETARIAT, script=script)
    for one in (chat, other):
        await one.ask(words)
        await expect(one.replies.last).to_contain_text("Muốn tôi nhắn lại ở đây")
    await chat.page.get_by_role("button", name="Báo cho tôi khi có trả lời").click()
    await expect(chat.replies.last).to_contain_text("tôi sẽ nhắn lại bà con ở đây")

    await open_group(official, words)
    await expect(official.get_by_text("1 người đã đồng ý nhận tin")).to_be_visible()
    await official.get_by_label("Câu trả lời").fill(TOLD)
    await official.get_by_role("button", name="Gửi").click()
    await expect(official.get_by_role("status")).to_contain_text("Đã trả lời. 1 người")

    await expect(chat.replies.last).to_contain_text(f"Bà con đã hỏi: “{words}”")
    await expect(chat.replies.last).to_contain_text("Nếu hơn 50 nong thì báo thôn.")
    await expect(chat.replies).to_have_count(3)
    await expect(other.replies).to_have_count(1)
