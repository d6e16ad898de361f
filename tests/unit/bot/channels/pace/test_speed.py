"""A refusal halves the speed; every quiet minute after its silence gives one a second back."""

from __future__ import annotations

from bot.channels.pace.speed import SLOWEST, Speed


def test_nobody_refused_is_as_fast_as_is_allowed() -> None:
    assert Speed(allowed=25).at(1e6) == 25


def test_a_refusal_halves_and_quiet_minutes_give_back() -> None:
    speed = Speed(allowed=25).refused(100, 130)
    speeds = [speed.at(moment) for moment in (100, 189, 190, 249, 250, 130 + 60 * 12)]
    assert speeds == [12.5, 12.5, 13.5, 13.5, 14.5, 24.5]
    assert speed.at(130 + 60 * 13) == 25


def test_many_refusals_leave_a_little() -> None:
    speed = Speed(allowed=25)
    for number in range(20):
        speed = speed.refused(number, number)
    assert speed.at(20) == SLOWEST
