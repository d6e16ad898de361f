"""An export of a hotline goes in by the console: tried, every row told, confirmed, filed once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.officials.models import Role
from bot.storage.feedback_tables import cases
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.exports import an_export
from tests.integration.console.handing_in import deeds_told, hand_in, kept_files, settled

NEW = f"/cases/import/{HERE}/new"
REASON = "Tổng đài 1022 của tỉnh, tuần 3 tháng 11/2026"
DENOUNCED = "Tôi tố cáo chủ tịch xã nhận hối lộ 50 triệu"
ROWS: list[dict[str, Any]] = [
    {"Hạn xử lý": "21/11/2026"},
    {"Thời gian tiếp nhận": "hôm kia"},
    {
        "Mã phản ánh": "1022-0003",
        "Nội dung phản ánh": "Tôi tố cáo chủ tịch xã nhận hối lộ 50 triệu",
    },
    {"Mã phản ánh": "1022-0004", "Trạng thái": "Hoàn thành"},
]


async def _handed(seat: Seat, body: bytes) -> str:
    return await hand_in(seat, NEW, "xuat-1022.xlsx", body)


def _fates(shown: Shown) -> list[tuple[str, str]]:
    row = r'<th role="rowheader"[^>]*>(\d+)</th>\s*<td.*?>([^<>]*[^<>\s][^<>]*)</'
    return re.findall(row, shown.text, re.DOTALL)


async def _filed(house: ConsoleHouse) -> int:
    async with house.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(cases))).scalar_one()


async def test_nothing_is_filed_before_it_was_confirmed_and_every_row_is_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await _handed(seat, an_export(ROWS))
    shown = await settled(seat, path)
    assert "Nhận 1 vụ mới" in shown.text
    assert [row for row, _ in _fates(shown)] == ["2", "3", "4", "5"]
    assert "hạn trong tệp 21/11/2026" in shown.text
    assert "hối lộ" not in shown.text
    assert "Các cột không nhận ra nên không đọc: Ghi chú" in shown.text
    only = await seat.get(f"{path}?fate=faulty")
    assert [row for row, _ in _fates(only)] == ["3"]
    assert await _filed(house) == 0
    assert (await seat.post(f"{path}/take", reason="ừ")).status == 422
    assert (await seat.post(f"{path}/take", reason=REASON)).status == 303
    ended = await settled(seat, path)
    assert "Các dòng tốt của tệp này đã được nhận" in ended.text
    assert await _filed(house) == 1
    tried, begun, taken = await deeds_told(house)
    assert "cases_tried" in tried
    assert "cases_begun" in begun
    assert "tuần 3" in begun
    assert "cases_imported" in taken
    assert (await seat.post(f"{path}/take", reason=REASON)).status == 422
    again = await settled(seat, await _handed(seat, an_export(ROWS)))
    assert "Đã nhập từ trước" in again.text
    assert "Không có dòng nào nhận được" in again.text


async def test_what_is_no_export_is_told_at_once_and_not_kept(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    for body in (b"khong phai", an_export([])):
        shown = await seat.upload(NEW, ("xuat-1022.xlsx", body))
        assert (shown.status, "xuat-1022.xlsx" in shown.text) == (422, True)
    assert await kept_files(house) == 0


async def test_an_export_can_be_dropped_untaken(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    path = await _handed(seat, an_export([{}]))
    await settled(seat, path)
    assert (await seat.post(f"{path}/drop")).status == 303
    assert "Tệp này đã được bỏ" in (await seat.get(path)).text
    assert (await seat.post(f"{path}/take", reason=REASON)).status == 422
    assert await _filed(house) == 0


@pytest.mark.parametrize("role", [Role.PREPARER, Role.APPROVER, Role.LEADER])
async def test_others_import_nothing(signed_in: Reception, role: Role) -> None:
    seat = await signed_in(role)
    assert (await seat.upload(NEW, ("a.xlsx", an_export([{}])))).status == 403
