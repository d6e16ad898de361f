"""A session writes in bursts up to its limit, and never more than the limit in the long run."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.web.rate import RateLimit
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)


def test_a_minute_worth_may_come_at_once_and_then_one_at_a_time() -> None:
    limit = RateLimit(per_minute=3)
    assert [limit.take("a", NOON) for _ in range(4)] == [0, 0, 0, 20]
    assert limit.take("a", NOON + timedelta(seconds=19)) == 1
    assert limit.take("a", NOON + timedelta(seconds=20)) == 0
    assert limit.take("a", NOON + timedelta(seconds=20)) == 20


def test_one_session_does_not_slow_another() -> None:
    limit = RateLimit(per_minute=1)
    assert limit.take("a", NOON) == 0
    assert limit.take("a", NOON) == 60
    assert limit.take("b", NOON) == 0


def test_only_the_sessions_seen_last_are_remembered() -> None:
    limit = RateLimit(per_minute=1, sessions=2)
    for later, session in enumerate(("a", "b", "a", "c")):
        limit.take(session, NOON + later * MINUTE)
    assert set(limit.full_at) == {"a", "c"}


def test_a_clock_set_back_does_not_lock_a_session_out() -> None:
    limit = RateLimit(per_minute=2)
    limit.take("a", NOON)
    assert [limit.take("a", NOON - timedelta(hours=1)) for _ in range(3)] == [0, 0, 30]


@given(
    per_minute=st.integers(1, 600),
    gaps=st.lists(st.floats(0, 30, allow_nan=False), max_size=60),
)
def test_never_more_than_a_burst_and_the_rate(per_minute: int, gaps: list[float]) -> None:
    limit = RateLimit(per_minute=per_minute)
    now, taken = NOON, 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        taken += limit.take("a", now) == 0
    assert taken <= per_minute + per_minute * ((now - NOON) / MINUTE) + 1e-6


@given(
    per_minute=st.integers(1, 600),
    gaps=st.lists(st.floats(0, 2, allow_nan=False), max_size=60),
)
def test_who_waits_as_told_is_served(per_minute: int, gaps: list[float]) -> None:
    limit = RateLimit(per_minute=per_minute)
    now = NOON
    for gap in gaps:
        now += timedelta(seconds=gap)
        wait = limit.take("a", now)
        if wait:
            now += timedelta(seconds=wait)
            assert limit.take("a", now) == 0
