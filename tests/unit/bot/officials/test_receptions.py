"""When an office receives citizens: by the day of the week, never on a day off."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from hypothesis import given
from hypothesis import strategies as some

from bot.officials.hours import FAR
from bot.officials.office_entries import Entry
from bot.officials.receptions import Body, Reception
from bot.officials.standing import Standing
from knowledge.models import DayOff, OpeningHours, Source

SOME_DAY = date(2026, 11, 22)
SEEN = Source(name="Thông báo", url="", seen=SOME_DAY)


def _on(*weekdays: int) -> Reception:
    return Reception(hours=(OpeningHours(weekdays=weekdays, opens="08:00", closes="11:00"),))


@given(
    some.sets(some.integers(1, 7)),
    some.dictionaries(some.integers(0, FAR), some.booleans(), max_size=20),
)
def test_every_day_told_is_one_of_its_weekdays_and_no_day_off(
    weekdays: set[int], special: dict[int, bool]
) -> None:
    days = {SOME_DAY + timedelta(days=ahead): works for ahead, works in special.items()}

    def known(day: date) -> DayOff | None:
        if day not in days:
            return None
        return DayOff(name="x", first=day, last=day, source=SEEN, works=days[day])

    told = set(_on(*weekdays).days(known, SOME_DAY))
    for ahead in range(FAR + 1):
        day = SOME_DAY + timedelta(days=ahead)
        assert (day in told) == (day.isoweekday() in weekdays and days.get(day, True))


def test_the_coming_days_begin_today() -> None:
    found = list(islice(_on(7, 2).days(lambda _: None, SOME_DAY), 3))
    assert found == [date(2026, 11, 22), date(2026, 11, 24), date(2026, 11, 29)]


def test_a_setting_is_read_back_as_written() -> None:
    hours = (
        OpeningHours(weekdays=(3,), opens="07:30", closes="11:30"),
        OpeningHours(weekdays=(3,), opens="13:30", closes="17:00"),
        OpeningHours(weekdays=(5,), opens="07:30", closes="11:30"),
    )
    reception = Reception(hours=hours, room="Phòng 2", who="Chủ tịch")
    assert reception.value["wednesday"] == "07:30-11:30, 13:30-17:00"
    body = Body(name="Tòa án", address="Số 1", phone="0211", hours="giờ hành chính")
    entries = [
        Entry(office="xa", key="reception", value=reception.value),
        Entry(office="tinh", key="body:court", value=body.value),
        Entry(office="xa", key="body:tax", value={"name": "thiếu"}),
        Entry(office="", key="reception", value={"monday": "sáng", "room": "", "who": ""}),
    ]
    standing = Standing.of(entries, ("", "tinh", "xa"))
    assert (standing.reception, standing.bodies) == (reception, {"court": body})
    assert Standing.of(entries, ("",)).reception is None


def test_nobody_receives_citizens_for_the_office_below() -> None:
    entries = [Entry(office="tinh", key="reception", value=_on(3).value)]
    assert Standing.of(entries, ("", "tinh", "xa")).reception is None
    assert Standing.of(entries, ("", "tinh")).reception is not None
