"""Alerts at shares of the working time, against a clock that looks at every minute by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import VIETNAM
from bot.feedback.alerts import SHARES, Alert, Told, next_alert
from tests.fakes.deadlines import Deadline, a_deadline, slow_clock, working_time
from tests.fakes.slow_clock import SlowClock

MINUTE = timedelta(minutes=1)


def wall(at: datetime) -> datetime:
    return at.astimezone(VIETNAM).replace(tzinfo=None)


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def slowly(one: Deadline, clock: SlowClock, share: int) -> datetime | None:
    """Give when a share of the time is used: the end of the minute that makes it whole."""
    end = clock.term(one.received, one.number, one.unit)
    assert end is not None
    whole = clock.count(one.received, end)
    return clock.after(one.received, -(-whole * share // 100), one.stops)[0]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_shares_are_reached_when_a_slow_clock_says_so(random: Random) -> None:
    drawn = a_deadline(random)
    stops = [(since, until) for since, until in drawn.stops if until is not None][:1]
    one = replace(drawn, stops=stops, instead=None)
    time, due = working_time(one.door, one.closures), one.due
    if one.unit == "h" or time is None or due is None or due.at is None:
        return
    clock, begin = slow_clock(one.door, one.closures), one.received.replace(tzinfo=VIETNAM)
    end = clock.term(one.received, one.number, one.unit)
    asked = [(since, until) for since, until in stops if end and since.replace(second=0) < end]
    stopped = [clock.count(since, until) for since, until in asked]
    resumed = max((until for _, until in stops), default=one.received)
    for alerted in (0, *SHARES):
        found = next_alert(time, begin, due.at, paused=sum(stopped), alerted=alerted)
        after = [share for share in SHARES if share > alerted]
        if found is None:
            assert not after
            continue
        assert found.share in after
        expected = slowly(one, clock, found.share)
        # One that passed before the clock stood still was told then.
        if expected is not None and expected > resumed:
            assert wall(found.at) == expected


def test_three_days_are_half_over_in_the_middle_of_the_second() -> None:
    time = working_time([((1, 2, 3, 4, 5), "07:30", "11:30"), ((1, 2, 3, 4, 5), "13:30", "17:30")])
    assert time is not None
    begin, due = here("2026-11-23T07:30"), here("2026-11-26T17:30")
    alerts = [next_alert(time, begin, due, alerted=alerted) for alerted in (0, 50, 80, 100)]
    # 24/11 is a day off; 80 % of 24 hours are 19 hours and 12 minutes.
    assert alerts == [
        Alert(share=50, at=here("2026-11-25T11:30")),
        Alert(share=80, at=here("2026-11-26T10:42")),
        Alert(share=100, at=due),
        None,
    ]
    assert [one.told for one in alerts if one] == [
        (Told.OFFICER,),
        (Told.OFFICER, Told.HEAD),
        (Told.OFFICER, Told.HEAD, Told.LEADER),
    ]


def test_what_one_moment_reaches_is_one_alert() -> None:
    time = working_time([((1, 2, 3, 4, 5), "07:30", "11:30")])
    assert time is not None
    begin, due = here("2026-11-23T11:29"), here("2026-11-23T11:30")
    assert next_alert(time, begin, due) == Alert(share=100, at=due)
    late = next_alert(time, here("2026-11-23T20:00"), due)
    assert late is not None
    assert late.share == 100
