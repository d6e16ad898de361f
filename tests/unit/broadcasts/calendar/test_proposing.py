"""Times proposed for what a plan asks: on working days, within their spans, as many as asked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.calendar import Proposal, SlotFlag, propose
from broadcasts.timing import Per, Period, Timing, TimingKind, read_timing

# Tết 2026 as the offices have it, and Giỗ Tổ with the Monday after it.
TET = Period(date(2026, 2, 14), date(2026, 2, 22))
OFF = {date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 26), date(2026, 4, 27)}
SWAPPED = date(2026, 1, 10)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def works(day: date) -> bool:
    if day == SWAPPED:
        return True
    return day.weekday() < 5 and day not in OFF and not TET.start <= day <= TET.end


def recurring(count: int, per: Per, span: Period = YEAR) -> Timing:
    return Timing(kind=TimingKind.RECURRING, start=span.start, end=span.end, count=count, per=per)


def due(timing: Timing) -> list[date]:
    return [one.due_on for one in propose(timing, works)]


def test_two_numbers_a_month_stand_a_third_and_two_thirds_into_it() -> None:
    found = propose(recurring(2, Per.MONTH), works)
    assert len(found) == 24
    assert [one.due_on for one in found[4:6]] == [date(2026, 3, 11), date(2026, 3, 20)]
    assert {one.last_on for one in found[4:6]} == {date(2026, 3, 31)}


def test_in_the_month_of_tet_they_stand_around_it() -> None:
    found = propose(recurring(2, Per.MONTH), works)[2:4]
    assert [one.due_on for one in found] == [date(2026, 2, 9), date(2026, 2, 23)]
    assert {one.flag for one in found} == {SlotFlag.NONE}


def test_a_week_that_is_all_tet_says_so_and_is_done_before() -> None:
    week = Period(date(2026, 2, 16), date(2026, 2, 22))
    (found,) = propose(recurring(1, Per.WEEK, week), works)
    assert (found.due_on, found.flag) == (date(2026, 2, 13), SlotFlag.NO_WORKING_DAY)
    assert found.last_on == week.end


def test_more_than_there_are_days_is_told() -> None:
    found = propose(recurring(9, Per.WEEK, Period(date(2026, 3, 2), date(2026, 3, 8))), works)
    assert len(found) == 9
    assert {one.flag for one in found} == {SlotFlag.CROWDED}


def test_a_deadline_is_met_a_week_early_and_the_day_before_it_when_it_says_before() -> None:
    before = Timing(kind=TimingKind.ONCE_BY_DEADLINE, end=date(2026, 12, 15), before=True)
    (found,) = propose(before, works)
    assert (found.due_on, found.last_on) == (date(2026, 12, 7), date(2026, 12, 14))


def test_a_deadline_right_after_tet_is_met_before_it() -> None:
    (found,) = propose(Timing(kind=TimingKind.ONCE_BY_DEADLINE, end=date(2026, 2, 24)), works)
    assert found.due_on < TET.start


def test_a_quarter_named_is_done_in_its_middle() -> None:
    window = Timing(kind=TimingKind.WINDOW, start=date(2026, 4, 1), end=date(2026, 6, 30), count=1)
    (found,) = propose(window, works)
    assert found.due_on.month == 5


def test_a_day_named_that_is_closed_is_done_the_working_day_before_and_flagged() -> None:
    named = Timing(kind=TimingKind.FIXED_DATE, start=date(2026, 4, 26), end=date(2026, 4, 26))
    (found,) = propose(named, works)
    assert (found.due_on, found.flag) == (date(2026, 4, 24), SlotFlag.DAY_OFF)


def test_each_day_of_a_list_is_one_time() -> None:
    days = (date(2026, 3, 5), date(2026, 6, 5))
    listed = Timing(
        kind=TimingKind.FIXED_DATE,
        start=days[0],
        end=days[1],
        periods=tuple(Period(one, one) for one in days),
    )
    assert due(listed) == list(days)


def test_months_listed_with_a_count_a_month_ask_it_of_each() -> None:
    march, june = (
        Period(date(2026, 3, 1), date(2026, 3, 31)),
        Period(date(2026, 6, 1), date(2026, 6, 30)),
    )
    listed = Timing(
        kind=TimingKind.RECURRING,
        start=march.start,
        end=june.end,
        count=2,
        per=Per.MONTH,
        periods=(march, june),
    )
    assert [one.span for one in propose(listed, works)] == [march, march, june, june]


def test_the_end_of_each_quarter_is_one_time_each() -> None:
    ends = tuple(
        Period(date(2026, month, 21), date(2026, month, day))
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    )
    listed = Timing(
        kind=TimingKind.RECURRING,
        start=ends[0].start,
        end=ends[-1].end,
        count=1,
        per=Per.QUARTER,
        periods=ends,
    )
    assert [one.span for one in propose(listed, works)] == list(ends)


def test_a_deadline_of_each_month_is_met_a_week_early_and_the_day_before_it() -> None:
    found = propose(read_timing("Trước ngày 20 hằng tháng", year=2026), works)
    assert [one.last_on.day for one in found] == [19] * 12
    assert found[2].due_on == date(2026, 3, 12)


@pytest.mark.parametrize(("count", "times"), [(18, 53 * 18), (19, 0), (999, 0)])
def test_more_than_a_thousand_times_are_not_set_one_by_one(count: int, times: int) -> None:
    assert len(propose(recurring(count, Per.WEEK), works)) == times


def test_several_before_a_deadline_are_in_time_the_day_before_it() -> None:
    found = propose(read_timing("Ít nhất 02 hội nghị/năm, trước 30/11", year=2026), works)
    assert [one.last_on for one in found] == [date(2026, 11, 29)] * 2


@pytest.mark.parametrize("kind", [TimingKind.CONTINUOUS, TimingKind.UNCLEAR])
def test_what_goes_on_or_is_unclear_is_left_to_a_person(kind: TimingKind) -> None:
    assert propose(Timing(kind=kind, start=YEAR.start, end=YEAR.end), works) == ()


spans = st.builds(
    lambda start, length: Period(
        YEAR.start + timedelta(days=start), YEAR.start + timedelta(days=start + length)
    ),
    st.integers(0, 300),
    st.integers(0, 400),
)


@given(st.integers(1, 6), st.sampled_from(Per), spans)
def test_the_count_is_met_in_every_span_on_working_days_or_the_span_is_flagged(
    count: int, per: Per, span: Period
) -> None:
    found = propose(recurring(count, per, span), works)
    assert set(Counter(one.span for one in found).values()) <= {count}
    for one in found:
        _holds(one, span)


def _holds(one: Proposal, span: Period) -> None:
    assert works(one.due_on)
    assert one.due_on <= one.last_on
    assert span.holds(one.span)
    if one.flag is not SlotFlag.NO_WORKING_DAY:
        assert one.span.start <= one.due_on <= one.span.end


@given(st.integers(1, 40), st.sampled_from([Per.MONTH, Per.QUARTER]))
def test_times_of_a_span_are_in_order_and_never_closer_than_they_must_be(
    count: int, per: Per
) -> None:
    by_span: dict[Period, list[date]] = {}
    for one in propose(recurring(count, per), works):
        by_span.setdefault(one.span, []).append(one.due_on)
    for span, days in by_span.items():
        assert days == sorted(days)
        open_days = sum(
            works(span.start + timedelta(days=n)) for n in range((span.end - span.start).days + 1)
        )
        if open_days > count:
            assert len(set(days)) == count
