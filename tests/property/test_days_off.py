"""One answer for each day, in whatever order the days off around it were entered."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.officials.days_off import contradicting, in_force, overruled
from knowledge.models import DayOff, Source

FIRST = date(2026, 12, 1)
SOURCE = Source(name="Thông báo", seen=FIRST)
AHEAD = 20
DAYS = [FIRST + timedelta(days=ahead) for ahead in range(AHEAD * 2)]


def a_span(begin: int, length: int, *, works: bool, name: str = "x") -> DayOff:
    first = FIRST + timedelta(days=begin)
    last = first + timedelta(days=length)
    return DayOff(name=name, first=first, last=last, source=SOURCE, works=works)


SPANS = st.builds(
    lambda begin, length, works: a_span(begin, length, works=works, name=f"{begin}-{length}"),
    st.integers(0, AHEAD),
    st.integers(0, 9),
    st.booleans(),
)
LAYERS = st.lists(st.lists(SPANS, max_size=4), max_size=3)


def covers(one: DayOff, day: date) -> bool:
    return one.first <= day <= one.last


def taken(spans: list[DayOff]) -> list[DayOff]:
    """Give what an office has after it entered ``spans`` one by one and some were refused."""
    own: list[DayOff] = []
    for one in spans:
        if contradicting(one, own) is None:
            own.append(one)
    return own


@given(st.lists(SPANS, max_size=8))
def test_what_was_taken_says_on_each_day_what_it_was_entered_for(spans: list[DayOff]) -> None:
    own = taken(spans)
    for day in DAYS:
        told, around = in_force(day, [own]), [one for one in own if covers(one, day)]
        assert (told is None) == (not around)
        if told is not None:
            assert told.works == any(one.works for one in around)
        assert len([one for one in around if one.works]) <= 1
        assert len([one for one in around if not one.works]) <= 1


@given(st.lists(SPANS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_entering_changes_nothing(spans: list[DayOff], chance: Random) -> None:
    shuffled = list(spans)
    chance.shuffle(shuffled)
    for day in DAYS:
        assert in_force(day, [spans]) == in_force(day, [shuffled])


@given(LAYERS)
def test_the_nearest_office_that_says_anything_of_a_day_is_heard(
    layers: list[list[DayOff]],
) -> None:
    for day in DAYS:
        nearest = next((one for one in layers if any(covers(span, day) for span in one)), [])
        assert in_force(day, layers) == in_force(day, [nearest])


@given(SPANS, st.lists(SPANS, max_size=6))
def test_who_is_refused_is_told_of_a_span_that_overlaps(new: DayOff, own: list[DayOff]) -> None:
    told = contradicting(new, own)
    overlapping = [one for one in own if any(covers(new, d) and covers(one, d) for d in DAYS)]
    assert told is None or told in overlapping
    if told is None:
        assert all(one.works != new.works for one in overlapping)
    assert contradicting(new, [one for one in own if one not in overlapping]) is None


@given(SPANS, LAYERS)
def test_the_contrary_of_what_others_say_is_noticed(
    new: DayOff, above: list[list[DayOff]]
) -> None:
    told = [in_force(day, above) for day in DAYS if covers(new, day)]
    contrary = any(one is not None and one.works != new.works for one in told)
    assert (overruled(new, above) is not None) == contrary
