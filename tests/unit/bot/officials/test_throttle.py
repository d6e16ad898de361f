"""How long who guesses waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.officials.throttle import (
    FORGOTTEN_AFTER,
    FREE_FAILURES,
    LONGEST_WAIT,
    Count,
    after_failure,
    wait,
)

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
pauses = st.timedeltas(timedelta(), timedelta(hours=30))


def test_the_first_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    told = [wait(failures).total_seconds() for failures in range(15)]
    assert told == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def failed(times: int, now: datetime = NOW) -> Count:
    count = after_failure(None, now)
    for _ in range(times - 1):
        count = after_failure(count, now)
    return count


def test_who_waited_may_try_and_waits_longer_after_that() -> None:
    count = failed(5)
    assert count.left(NOW) == timedelta(seconds=5)
    assert count.left(NOW + timedelta(seconds=2)) == timedelta(seconds=3)
    assert count.left(NOW + timedelta(seconds=5)) == timedelta()
    later = NOW + timedelta(seconds=7)
    assert after_failure(count, later).left(later) == timedelta(seconds=10)


def test_a_day_later_it_is_forgotten() -> None:
    assert after_failure(failed(100), NOW + timedelta(hours=23)).failures == 101
    assert after_failure(failed(100), NOW + FORGOTTEN_AFTER).failures == 1


def test_a_clock_put_back_shuts_nobody_out_for_longer() -> None:
    assert failed(20).left(NOW - timedelta(days=9)) == LONGEST_WAIT
    assert failed(4).left(NOW - timedelta(days=9)) == timedelta()


@given(st.integers(0, 10**9))
def test_the_wait_grows_and_has_an_end(failures: int) -> None:
    assert wait(failures) <= wait(failures + 1) <= LONGEST_WAIT


@given(st.lists(pauses, min_size=1, max_size=30))
def test_nobody_is_shut_out_for_good_nor_let_in_early(gaps: list[timedelta]) -> None:
    count, now = failed(1), NOW
    for gap in gaps:
        now += gap
        left = count.left(now)
        assert timedelta() <= left <= LONGEST_WAIT
        assert count.left(now + left) == timedelta()
        assert left == timedelta() or count.failures >= FREE_FAILURES
        count = count if left else after_failure(count, now)
    assert count.failures <= 1 + len(gaps)
