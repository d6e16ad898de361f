"""A list of readers goes in, and a calendar opens to other programs, on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.officials.models import Role
from tests.browser.console.conftest import Both
from tests.unit.broadcasts.calendar import ics

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(
    ("script", "first"), [(True, 41_000), (False, 45_000)], ids=["with script", "without"]
)
async def test_a_list_is_tried_confirmed_and_found_again(
    both: Both, tmp_path: Path, script: bool, first: int
) -> None:
    rows = [f"telegram,{number},mau-xa,người dân" for number in range(first, first + 1_500)]
    path = tmp_path / "nguoi-nhan.csv"
    path.write_text("\n".join(["kênh,địa chỉ,cơ quan,đối tượng", *rows, "sms,1,mau-xa,lạ"]))
    official = await both.official(
        "readers/lists?office=mau-xa", role=Role.SECRETARIAT, script=script
    )
    await official.get_by_label("Tệp", exact=True).set_input_files(path)
    await official.get_by_role("button", name="Đọc thử").click()
    take = official.get_by_role("button", name="Nhận 1.500 dòng tốt")
    await expect(take).to_be_visible(timeout=30_000)
    await expect(official.get_by_text("kênh “sms” không có")).to_be_visible()
    await official.get_by_label("Danh sách này từ đâu").fill("Phiếu đăng ký tháng 10/2026")
    await take.click()
    ended = official.get_by_text("Các dòng tốt của danh sách này đã được nhận.")
    await expect(ended).to_be_visible(timeout=60_000)
    await official.goto(f"{both.address}console/readers/list?text={first}")
    await official.get_by_role("link", name=f"…{first % 10_000}").click()
    await official.get_by_text("Xem mã đầy đủ").first.click()
    await official.get_by_role("button", name="Xem mã đầy đủ").click()
    await expect(official.get_by_text(str(first), exact=True)).to_be_visible()


async def test_a_calendar_opens_under_the_address_that_was_shown(both: Both) -> None:
    official = await both.official("calendar/address?office=mau-xa")
    await official.get_by_role("button", name="Tạo địa chỉ").click()
    address = await official.locator("#link").inner_text()
    for program in ("Google Lịch", "Outlook", "iPhone, iPad"):
        await expect(official.get_by_role("heading", name=program)).to_be_visible()
    answer = await official.context.request.get(address)
    calendar = ics.read(await answer.body())
    assert calendar.properties["X-WR-CALNAME"].startswith("Lịch truyền thông")
    await official.get_by_text("Đóng địa chỉ").first.click()
    await official.get_by_role("button", name="Đóng địa chỉ").click()
    await expect(official.get_by_role("status")).to_contain_text("Đã đóng địa chỉ")
    assert (await official.context.request.get(address)).status == 404
