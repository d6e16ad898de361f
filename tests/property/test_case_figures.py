"""Figures of reports: every part adds up, stretches part the year, midnight parts the days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feedback.kinds import Kind
from bot.feedback.models import Result, Source
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.facts import Fact
from bot.feedback.reports.figures import figures
from bot.feedback.reports.stretches import (
    A_DAY,
    PARTS,
    Length,
    Stretch,
    latest,
    offered,
    stretch_of,
)
from bot.feedback.reports.windows import Window
from bot.storage.daily_rows import midnight

BEGIN: Final = midnight(date(2026, 7, 1))
END: Final = midnight(date(2026, 10, 1))
MOMENTS: Final = st.datetimes(
    datetime(2026, 5, 1),  # noqa: DTZ001 - the zone comes last
    datetime(2026, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
) | st.sampled_from((BEGIN, BEGIN - timedelta(minutes=1), END, END - timedelta(minutes=1)))
SUMS: Final = (
    "received", "carried", "answered", "on_time", "late", "undated", "dropped", "waiting",
    "overdue", "reopened", "rated",
)  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    received = draw(MOMENTS)
    ended = draw(st.none() | MOMENTS.map(lambda at: max(at, received)))
    answered = ended if draw(st.booleans()) else None
    return Fact(
        case=draw(st.integers(1, 10**9)),
        office="xa",
        kind=draw(st.sampled_from((Kind.REPORT, Kind.PROPOSAL))),
        regime=draw(st.sampled_from(("", "phan_anh_hien_truong"))),
        topic=draw(st.sampled_from(("moi_truong", "khac"))),
        unit=draw(st.sampled_from((None, 1, 2))),
        source=draw(st.sampled_from(Source)),
        received_at=received,
        due_at=draw(st.none() | MOMENTS),
        answered_at=answered,
        dropped_at=None if answered else ended,
        minutes=draw(st.none() | st.integers(0, 10**5)) if answered else None,
        result=draw(st.sampled_from((Result.NONE, Result.DONE, Result.DUPLICATE))),
        reopened=draw(st.integers(0, 2)),
        level=draw(st.none() | st.integers(1, 5)),
    )


def window(now: datetime = END) -> Window:
    return Window(begin=BEGIN, end=END, now=now)


@settings(max_examples=40)
@given(st.lists(facts(), max_size=12), MOMENTS)
def test_every_part_adds_up_and_what_came_in_is_out_or_open(
    told: list[Fact], now: datetime
) -> None:
    found = figures(told, window(now), {})
    whole = found.whole
    came_in = whole.received + whole.carried
    assert came_in == whole.answered + whole.dropped + whole.waiting + whole.overdue
    assert whole.overdue == len(found.overdue)
    assert all(getattr(whole, name) >= 0 for name in SUMS)
    for lines in found.sides.values():
        for name in SUMS:
            assert sum(getattr(one, name) for one in lines.values()) == getattr(whole, name)
        assert sorted(n for one in lines.values() for n in one.minutes) == list(whole.minutes)


@settings(max_examples=40)
@given(st.lists(facts(), max_size=12))
def test_what_is_open_at_the_end_is_what_the_next_stretch_begins_with(told: list[Fact]) -> None:
    """Months cut a quarter without losing or doubling a case."""
    cuts = [midnight(date(2026, month, 1)) for month in (7, 8, 9, 10)]
    months = [
        figures(told, Window(begin=begin, end=end, now=END), {}).whole
        for begin, end in pairwise(cuts)
    ]
    quarter = figures(told, window(), {}).whole
    for name in ("received", "answered", "on_time", "late", "dropped", "rated"):
        assert sum(getattr(one, name) for one in months) == getattr(quarter, name)
    for one, other in pairwise(months):
        assert one.waiting + one.overdue == other.carried
    assert months[-1].waiting + months[-1].overdue == quarter.waiting + quarter.overdue


def a_fact(**told: object) -> Fact:
    known = {
        "case": 1, "office": "xa", "kind": Kind.REPORT, "regime": "", "topic": "khac",
        "unit": None, "source": Source.CHAT, "received_at": BEGIN, "due_at": None,
        "answered_at": None, "dropped_at": None, "minutes": None, "result": Result.NONE,
        "reopened": 0, "level": None,
    }  # fmt: skip
    return Fact(**{**known, **told})  # type: ignore[arg-type]


def test_a_stretch_without_a_case_has_no_share_and_no_time() -> None:
    found = figures([], window(), {})
    whole = found.whole
    assert (whole.received, whole.timely, whole.median, whole.most) == (0, None, None, None)
    assert whole.satisfied is None
    assert not any(found.sides.values())


def test_an_answer_in_the_very_minute_it_is_due_is_on_time() -> None:
    at = BEGIN + timedelta(hours=9)
    in_time = a_fact(due_at=at, answered_at=at, minutes=540, level=4)
    whole = figures([in_time], window(), {}).whole
    assert (whole.on_time, whole.late, whole.timely) == (1, 0, Decimal(100))
    assert (whole.median, whole.most, whole.satisfied) == (Decimal(9), Decimal(9), Decimal(100))
    later = a_fact(due_at=at, answered_at=at + timedelta(seconds=1), minutes=540)
    assert figures([later], window(), {}).whole.late == 1


@pytest.mark.parametrize(("now", "overdue"), [(END, 1), (BEGIN + A_DAY, 0)])
def test_in_a_stretch_that_goes_on_nothing_is_overdue_before_its_time(
    now: datetime, overdue: int
) -> None:
    waiting = a_fact(due_at=BEGIN + 2 * A_DAY)
    assert figures([waiting], window(now), {}).whole.overdue == overdue


def test_times_are_the_middle_and_the_ninth_of_ten() -> None:
    told = [
        a_fact(case=n, answered_at=BEGIN, minutes=60 * n) for n in (10, 1, 9, 2, 8, 3, 7, 4, 6, 5)
    ]
    whole = figures(told, window(), {}).whole
    assert (whole.median, whole.most) == (Decimal("5.5"), Decimal(9))
    half: Counted = figures([a_fact(answered_at=BEGIN, minutes=3)], window(), {}).whole
    assert half.median == Decimal("0.1")


def test_what_was_merged_is_told_apart_and_counted_nowhere_else() -> None:
    merged = a_fact(result=Result.DUPLICATE, dropped_at=BEGIN + A_DAY)
    found = figures([merged, a_fact(case=2)], window(), {})
    assert (found.whole.received, found.whole.dropped, found.merged) == (1, 0, 1)


@given(st.integers(2001, 2998), st.sampled_from(sorted(PARTS)))
def test_months_quarters_and_halves_part_the_year(year: int, kind: Length) -> None:
    spans = [Stretch(kind, year, part).days for part in range(1, PARTS[kind] + 1)]
    assert spans[0].start == date(year, 1, 1)
    assert spans[-1].end == date(year, 12, 31)
    assert all(one.end + A_DAY == other.start for one, other in pairwise(spans))


@given(st.integers(2001, 2998))
def test_years_of_reform_follow_one_another_and_close_on_14_december(year: int) -> None:
    this, following = (Stretch(Length.REFORM_YEAR, one).days for one in (year, year + 1))
    assert this.end == date(year, 12, 14)
    assert this.end + A_DAY == following.start


@given(st.dates(date(2001, 1, 1), date(2998, 12, 31)))
def test_what_is_offered_is_read_back_and_has_begun(today: date) -> None:
    every = offered(today)
    assert len(set(every)) == len(every)
    assert all(stretch_of(one.code) == one and one.days.start <= today for one in every)
    assert latest(today).days.end < today
    assert latest(today) in every
    for one in every:
        assert one.before.days.start < one.days.start
        assert one.before.days.end < one.days.end
        if one.kind in (*PARTS, Length.YEAR, Length.REFORM_YEAR):
            assert one.before.days.end + A_DAY == one.days.start


def test_leap_days_belong_to_their_month() -> None:
    assert Stretch(Length.MONTH, 2028, 2).days.end == date(2028, 2, 29)
    assert Stretch(Length.MONTH, 2028, 2).year_before.days.end == date(2027, 2, 28)


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-Q5", "2026-H3", "2026-Q0", "1999", "2026-8M", "quý 1", "2026-"]
)
def test_what_is_no_stretch_is_none(code: str) -> None:
    assert stretch_of(code) is None
