"""Deadlines in an office's working time, against a clock that looks at every minute by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import VIETNAM
from bot.feedback.days import day_known
from bot.feedback.due import Due, Pause, SetDay, due_of
from bot.feedback.due_words import time_left
from bot.feedback.terms import Unit, end_of_term
from bot.feedback.working import WorkingTime
from knowledge.models import DayOff, OpeningHours, Source
from tests.fakes.deadlines import DOORS, a_deadline, slow_clock, working_time

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
MINUTE = timedelta(minutes=1)
SHORT_FORM = 200


def hours_of(number: int) -> list[OpeningHours]:
    return [OpeningHours(weekdays=tuple(a), opens=b, closes=c) for a, b, c in DOORS[number]]


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_a_case_is_due_when_a_slow_clock_says_so(random: Random) -> None:
    assert a_deadline(random).fault == ""


def test_hundreds_of_cases_around_holidays_are_due_when_a_slow_clock_says_so() -> None:
    random = Random(2027)
    cases = [a_deadline(random) for _ in range(SHORT_FORM)]
    assert [(one, one.fault) for one in cases if one.fault] == []


# From two days before the new year until March, over Tết.
MOMENTS = st.integers(0, 64 * 24 * 60 * 60).map(
    lambda seconds: here("2026-12-30T00:00") + timedelta(seconds=seconds)
)


@given(st.sampled_from(range(len(DOORS))), MOMENTS, st.integers(1, 6_000))
@settings(max_examples=60)
def test_a_clock_that_was_just_stopped_tells_what_it_told(
    door: int, at: datetime, number: int
) -> None:
    time, now = working_time(DOORS[door]), at.replace(second=0, microsecond=0)
    assert time is not None
    if (end := time.add_minutes(now, number)) is None:
        return
    runs = time_left(time, due_of(time, now, end), now)
    stopped = time_left(time, due_of(time, now, end, [Pause(since=now)]), now)
    assert stopped == f"đang chờ người dân, {runs}"


@given(st.sampled_from(range(len(DOORS))), MOMENTS, st.integers(0, 6_000))
@settings(max_examples=40)
def test_minutes_added_are_minutes_between(door: int, at: datetime, number: int) -> None:
    time = working_time(DOORS[door])
    assert time is not None
    end = time.add_minutes(at, number)
    if end is not None:
        begin = at.replace(second=0, microsecond=0)
        assert time.minutes_between(at, end) == number
        assert number == 0 or time.minutes_between(at, end - MINUTE) == number - 1
        assert end.tzinfo is UTC
        assert end >= begin


@given(st.sampled_from(range(len(DOORS))), MOMENTS, st.integers(0, 30 * 24 * 60))
@settings(max_examples=40)
def test_minutes_between_are_those_counted(door: int, begin: datetime, length: int) -> None:
    time, end = working_time(DOORS[door]), begin + length * MINUTE
    counted = slow_clock(DOORS[door]).count(begin.replace(tzinfo=None), end.replace(tzinfo=None))
    assert time is not None
    assert time.minutes_between(begin, end) == counted
    assert time.minutes_between(end, begin) == -counted


TIME = WorkingTime(hours_of(0), day_known([]))
SATURDAYS = WorkingTime(hours_of(1), day_known([]))


@pytest.mark.parametrize(
    ("received", "number", "unit", "due"),
    [
        # Friday evening: the three days are Monday, Wednesday (24/11 is a day off) and Thursday.
        ("2026-11-20T18:00", 3, "wd", "2026-11-26T17:00"),
        # Over Tết 2028, which no notice has told yet.
        ("2028-01-21T16:30", 2, "wd", "2028-02-01T17:00"),
        ("2027-02-03T16:59:59", 1, "wh", "2027-02-11T08:29"),
        # Lunch is not worked, and seconds are cut off.
        ("2026-11-23T11:00:30", 1, "wh", "2026-11-23T14:00"),
        # The last of ten calendar days is a Saturday; then one on which nobody works on Saturdays.
        ("2026-11-25T09:00", 10, "d", "2026-12-07T17:00"),
        # By night and on holidays.
        ("2026-11-23T11:00:30", 72, "h", "2026-11-26T11:00"),
    ],
)
def test_limits_of_every_unit(received: str, number: int, unit: str, due: str) -> None:
    assert end_of_term(TIME, here(received), number, Unit(unit)) == here(due)


def test_a_saturday_counts_where_the_hours_name_it() -> None:
    friday = here("2026-11-20T09:00")
    assert end_of_term(SATURDAYS, friday, 1, Unit.WORKING_DAY) == here("2026-11-21T11:00")
    assert end_of_term(TIME, friday, 1, Unit.WORKING_DAY) == here("2026-11-23T17:00")


def test_a_day_ends_when_its_last_hours_do() -> None:
    nights = WorkingTime(hours_of(3), day_known([]))
    assert TIME.end_from(date(2026, 11, 23)) == here("2026-11-23T17:00")
    assert TIME.end_from(date(2026, 11, 24)) == here("2026-11-25T17:00")
    assert nights.end_from(date(2026, 11, 23)) == here("2026-11-24T00:00")


def test_nobody_is_promised_anything_by_an_office_without_hours() -> None:
    illegible = [OpeningHours(weekdays=MONDAY_TO_FRIDAY, opens="7h30", closes="17h")]
    assert WorkingTime.of([], day_known([])) is None
    assert WorkingTime.of(illegible, day_known([])) is None
    assert due_of(None, here("2026-11-20T09:00"), here("2026-11-27T17:00")) is None


def test_an_office_that_is_closed_for_good_promises_nothing() -> None:
    source = Source(name="Quyết định", seen=date(2026, 1, 1))
    closed = DayOff(name="", first=date(2026, 11, 1), last=date(2031, 1, 1), source=source)
    time = WorkingTime.of(hours_of(0), day_known([[closed]]))
    assert time is not None
    begin = here("2026-11-20T09:00")
    assert end_of_term(time, begin, 3, Unit.WORKING_DAY) is None
    assert end_of_term(time, begin, 3, Unit.WORKING_HOUR) is None
    assert due_of(time, begin, None) is None


BEGIN, END = here("2026-11-20T09:00"), here("2026-11-26T17:00")


def test_the_clock_stands_still_while_a_citizen_is_asked() -> None:
    asked = Pause(since=here("2026-11-25T16:00"))
    assert due_of(TIME, BEGIN, END, [asked]) == Due(at=None, left=60 + 4 * 60 + 210, expected=True)
    answered = Pause(since=asked.since, until=here("2026-12-05T20:00"))
    moved = due_of(TIME, BEGIN, END, [answered])
    assert moved is not None
    assert moved.at == here("2026-12-08T08:30")


def test_who_asks_when_it_is_overdue_is_overdue_still() -> None:
    asked = Pause(since=here("2026-11-26T17:00"))
    late = due_of(TIME, BEGIN, END, [asked])
    assert late == Due(at=END, expected=True)
    assert late.is_overdue(END + timedelta(seconds=1))
    assert not late.is_overdue(END)


def test_a_day_set_by_a_person_counts_from_then_on() -> None:
    before = Pause(since=here("2026-11-23T09:00"), until=here("2026-11-23T10:00"))
    promised = SetDay(day=date(2026, 12, 5), at=here("2026-11-23T09:30"))
    due = due_of(TIME, BEGIN, END, [before], promised)
    assert due is not None
    # A Saturday was promised: the Monday after it, and the half hour of the question on top.
    assert due.at == here("2026-12-08T08:00")


def test_what_hangs_on_a_notice_still_to_come_is_expected() -> None:
    before, after = here("2028-01-20T08:00"), here("2028-02-01T17:00")
    assert TIME.is_expected(before, after)
    assert not TIME.is_expected(before, here("2028-01-23T23:59"))
    assert not TIME.is_expected(here("2028-01-30T00:00"), after)
