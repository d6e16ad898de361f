"""How many calls may begin under a rate."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from broadcasts.delivery.meter import AHEAD, Meter


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_without_a_rate_there_is_always_room() -> None:
    meter = Meter()
    meter.take(inf, 1_000_000)
    assert (meter.room(inf), meter.wait()) == (inf, 0.0)


def test_few_begin_ahead_of_their_turns() -> None:
    seconds = Seconds()
    meter = Meter(now=seconds)
    assert meter.room(30) == 1 + int(30 * AHEAD)
    meter.take(30, 4)
    assert meter.room(30) == 0
    seconds.now += meter.wait() + 0.001
    assert meter.room(30) == 1


@given(
    st.floats(min_value=1, max_value=100),
    st.lists(st.floats(min_value=0, max_value=2), min_size=1, max_size=40),
)
def test_never_more_than_the_rate_and_what_goes_ahead_of_it(
    rate: float, waits: list[float]
) -> None:
    seconds = Seconds()
    meter = Meter(now=seconds)
    taken = []
    for wait in waits:
        seconds.now += wait
        room = int(meter.room(rate))
        meter.take(rate, room)
        taken.append((seconds.now, room))
    for first, (begins, _) in enumerate(taken):
        for ends, _ in taken[first:]:
            within = sum(room for at, room in taken if begins <= at <= ends)
            assert within <= rate * (ends - begins + AHEAD) + 1.001
