"""Reception days and the places matters go to: set in the console, told in the lawful ways."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from bot.clock import VIETNAM
from bot.conversation.lawful import lawful_way
from bot.feedback.kinds import Kind
from bot.officials.models import Role
from bot.officials.permissions import Action, permissions
from tests.fakes.console import ConsoleHouse, Reception

WHY = "Theo thông báo mới"
PATH = "/cases/settings/reception"
BODIES = "/cases/settings/bodies"
HOURS = {
    "hours.wednesday.1.opens": "7h30",
    "hours.wednesday.1.closes": "11:30",
    "room": "Phòng 2",
    "who": "Chủ tịch UBND xã",
}


def _told(house: ConsoleHouse, kind: Kind, key: str) -> str:
    desk, today = house.conversation.desk, house.clock.now().astimezone(VIETNAM).date()
    return next(one.text for one in lawful_way(desk, kind, today, "") if one.key == key)


async def _token(seat: object, path: str) -> str:
    page = (await seat.get(path)).text  # type: ignore[attr-defined]
    return str(page.partition('name="token" value="')[2].partition('"')[0])


async def test_reception_days_are_told_as_soon_as_they_are_set(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    assert "Chưa có lịch" in (await seat.get(PATH)).text
    assert "đang cập nhật" in _told(house, Kind.COMPLAINT, "calendar")
    token = await _token(seat, PATH)
    sent = await seat.post(f"{PATH}/xa-a", **HOURS, token=token, reason=WHY)
    assert sent.where == "/console/cases/settings/reception?office=xa-a&done=saved"
    told = _told(house, Kind.COMPLAINT, "calendar")
    assert "Thứ tư 25/11/2026, 07:30–11:30" in told
    assert "Nơi tiếp: Phòng 2" in told
    page = (await seat.get(PATH)).text
    for day in ("25/11/2026", "02/12/2026", "09/12/2026", "16/12/2026"):
        assert day in page
    assert WHY in page
    token = await _token(seat, PATH)
    await seat.post(f"{PATH}/xa-a", token=token, reason="Thôi nói lịch")
    assert "đang cập nhật" in _told(house, Kind.COMPLAINT, "calendar")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"room": "Phòng 2"}, "Hãy nhập ngày, giờ tiếp"),
        ({"hours.monday.1.opens": "11:00", "hours.monday.1.closes": "8:00"}, "sau"),
        ({"hours.monday.1.opens": "sáng"}, "giờ"),
    ],
)
async def test_a_reception_nobody_could_come_to_is_refused(
    house: ConsoleHouse, signed_in: Reception, fields: dict[str, str], fault: str
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    token = await _token(seat, PATH)
    shown = await seat.post(f"{PATH}/xa-a", **fields, token=token, reason=WHY)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert fault in shown.text
    assert house.conversation.stood.entries == ()


async def test_two_who_set_the_days_at_once_do_not_undo_each_other(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    token = await _token(seat, PATH)
    await seat.post(f"{PATH}/xa-a", **HOURS, token=token, reason=WHY)
    late = await seat.post(f"{PATH}/xa-a", **{**HOURS, "room": "Phòng 9"}, token=token, reason=WHY)
    assert late.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Phòng 2" in _told(house, Kind.COMPLAINT, "calendar")


async def test_a_place_is_told_with_its_address_and_below_the_office_that_set_it(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER, office="tinh")
    path = f"{BODIES}/tinh/province"
    fields = {"name": "Ban Tiếp công dân", "address": "Số 9 Hùng Vương", "phone": "0211 3 333 333"}
    sent = await seat.post(path, **fields, token=await _token(seat, path), reason=WHY)
    assert sent.where == "/console/cases/settings/bodies?office=tinh&done=saved"
    for kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        assert "Ban Tiếp công dân" in _told(house, kind, "where")
        assert "Số 9 Hùng Vương; 0211 3 333 333" in _told(house, kind, "where")
    below = await signed_in(Role.SECRETARIAT)
    assert "Số 9 Hùng Vương" in (await below.get(BODIES)).text
    audit = (await (await signed_in(Role.LEADER, office="tinh")).get("/audit")).text
    assert "Nơi tiếp công dân cấp tỉnh" in audit
    await seat.post(path, token=await _token(seat, path), reason="Không dùng nữa")
    assert "Số 9 Hùng Vương" not in _told(house, Kind.COMPLAINT, "where")


async def test_a_place_without_any_way_to_reach_it_is_refused(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    path = f"{BODIES}/xa-a/court"
    shown = await seat.post(path, name="Tòa án", token=await _token(seat, path), reason=WHY)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "địa chỉ hoặc điện thoại" in shown.text
    assert (await seat.get(f"{BODIES}/xa-a/nowhere")).status == HTTPStatus.NOT_FOUND


async def test_what_is_to_be_looked_up_in_the_law_is_listed(signed_in: Reception) -> None:
    page = (await (await signed_in(Role.LEADER)).get(BODIES)).text
    assert "không quá 30 ngày" in page
    assert "Điều 28, 02/2011/QH13" in page


async def test_the_settings_lead_there(signed_in: Reception) -> None:
    seat = await signed_in(min(permissions()[Action.CASES_SETTINGS]))
    page = (await seat.get("/settings")).text
    assert "/console/cases/settings/reception" in page
    assert "/console/cases/settings/bodies" in page
