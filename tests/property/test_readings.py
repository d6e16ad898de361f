"""Whatever round is asked for, the loudspeakers speak within their hours, ahead, and once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcasts.readings import MOST, AirTime, Round, UnfitTimes, airings
from broadcasts.routes import VIETNAM

FIRST = date(2026, 1, 1)
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.integers(0, 60).map(lambda told: FIRST + timedelta(days=told))
rounds = st.builds(
    Round,
    first=days,
    last=days,
    hours=st.lists(clocks, min_size=1, max_size=4).map(tuple),
    stations=st.lists(st.text(max_size=3), min_size=1, max_size=3, unique=True).map(tuple),
)
airs = st.one_of(st.none(), st.builds(AirTime, begins=clocks, ends=clocks))
moments = st.integers(0, 60 * 24 * 60).map(
    lambda told: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=told)
)


@given(rounds, st.integers(1, 90), airs, moments)
def test_readings_lie_within_the_hours_and_days_ahead_and_each_is_there_once(
    wish: Round, minutes: int, air: AirTime | None, now: datetime
) -> None:
    try:
        found = airings(wish, minutes=minutes, air=air, now=now)
    except UnfitTimes:
        return
    assert 0 < len(found) <= MOST
    assert len(set(found)) == len(found)
    for one in found:
        here = one.due_at.astimezone(VIETNAM)
        over = here + timedelta(minutes=minutes)
        assert one.due_at > now
        assert wish.first <= here.date() <= wish.last
        if air is not None:
            assert here.date() == over.date()
            assert air.begins <= here.time()
            assert over.time() <= air.ends
