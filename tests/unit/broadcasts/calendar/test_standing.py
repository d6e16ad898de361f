"""Where slots stand on a day, what is left of a quota, and what officers are told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.calendar import (
    Proposal,
    Quota,
    Slot,
    SlotFlag,
    SlotStatus,
    Standing,
    quotas,
    spans,
    standing,
)
from broadcasts.calendar.laying_out import laid_out
from broadcasts.calendar.reminding import ReminderKind, reminder
from broadcasts.timing import Per, Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
SLOT = Slot(
    id=1,
    entry=1,
    span=MARCH,
    number=1,
    due_on=date(2026, 3, 16),
    last_on=date(2026, 3, 31),
    status=SlotStatus.OPEN,
)
DONE = replace(SLOT, status=SlotStatus.DONE, done_on=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("slot", "today", "found"),
    [
        (SLOT, date(2026, 3, 16), Standing.AHEAD),
        (SLOT, date(2026, 3, 23), Standing.AHEAD),
        (SLOT, date(2026, 3, 24), Standing.DUE_SOON),
        (SLOT, date(2026, 3, 31), Standing.DUE_SOON),
        (SLOT, date(2026, 4, 1), Standing.LATE),
        (DONE, date(2026, 6, 1), Standing.DONE),
        (replace(DONE, done_on=date(2026, 4, 1)), date(2026, 6, 1), Standing.DONE_LATE),
        (replace(SLOT, status=SlotStatus.DROPPED), date(2026, 6, 1), Standing.DROPPED),
        (replace(SLOT, status=SlotStatus.UNRECORDED), date(2026, 6, 1), Standing.UNRECORDED),
    ],
)
def test_a_slot_stands_where_the_day_puts_it(slot: Slot, today: date, found: Standing) -> None:
    assert standing(slot, today) is found


def test_a_quota_counts_what_is_done_and_asks_for_nothing_that_was_dropped() -> None:
    slots = [
        DONE,
        replace(SLOT, id=2, number=2),
        replace(SLOT, id=3, number=3, status=SlotStatus.DROPPED),
        replace(SLOT, id=4, span=APRIL, last_on=APRIL.end),
    ]
    march, april = quotas(slots, date(2026, 4, 2))
    assert march == Quota(span=MARCH, planned=2, done=1, late=1)
    assert not march.met
    assert april == Quota(span=APRIL, planned=1, done=0, late=0)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 3, 12), None),
        (date(2026, 3, 13), ReminderKind.SOON),
        (date(2026, 3, 30), ReminderKind.LAST),
        (date(2026, 4, 1), ReminderKind.LATE),
    ],
)
def test_an_officer_is_told_when_a_thing_comes_up_runs_out_and_is_over(
    today: date, kind: ReminderKind | None
) -> None:
    assert reminder(SLOT, today) is kind
    assert reminder(DONE, today) is None


def wish(span: Period, number: int = 1, day: int = 20) -> Proposal:
    return Proposal(span=span, number=number, due_on=span.start.replace(day=day), last_on=span.end)


def test_laying_out_anew_moves_what_nobody_touched_and_leaves_the_rest() -> None:
    by_hand = replace(SLOT, id=2, number=2, by_hand=True)
    layout = laid_out(
        [SLOT, by_hand, replace(DONE, id=3, number=3), replace(SLOT, id=4, number=4)],
        [wish(MARCH), wish(MARCH, 2), wish(MARCH, 3), wish(APRIL)],
        since=date(2026, 1, 1),
    )
    assert [slot.id for slot, _ in layout.moved] == [1]
    assert [slot.id for slot in layout.gone] == [4]
    assert layout.new == ((wish(APRIL), SlotStatus.OPEN),)


def test_laying_out_the_same_changes_nothing() -> None:
    same = replace(SLOT, due_on=date(2026, 3, 20), flag=SlotFlag.NONE)
    layout = laid_out([same], [wish(MARCH)], since=date(2026, 1, 1))
    assert (layout.new, layout.moved, layout.gone) == ((), (), ())


def test_what_was_over_before_the_plan_was_entered_is_not_late() -> None:
    layout = laid_out([], [wish(MARCH), wish(APRIL)], since=date(2026, 4, 1))
    assert [status for _, status in layout.new] == [SlotStatus.UNRECORDED, SlotStatus.OPEN]


def test_a_year_has_the_weeks_whose_thursdays_it_has() -> None:
    assert len(spans(Per.WEEK, Period(date(2026, 1, 1), date(2026, 12, 31)))) == 53
    assert len(spans(Per.WEEK, Period(date(2027, 1, 1), date(2027, 12, 31)))) == 52


@given(st.sampled_from(Per), st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 500))
def test_spans_are_in_order_and_do_not_overlap(per: Per, start: date, length: int) -> None:
    whole = Period(start, start + timedelta(days=length))
    found = spans(per, whole)
    assert all(whole.holds(one) for one in found)
    assert all(one.end < other.start for one, other in pairwise(found))
    if per is not Per.WEEK:
        assert found[0].start == whole.start
        assert found[-1].end == whole.end
