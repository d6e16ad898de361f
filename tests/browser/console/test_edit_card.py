"""A card is edited, and the next citizen is told what was written; then it is taken back."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.officials.models import Role
from tests.browser.console.conftest import Both

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ASKED = "lệ phí cấp thẻ căn cước lần đầu"


async def _open(official: Page) -> None:
    await official.get_by_text("Lọc", exact=True).first.click()
    await official.get_by_label("Có chữ").fill("cấp thẻ căn cước lần đầu")
    await official.get_by_role("button", name="Lọc").click()
    await official.get_by_role("link", name="Cấp thẻ căn cước lần đầu").click()


@pytest.mark.parametrize(
    ("script", "fee"), [(True, "12.345 đồng"), (False, "23.456 đồng")], ids=["script", "without"]
)
async def test_an_edited_card_is_told_and_taken_back(both: Both, script: bool, fee: str) -> None:
    chat = await both.citizen()
    official = await both.official("cards", role=Role.APPROVER, script=script)
    await _open(official)
    await official.get_by_role("link", name="Sửa thẻ này").click()
    await official.get_by_label("Phí, lệ phí").fill(fee)
    await official.get_by_role("button", name="Xem trước").click()
    await expect(official.get_by_text("Chưa có gì được lưu")).to_be_visible()
    await official.get_by_label("Lý do sửa").fill("thử sửa lệ phí của thẻ")
    await official.get_by_role("button", name="Công bố").click()
    await expect(official.get_by_role("status")).to_contain_text("Đã công bố")

    await chat.ask(ASKED)
    await expect(chat.replies.last).to_contain_text(fee)

    await official.get_by_role("link", name="Sửa thẻ này").click()
    await official.get_by_text("Bỏ phần sửa của cơ quan").first.click()
    await official.locator(".asked").get_by_label("Lý do").fill("trả lại như cũ")
    await official.locator(".asked").get_by_role("button", name="Bỏ phần sửa").click()
    await expect(official.get_by_role("status")).to_contain_text("Đã công bố")
    await chat.ask(f"{ASKED} bao nhiêu")
    await expect(chat.replies.last).not_to_contain_text(fee)
