"""Times for the loudspeakers: which are laid down, which are refused, where a reading stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from broadcasts.readings import (
    MOST,
    AirTime,
    Reading,
    ReadingStanding,
    Round,
    Unfit,
    UnfitTimes,
    airings,
)
from broadcasts.routes import VIETNAM

DAY = date(2026, 11, 25)
AIR = AirTime(begins=time(6), ends=time(21))
BEFORE = datetime(2026, 11, 24, 12, tzinfo=VIETNAM)


def a_round(
    *hours: time, first: date = DAY, last: date = DAY, stations: tuple[str, ...] = ("Thôn Một",)
) -> Round:
    return Round(first=first, last=last, hours=hours or (time(6, 15),), stations=stations)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def laid(wish: Round, *, minutes: int = 5, now: datetime = BEFORE) -> list[datetime]:
    return [one.due_at for one in airings(wish, minutes=minutes, air=AIR, now=now)]


def test_each_day_has_each_hour_at_each_station() -> None:
    wish = a_round(time(6, 15), time(17), last=DAY + timedelta(days=1), stations=("A", "B"))
    found = airings(wish, minutes=5, air=AIR, now=BEFORE)
    assert [(one.due_at, one.station) for one in found[:4]] == [
        (at(DAY, 6, 15), "A"),
        (at(DAY, 6, 15), "B"),
        (at(DAY, 17), "A"),
        (at(DAY, 17), "B"),
    ]
    assert len(found) == 8


def test_what_is_over_is_left_out() -> None:
    assert laid(a_round(time(6, 15), time(17)), now=at(DAY, 12)) == [at(DAY, 17)]


@pytest.mark.parametrize(
    ("wish", "minutes", "now", "why"),
    [
        (a_round(first=DAY + timedelta(days=1)), 5, BEFORE, Unfit.ORDER),
        (a_round(last=DAY + timedelta(days=MOST)), 5, BEFORE, Unfit.MANY),
        (a_round(time(5, 59)), 5, BEFORE, Unfit.HOURS),
        (a_round(time(20, 50)), 15, BEFORE, Unfit.HOURS),
        (a_round(time(23, 50)), 15, BEFORE, Unfit.HOURS),
        (a_round(), 5, at(DAY, 6, 15), Unfit.PAST),
    ],
)
def test_times_that_cannot_be_kept_are_refused(
    wish: Round, minutes: int, now: datetime, why: Unfit
) -> None:
    with pytest.raises(UnfitTimes) as told:
        laid(wish, minutes=minutes, now=now)
    assert told.value.why is why


def test_what_ends_as_the_hours_end_is_within_them() -> None:
    assert laid(a_round(time(20, 45)), minutes=15) == [at(DAY, 20, 45)]


def test_what_is_urgent_keeps_no_hours() -> None:
    found = airings(a_round(time(2)), minutes=5, air=None, now=BEFORE)
    assert [one.due_at for one in found] == [at(DAY, 2)]


def a_reading(read_at: datetime | None = None) -> Reading:
    return Reading(
        id=1,
        broadcast=1,
        version=1,
        office="xa",
        title="Tin",
        urgent=False,
        station="Thôn Một",
        due_at=at(DAY, 6, 15),
        minutes=5,
        read_at=read_at,
        read_by=None,
        note="",
        evidence=None,
        ended_slot=False,
    )


@pytest.mark.parametrize(
    ("read_at", "now", "where"),
    [
        (None, at(DAY, 6, 14), ReadingStanding.AHEAD),
        (None, at(DAY, 6, 15), ReadingStanding.DUE),
        (None, at(DAY, 23, 59), ReadingStanding.DUE),
        (None, at(DAY + timedelta(days=1), 0), ReadingStanding.LATE),
        (at(DAY, 6, 20), at(DAY + timedelta(days=9), 0), ReadingStanding.READ),
    ],
)
def test_what_is_not_ticked_by_the_end_of_its_day_is_late(
    read_at: datetime | None, now: datetime, where: ReadingStanding
) -> None:
    assert a_reading(read_at).standing(now) is where


@pytest.mark.parametrize(
    ("read_at", "why"),
    [
        (at(DAY, 12, 1), Unfit.FUTURE),
        (at(DAY - timedelta(days=1), 23, 59), Unfit.EARLY),
    ],
)
def test_a_tick_tells_of_its_own_day_or_later_and_of_nothing_to_come(
    read_at: datetime, why: Unfit
) -> None:
    with pytest.raises(UnfitTimes) as told:
        a_reading().require_tick(read_at, at(DAY, 12))
    assert told.value.why is why
    a_reading().require_tick(at(DAY, 12), at(DAY, 12))
