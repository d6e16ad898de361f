"""An office's table with faults, tried and taken in a real browser; citizens hear what it says."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.async_api import expect

from bot.officials.models import Role
from tests.browser.console.conftest import Both

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
HEADINGS = ("Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí")
FAULTY = ("1.000656", "Đăng ký khai tử", "khoảng tuần sau", "")


def a_table(folder: Path, fee: str) -> Path:
    """Save a table with one row that can be taken and one cell nobody understands."""
    book = openpyxl.Workbook()
    good = ("2.000815", "Chứng thực bản sao từ bản chính", "Trong ngày", fee)
    for row in (HEADINGS, good, FAULTY):
        book.worksheets[0].append(row)
    book.save(folder / "bang-thang-11.xlsx")
    return folder / "bang-thang-11.xlsx"


@pytest.mark.parametrize(
    ("script", "fee"),
    [(True, "3.210 đồng/trang"), (False, "4.560 đồng/trang")],
    ids=["with script", "without"],
)
async def test_the_good_rows_of_a_table_with_faults_are_taken(
    both: Both, tmp_path: Path, script: bool, fee: str
) -> None:
    official = await both.official("imports", role=Role.APPROVER, script=script)
    await official.get_by_label("Tệp", exact=True).set_input_files(a_table(tmp_path, fee))
    await official.get_by_role("button", name="Đọc thử").click()
    await expect(official.get_by_role("heading", level=1)).to_contain_text("bang-thang-11.xlsx")
    await expect(official.get_by_text(fee)).to_be_visible()
    await official.get_by_role("link", name="Lỗi cần sửa").click()
    await expect(official.get_by_text("khoảng tuần sau")).to_be_visible()

    chat = await both.citizen()
    await chat.ask("lệ phí sao y bản chính")
    await expect(chat.replies.last).to_contain_text("đồng")
    await expect(chat.replies.last).not_to_contain_text(fee)

    await official.get_by_label("Lý do (số, ngày quyết định…)").fill("Quyết định 12/QĐ-UBND")
    await official.get_by_role("button", name="Nhận").click()
    await expect(official.get_by_role("status")).to_contain_text("Đã nhận và công bố")
    await chat.ask("lệ phí sao y bản chính")
    await expect(chat.replies.last).to_contain_text(fee)
