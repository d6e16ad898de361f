"""Whatever is wished, an occurrence begins once, in waking hours, in time or it is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from broadcasts.routes import VIETNAM, Quiet
from broadcasts.schedule.models import OffDays, Timetable
from broadcasts.schedule.planning import Hours, due_now, dues, first_due, next_due
from broadcasts.schedule.rules import checked, occurrences

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Tết of 2026 and of 2027 as they were announced, and days worked on a Saturday for another.
TET = (
    (date(2026, 2, 14), date(2026, 2, 22)),
    (date(2027, 2, 4), date(2027, 2, 10)),
    (date(2026, 4, 25), date(2026, 4, 27)),
    (date(2026, 9, 1), date(2026, 9, 2)),
)
WORKED = {date(2026, 2, 28), date(2026, 8, 22)}
TWO_YEARS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))


def is_working(day: date) -> bool:
    if day in WORKED:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in TET)


moments = st.integers(0, 650 * 24 * 60).map(lambda told: TWO_YEARS[0] + timedelta(minutes=told))
quiet = st.builds(
    Quiet,
    begins=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    ends=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
hours = st.builds(Hours, quiet=st.one_of(st.just(Quiet()), quiet), is_working=st.just(is_working))


def rules() -> st.SearchStrategy[str]:
    weekly = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(
        lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    )
    monthly = st.lists(st.integers(1, 28), min_size=1, max_size=3, unique=True).map(
        lambda days: f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}"
    )
    daily = st.integers(1, 9).map(lambda step: f"FREQ=DAILY;INTERVAL={step}")
    counted = st.tuples(st.one_of(daily, weekly, monthly), st.integers(1, 30)).map(
        lambda told: f"{told[0]};COUNT={told[1]}"
    )
    return st.one_of(st.just(""), daily, weekly, monthly, counted)


timetables = st.builds(
    Timetable,
    starts_at=moments,
    rrule=rules(),
    grace_minutes=st.integers(0, 600),
    off_days=st.sampled_from(OffDays),
)


def asked(timetable: Timetable, hours: Hours, most: int = 30) -> Iterator[datetime]:
    """The times of a timetable, asked for one after the other as the clock does."""
    due = first_due(timetable, hours)
    while due is not None and due < TWO_YEARS[1] and most:
        yield due
        due, most = next_due(timetable, hours, due), most - 1


@given(timetables, hours)
def test_nothing_begins_in_quiet_hours_nor_twice_nor_before_its_time(
    timetable: Timetable, hours: Hours
) -> None:
    found = list(asked(timetable, hours))
    assert all(hours.quiet.over(one) == one for one in found)
    assert all(one < other for one, other in pairwise(found))
    assert all(one >= timetable.starts_at for one in found)
    if timetable.off_days is not OffDays.KEEP:
        assert all(is_working(one.astimezone(VIETNAM).date()) for one in found)


@given(st.builds(Timetable, starts_at=moments, rrule=rules()))
def test_with_no_hours_kept_the_times_are_those_of_the_rule(timetable: Timetable) -> None:
    found = list(asked(timetable, Hours(), 20))
    here = timetable.starts_at.astimezone(VIETNAM).replace(tzinfo=None)
    told = rrulestr(timetable.rrule, dtstart=here) if timetable.rrule else [here]
    wanted = [one.replace(tzinfo=VIETNAM) for one, _ in zip(told, range(20), strict=False)]
    assert found == [one for one in wanted if one < TWO_YEARS[1]][: len(found)]
    assert len(found) == len([one for one in wanted if one < TWO_YEARS[1]])


@given(timetables, hours, st.integers(0, 60 * 24 * 30))
def test_after_a_standstill_at_most_the_newest_time_counts(
    timetable: Timetable, hours: Hours, late: int
) -> None:
    first = first_due(timetable, hours)
    assume(first is not None)
    assert first is not None
    now = first + timedelta(minutes=late)
    due = due_now(timetable, hours, first, now)
    come = [one for one in asked(timetable, hours, 60) if one <= now]
    assert (due.at, due.passed) == (come[-1], len(come) - 1)
    assert due.at is not None
    within = timedelta(minutes=max(timetable.grace_minutes, 1))
    assert due.missed is (now - due.at > within)
    assert due.then == next_due(timetable, hours, due.at)
    assert due.then is None or due.then > now


@given(timetables, hours, st.integers(0, 60 * 24 * 30), st.integers(0, 3))
def test_days_closed_meanwhile_and_hours_set_meanwhile_count(
    timetable: Timetable, hours: Hours, late: int, closed_days: int
) -> None:
    due = first_due(timetable, Hours())
    assume(due is not None)
    assert due is not None
    closed = {due.astimezone(VIETNAM).date() + timedelta(days=one) for one in range(closed_days)}
    known = Hours(quiet=hours.quiet, is_working=lambda day: is_working(day) and day not in closed)
    now = due + timedelta(minutes=late)
    told = due_now(timetable, known, due, now)
    come = [one for one in asked(timetable, known, 60) if due <= one <= now]
    assert told.at == (come[-1] if come else None)
    if told.at is not None and timetable.off_days is not OffDays.KEEP:
        assert known.is_working(told.at.astimezone(VIETNAM).date())
    assert told.then is None or told.then > now


@pytest.mark.parametrize("hour", [8, 22])
@pytest.mark.parametrize("off_days", [OffDays.SKIP, OffDays.NEXT])
def test_two_years_with_tet_are_told_in_working_days_alone(hour: int, off_days: OffDays) -> None:
    begin = datetime(2026, 1, 1, hour, tzinfo=VIETNAM)
    table = Timetable(starts_at=begin, rrule="FREQ=DAILY;UNTIL=20271231", off_days=off_days)
    hours = Hours(quiet=Quiet(), is_working=is_working)
    days = [one.astimezone(VIETNAM) for one in dues(table, hours, TWO_YEARS[0])]
    assert len({one.date() for one in days}) == len(days)
    assert {one.time() for one in days} == {time(6, 30) if hour == 22 else time(hour)}
    all_days = (date(2026, 1, 2) + timedelta(days=ahead) for ahead in range(728))
    missing = {day for day in all_days if is_working(day)} - {one.date() for one in days}
    assert missing == set()


@given(rules().filter(bool), moments)
def test_a_checked_rule_reads_the_same_and_its_times_stand_in_order(
    rule: str, starts_at: datetime
) -> None:
    stored = checked(f"rrule:{rule.lower()};", starts_at)
    found = [one for one, _ in zip(occurrences(stored, starts_at), range(30), strict=False)]
    assert checked(stored, starts_at) == stored
    assert found == sorted(set(found))
    assert found[0] >= starts_at
