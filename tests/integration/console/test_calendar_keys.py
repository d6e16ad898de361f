"""An officer opens their office's calendar to other programs, renews its address, closes it."""

from __future__ import annotations

import re

from bot.newsroom.calendar_feeds import CalendarFeeds
from bot.officials.models import Role
from tests.fakes.console import HERE, ConsoleHouse, Reception, Shown
from tests.integration.console.made.plans import a_slot

ADDRESS = f"/calendar/{HERE}/address"
PAGE = f"/calendar/address?office={HERE}"


def _key(shown: Shown) -> str:
    (key,) = re.findall(r"http://127\.0\.0\.1:[0-9]+/lich/([A-Za-z0-9_-]{43})\.ics", shown.text)
    return str(key)


def _feeds(house: ConsoleHouse) -> CalendarFeeds:
    return CalendarFeeds(
        database=house.database, clock=house.clock, site="", called=lambda _: "Xã A"
    )


async def test_an_address_is_shown_once_with_how_to_use_it(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    await a_slot(house, HERE)
    assert "/console/calendar/address" in (await seat.get("/calendar")).text
    assert "chưa mở" in (await seat.get(PAGE)).text
    shown = await seat.post(ADDRESS)
    for program in ("Google Lịch", "Outlook", "iPhone"):
        assert program in shown.text
    key = _key(shown)
    opened = await _feeds(house).opened_by(key)
    assert opened is not None
    assert len(opened.entries) == 1
    later = await seat.get(PAGE)
    assert "Nguyễn Thị Lan" in later.text
    assert key not in later.text


async def test_a_renewed_or_closed_address_leads_nowhere(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    first = _key(await seat.post(ADDRESS))
    second = _key(await seat.post(ADDRESS))
    feeds = _feeds(house)
    assert await feeds.opened_by(first) is None
    assert await feeds.opened_by(second) is not None
    told = await seat.post(f"{ADDRESS}/withdraw")
    assert "Đã đóng địa chỉ" in (await seat.get(told.where.removeprefix("/console"))).text
    assert await feeds.opened_by(second) is None
    again = await seat.post(f"{ADDRESS}/withdraw")
    assert "Đã đóng" not in (await seat.get(again.where.removeprefix("/console"))).text


async def test_who_only_looks_is_offered_no_address(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    assert "/console/calendar/address" not in (await seat.get("/calendar")).text
