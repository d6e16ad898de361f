"""However late calls of several processes are, no second sees more of them than the rate."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.pace.slots import SPARED
from bot.channels.pace.window import MARGIN, SECOND
from bot.delivery.hand import LATE, Hand

RATE = 5
STEP = (1 + SPARED) / RATE
# Seconds until what one process tells is known to the others.
TELLING = 0.5


@dataclass
class Street:
    """Processes that are given moments in turns, and told of each other's late calls."""

    told: list[tuple[float, int, float]] = field(default_factory=list)
    left: list[float] = field(default_factory=list)

    def walk(self, hand: Hand, number: int, late: float) -> None:
        """Have the call of a moment leave ``late`` seconds after it."""
        due = number * STEP
        hand.late({place: free_at for known_at, place, free_at in self.told if known_at <= due})
        hand.give(number, [due])
        if not len(hand):
            return
        left = hand.spend().at + late
        self.left.append(left)
        if left + SECOND + MARGIN > due + RATE * STEP:
            self.told.append((left + TELLING, hand.place(number), left + SECOND + MARGIN))


CALLS = st.tuples(st.integers(0, 2), st.sampled_from([0.0, 0.003, 0.02, 0.1, LATE]))


@given(st.lists(CALLS, max_size=60))
@example([(0, LATE), *[(1, 0.0)] * 30])
@example([(number % 2, 0.1) for number in range(60)])
def test_no_second_sees_more_calls_than_the_rate(calls: list[tuple[int, float]]) -> None:
    street, hands = Street(), [Hand(RATE) for _ in range(3)]
    for number, (process, late) in enumerate(calls):
        street.walk(hands[process], number, late)
    for start in street.left:
        assert sum(start <= one < start + SECOND for one in street.left) <= RATE


def test_a_moment_waits_for_its_place_and_the_others_do_not() -> None:
    hand = Hand(2)
    hand.give(2, [1.0, 1.5])
    hand.late({0: 1.15})
    hand.late({0: 1.1})
    assert (hand.first().number, hand.first().at, hand.first().due) == (2, 1.15, 1.0)
    hand.late({1: 1.6})
    assert [hand.spend().at, hand.spend().at] == [1.15, 1.6]


def test_what_is_missed_or_put_off_for_too_long_is_lost() -> None:
    hand = Hand(3)
    hand.give(1, [1.0, 2.0, 3.0])
    hand.lose(1.5)
    assert (len(hand), hand.first().due) == (2, 2.0)
    hand.late({2: 2.0 + 2 * LATE})
    assert [hand.spend().due, len(hand)] == [3.0, 0]
