"""Addresses, opening hours and hotlines, as an office mends them."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from sqlalchemy import select

from bot.console.knowledge.samples import TOLD, still_sample
from bot.officials.models import Role
from bot.storage.console_tables import changes
from knowledge.content import load_snapshot
from knowledge.models import Office, OpeningHours
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown

REASON = "Chuyển trụ sở từ tháng này"
HOTLINE = {
    "name": "Đường dây nóng của xã",
    "purpose": "Phản ánh về vệ sinh môi trường",
    "source": "Thông báo 15/TB-UBND",
    "seen": "20/11/2026",
    "reason": REASON,
}


def token_in(shown: Shown) -> str:
    found = re.search(r'name="token" value="([^"]+)"', shown.text)
    assert found
    return found[1]


async def saved(seat: Seat, token: str = "", **fields: str) -> Shown:
    token = token or token_in(await seat.get(f"/contacts/{HERE}"))
    return await seat.post(f"/contacts/{HERE}", token=token, reason=REASON, **fields)


def here(house: ConsoleHouse) -> Office:
    return house.conversation.desk.knowledge.offices[HERE]


async def test_an_offices_hours_and_address_are_told_at_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    week = {
        f"hours.{day}.1.{side}": at
        for day in ("monday", "tuesday")
        for side, at in (("opens", "7h30"), ("closes", "11:30"))
    }
    saturday = {"hours.saturday.1.opens": "08:00", "hours.saturday.1.closes": "10:00"}
    done = await saved(seat, address="Số 1 phố Mẫu", **week, **saturday)
    assert done.where.endswith("done=published")
    assert here(house).address == "Số 1 phố Mẫu"
    assert here(house).hours == (
        OpeningHours(weekdays=(1, 2), opens="07:30", closes="11:30"),
        OpeningHours(weekdays=(6,), opens="08:00", closes="10:00"),
    )
    assert house.conversation.desk.office == here(house)
    again = await seat.get(f"/contacts/{HERE}")
    assert 'value="07:30"' in again.text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"hours.monday.1.opens": "07:30"}, "Cần cả giờ mở và giờ đóng"),
        (
            {"hours.monday.1.opens": "11:30", "hours.monday.1.closes": "07:30"},
            "Giờ đóng phải sau giờ mở",
        ),
        (
            {
                "hours.monday.1.opens": "07:30",
                "hours.monday.1.closes": "11:30",
                "hours.monday.2.opens": "11:00",
                "hours.monday.2.closes": "17:00",
            },
            "Buổi sau phải bắt đầu",
        ),
        ({"hours.monday.1.opens": "25:00", "hours.monday.1.closes": "26:00"}, "07:30"),
        ({"email": "khong phai"}, "ten@coquan.gov.vn"),
        ({"map_url": "javascript:alert(1)"}, "http"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_saved(
    house: ConsoleHouse, signed_in: Reception, wrong: dict[str, str], told: str
) -> None:
    shown = await saved(await signed_in(Role.SECRETARIAT), address="Chỗ khác", **wrong)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    assert "Chỗ khác" in shown.text
    assert here(house).address == ""


@pytest.mark.parametrize(
    ("left", "named"),
    [
        ({"map_url": "https://example.com/ban-do-mau"}, "liên kết bản đồ"),
        ({"address": "Thôn 5 (địa chỉ mẫu)", "email": "a@example.com"}, "địa chỉ, thư điện tử"),
        ({"hours_note": "Dữ liệu mẫu, cần thay"}, "lưu ý về giờ làm việc"),
    ],
)
async def test_what_still_is_a_sample_is_not_taken_for_real(
    house: ConsoleHouse, signed_in: Reception, left: dict[str, str], named: str
) -> None:
    await a_sample(house)
    seat, real = await signed_in(Role.SECRETARIAT), {"address": "Số 9 phố Huế", "real": "on"}
    refused = await saved(seat, **real | left)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"Còn là dữ liệu mẫu: {named}. Hãy thay" in refused.text
    assert (await saved(seat, **real)).where.endswith("done=submitted_tree")


def test_what_is_as_it_was_shipped_still_is_a_sample() -> None:
    shipped = next(one for one in load_snapshot().offices if one.sample)
    told = {name: getattr(shipped, name) for name in TOLD}
    assert set(still_sample(told, shipped)) >= {"name", "address", "map_url", "phone"}
    real = {**dict.fromkeys(TOLD, ""), "name": "UBND xã Mẫu Sơn", "address": "Xã Mẫu Sơn"}
    assert list(still_sample(real, shipped)) == []


async def a_sample(house: ConsoleHouse) -> None:
    kind, fields = RecordKind.OFFICE, {"sample": True}
    edit = RecordEdit(office="", kind=kind, ref=HERE, fields=fields)
    await SqlSnapshotStore(house.database).save_records([edit], at=NOON)
    await house.edition.renew()


async def test_two_who_edit_one_office_are_told_apart(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    seen = token_in(await seat.get(f"/contacts/{HERE}"))
    await saved(seat, address="Số 1 phố Mẫu")
    late = await saved(seat, token=seen, address="Số 2 phố Khác")
    assert late.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Người khác vừa đổi" in late.text
    assert "Số 1 phố Mẫu" in late.text
    assert here(house).address == "Số 1 phố Mẫu"
    await saved(seat, token=token_in(late), address="Số 2 phố Khác")
    assert here(house).address == "Số 2 phố Khác"


async def test_a_number_is_added_mended_hidden_and_shown_again(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    added = await seat.post(f"/contacts/{HERE}/hotlines", phone="024 1234 5678", **HOTLINE)
    assert added.where.endswith("done=published")
    lines = house.conversation.desk.knowledge.hotlines
    assert lines["024 1234 5678"].source.name == "Thông báo 15/TB-UBND"
    path = "/contacts/xa-a/hotlines/1022"
    shown = await seat.get(path)
    changed = {**HOTLINE, "purpose": "Hỏi đáp ngoài giờ"}
    await seat.post(path, token=token_in(shown), **changed)
    assert house.conversation.desk.knowledge.hotlines["1022"].purpose == "Hỏi đáp ngoài giờ"
    await seat.post(f"{path}/hide", token=token_in(await seat.get(path)), reason=REASON)
    assert "1022" not in house.conversation.desk.knowledge.hotlines
    hidden = await seat.get(path)
    assert "Hiện lại" in hidden.text
    await seat.post(f"{path}/hide", token=token_in(hidden), reason=REASON)
    assert house.conversation.desk.knowledge.hotlines["1022"].purpose == "Hỏi đáp ngoài giờ"


async def test_a_number_only_the_office_has_is_hidden_and_shown_again(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, path = await signed_in(Role.SECRETARIAT), f"/contacts/{HERE}/hotlines/024 1234 5678"
    await seat.post(f"/contacts/{HERE}/hotlines", phone="024 1234 5678", **HOTLINE)
    for told in (False, True):
        page = await seat.get(path)
        assert ("Hiện lại" in page.text) is told
        await seat.post(f"{path}/hide", token=token_in(page), reason=REASON)
        assert ("024 1234 5678" in house.conversation.desk.knowledge.hotlines) is told
    assert house.conversation.desk.knowledge.hotlines["024 1234 5678"].name == HOTLINE["name"]


@pytest.mark.parametrize(
    ("phone", "wrong", "told"),
    [
        ("024 1234 5678", {"source": ""}, "Nguồn xác nhận"),
        ("024 1234 5678", {"seen": "21/11/2026"}, "sau hôm nay"),
        ("gọi em nhé", {}, "Ghi số gọi được"),
        ("0203 382", {}, "Ghi số gọi được"),
        ("1022", {}, "Số này đã có"),
    ],
)
async def test_a_number_without_a_source_or_that_is_none_is_not_saved(
    house: ConsoleHouse, signed_in: Reception, phone: str, wrong: dict[str, str], told: str
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    fields = {**HOTLINE, **wrong}
    shown = await seat.post(f"/contacts/{HERE}/hotlines", phone=phone, **fields)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    assert set(house.conversation.desk.knowledge.hotlines) == {"1022"}


async def test_what_a_preparer_saves_waits(house: ConsoleHouse, signed_in: Reception) -> None:
    done = await saved(await signed_in(Role.PREPARER), address="Số 9")
    assert done.where.endswith("done=submitted")
    assert here(house).address == ""
    async with house.database.reading() as connection:
        assert (await connection.execute(select(changes.c.status))).scalars().all() == ["waiting"]


async def test_that_nothing_differs_is_said(signed_in: Reception) -> None:
    assert (await saved(await signed_in(Role.SECRETARIAT))).where.endswith("done=nothing_changed")


@pytest.mark.parametrize("path", ["/contacts/file", "/contacts/hotlines/file"])
async def test_both_lists_are_given_as_spreadsheets(signed_in: Reception, path: str) -> None:
    seat = await signed_in(Role.LEADER)
    async with seat.client.get(
        f"/console{path}", headers={"Cookie": f"{seat.cookie}={seat.token}"}
    ) as answer:
        assert answer.status == HTTPStatus.OK
        assert answer.content_type.endswith("spreadsheetml.sheet")
