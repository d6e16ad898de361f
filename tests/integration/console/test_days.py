"""Days off and days worked instead, as an office sets them."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select

from bot.officials.models import Role
from bot.storage.console_tables import changes
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.forms import form_on

DAY = {
    "name": "Nghỉ họp hội đồng",
    "first": "21/12/2026",
    "kind": "off",
    "source": "Thông báo 15/TB-UBND",
    "reason": "Họp thường kỳ cuối năm",
}


async def added(seat: Seat, office: str = HERE, **other: str) -> Shown:
    return await seat.post(f"/days/{office}/new", **{**DAY, **other})


def known(house: ConsoleHouse, day: date) -> str:
    found = house.conversation.desk.calendar.on(day)
    return f"{found.name}, {'works' if found.works else 'off'}" if found else ""


async def test_a_day_is_told_from_then_on_and_no_more_when_it_is_removed(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    assert (await added(seat, last="22/12/2026")).status == HTTPStatus.SEE_OTHER
    assert known(house, date(2026, 12, 22)) == "Nghỉ họp hội đồng, off"
    assert known(house, date(2026, 12, 23)) == ""
    shown = await seat.get(f"/days?office={HERE}&year=2026")
    assert "thứ Hai 21/12/2026 đến thứ Ba 22/12/2026" in shown.text
    assert "Ngày thêm ở đây tính cho Xã A" in shown.text
    gone = await seat.post(f"/days/{HERE}/2026-12-21/remove", reason="Hoãn cuộc họp")
    assert gone.where.endswith("done=published")
    assert known(house, date(2026, 12, 22)) == ""


async def test_what_a_preparer_adds_waits(house: ConsoleHouse, signed_in: Reception) -> None:
    done = await added(await signed_in(Role.PREPARER), kind="works")
    assert done.where.endswith("done=submitted")
    assert known(house, date(2026, 12, 21)) == ""
    async with house.database.reading() as connection:
        (change,) = (await connection.execute(select(changes))).all()
    assert (change.status, change.title) == ("waiting", "Làm bù 21/12/2026: Nghỉ họp hội đồng")


async def test_of_two_that_wait_for_the_same_days_one_is_published(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    preparer, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    await added(preparer)
    await added(preparer, first="19/12/2026", last="23/12/2026", name="Kiểm kê")
    waiting = (await approver.get("/changes")).text
    pages = sorted(set(re.findall(r'href="/console(/changes/\d+)"', waiting)))
    told = []
    for path in pages:
        seen = form_on(await approver.get(path))["seen"]
        told.append((await approver.post(f"{path}/approve", seen=seen)).where)
    assert [where.rpartition("?")[2] for where in told] == [
        "done=published", "failed=change_overlaps",
    ]  # fmt: skip
    page = (await approver.get(told[1].removeprefix("/console"))).text
    assert "chồng lên một ngày nghỉ" in page
    assert known(house, date(2026, 12, 21)) == "Nghỉ họp hội đồng, off"
    assert known(house, date(2026, 12, 22)) == ""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"last": "20/12/2026"}, "bằng hoặc sau ngày đầu"),
        ({"last": "21/02/2027"}, "tối đa 31 ngày"),
        ({"first": "21/12/2020"}, "ngoài khoảng"),
        ({"first": "31/02/2027"}, "Ghi ngày dạng"),
        ({"source": ""}, "Nguồn"),
        ({"url": "javascript:alert(1)"}, "http"),
        ({"reason": ""}, "lý do"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    house: ConsoleHouse, signed_in: Reception, wrong: dict[str, str], told: str
) -> None:
    shown = await added(await signed_in(Role.SECRETARIAT), **wrong)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    assert DAY["name"] in shown.text
    assert known(house, date(2026, 12, 21)) == ""


async def test_a_second_span_from_the_same_day_is_refused(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await added(seat)
    again = await added(seat, name="Việc khác")
    assert again.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nghỉ họp hội đồng" in again.text


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("off", "20/12/2026", "21/12/2026"),
        ("off", "23/12/2026", "30/12/2026"),
        ("works", "23/12/2026", "24/12/2026"),
        ("works", "21/12/2026", "23/12/2026"),
    ],
)
async def test_an_overlap_names_the_other_and_goes_when_that_is_removed(
    signed_in: Reception, kind: str, first: str, last: str
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await added(seat, last="23/12/2026")
    refused = await added(seat, kind=kind, name="Việc khác", first=first, last=last)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nghỉ họp hội đồng, thứ Hai 21/12/2026 đến thứ Tư 23/12/2026" in refused.text
    await seat.post(f"/days/{HERE}/2026-12-21/remove", reason="Khai lại cho đúng")
    taken = await added(seat, kind=kind, name="Việc khác", first=first, last=last)
    assert taken.status == HTTPStatus.SEE_OTHER


async def test_a_swapped_day_within_days_off_is_worked(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await added(seat, last="23/12/2026")
    assert (await added(seat, kind="works", name="Làm bù", first="22/12/2026")).status == 303
    assert known(house, date(2026, 12, 21)) == "Nghỉ họp hội đồng, off"
    assert known(house, date(2026, 12, 22)) == "Làm bù, works"


async def test_the_contrary_of_an_office_above_is_asked_about(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await added(await signed_in(Role.SECRETARIAT, office="tinh"), office="tinh")
    seat = await signed_in(Role.SECRETARIAT)
    asked = await added(seat, kind="works", name="Trực tại xã")
    assert asked.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nghỉ họp hội đồng" in asked.text
    assert known(house, date(2026, 12, 21)) == "Nghỉ họp hội đồng, off"
    assert (await added(seat, kind="works", name="Trực tại xã", sure="on")).status == 303
    assert known(house, date(2026, 12, 21)) == "Trực tại xã, works"


async def test_an_ordinary_holiday_carries_no_warning(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await added(seat)
    page = (await seat.get(f"/days?office={HERE}&year=2026")).text
    assert 'class="tag quiet"' in page
    assert 'class="tag warn"' not in page


async def test_a_years_days_are_given_as_a_spreadsheet(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await added(seat)
    async with seat.client.get(
        f"/console/days/file?office={HERE}&year=2026",
        headers={"Cookie": f"{seat.cookie}={seat.token}"},
    ) as answer:
        assert answer.status == HTTPStatus.OK
        assert "ngay-nghi-2026-11-20.xlsx" in answer.headers["Content-Disposition"]
