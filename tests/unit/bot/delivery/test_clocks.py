"""Another clock's moments are read by the comparison that can be wrong by the least."""

from __future__ import annotations

import pytest

from bot.delivery.clocks import LASTING, Clocks

AHEAD = 1_000.0


def _meet(clocks: Clocks, at: float, *, there: float, back: float, ahead: float = AHEAD) -> None:
    """Compare: the question takes ``there``, the answer ``back``."""
    clocks.meet(theirs=at + there + ahead, asked_at=at, answered_at=at + there + back)


def test_the_shortest_comparison_counts() -> None:
    clocks = Clocks()
    _meet(clocks, 0, there=0.3, back=0.0)
    assert clocks.ours(AHEAD + 5) == pytest.approx(5, abs=0.151)
    _meet(clocks, 1, there=0.001, back=0.001)
    _meet(clocks, 2, there=0.0, back=0.4)
    assert clocks.ours(AHEAD + 5) == pytest.approx(5, abs=0.001)


def test_after_a_while_a_longer_one_will_do() -> None:
    clocks = Clocks()
    _meet(clocks, 0, there=0.001, back=0.001)
    _meet(clocks, LASTING + 1, there=0.01, back=0.01, ahead=AHEAD + 0.004)
    assert clocks.ours(AHEAD + 5) == pytest.approx(5 - 0.004)


def test_a_clock_that_was_put_is_believed_at_once() -> None:
    clocks = Clocks()
    _meet(clocks, 0, there=0.001, back=0.001)
    _meet(clocks, 1, there=0.01, back=0.01, ahead=AHEAD - 3600)
    assert clocks.ours(AHEAD - 3600 + 5) == pytest.approx(5)
