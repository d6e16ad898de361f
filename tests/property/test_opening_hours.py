"""When an office is open, against an oracle that looks at every minute by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import VIETNAM
from bot.officials.hours import is_open, next_opening
from knowledge.models import DayOff, OpeningHours, Source

MINUTE = timedelta(minutes=1)
DAYS_LOOKED_AT = 2
FIRST = date(2026, 11, 20)
TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda hm: f"{hm[0]:02}:{hm[1]:02}")
SPANS = st.builds(
    OpeningHours,
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(tuple),
    opens=TIMES,
    closes=TIMES | st.just("24:00"),
)
HOURS = st.lists(SPANS, max_size=4)


def _a_day_off(ahead: int, *, works: bool, confirmed: bool) -> DayOff:
    day = FIRST + timedelta(days=ahead)
    source = Source(name="Thông báo", seen=FIRST)
    return DayOff(name="x", first=day, last=day, source=source, works=works, confirmed=confirmed)


DAYS_OFF = st.dictionaries(
    st.integers(0, DAYS_LOOKED_AT + 1),
    st.tuples(st.booleans(), st.booleans()),
    max_size=4,
).map(
    lambda told: {
        FIRST + timedelta(days=ahead): _a_day_off(ahead, works=works, confirmed=confirmed)
        for ahead, (works, confirmed) in told.items()
    }
)
MOMENTS = st.integers(0, 24 * 60 - 1).map(
    lambda minute: datetime(2026, 11, 20, tzinfo=VIETNAM) + minute * MINUTE
)


def _open_by_the_wall_clock(
    hours: list[OpeningHours], days: dict[date, DayOff], at: datetime
) -> bool:
    """Say it as somebody would who reads the notice on the door."""
    day, clock = at.date(), f"{at.hour:02}:{at.minute:02}"
    weekday = day.isoweekday()
    if day in days:
        if not days[day].works:
            return False
        if not any(weekday in span.weekdays for span in hours):
            weekday = min((number for span in hours for number in span.weekdays), default=0)
    return any(weekday in span.weekdays and span.opens <= clock < span.closes for span in hours)


@given(HOURS, DAYS_OFF, MOMENTS)
def test_open_is_what_the_notice_on_the_door_says(
    hours: list[OpeningHours], days: dict[date, DayOff], at: datetime
) -> None:
    expected = _open_by_the_wall_clock(hours, days, at)
    assert is_open(hours, days.get, at) == expected
    assert is_open(hours, days.get, at.astimezone(UTC)) == expected


@settings(max_examples=50)
@given(HOURS, DAYS_OFF, MOMENTS)
def test_the_next_opening_is_the_first_open_minute(
    hours: list[OpeningHours], days: dict[date, DayOff], at: datetime
) -> None:
    found = next_opening(hours, days.get, at.astimezone(UTC))
    minutes = (at + number * MINUTE for number in range(DAYS_LOOKED_AT * 24 * 60))
    looked = next((one for one in minutes if _open_by_the_wall_clock(hours, days, one)), None)
    if looked is not None:
        assert found is not None
        assert found.at == looked
        passed = {
            at.date() + timedelta(days=n) for n in range((looked.date() - at.date()).days + 1)
        }
        assert found.expected == any(not days[day].confirmed for day in passed & days.keys())
    elif found is not None:
        assert found.at >= at + timedelta(days=DAYS_LOOKED_AT)
        assert _open_by_the_wall_clock(hours, days, found.at.astimezone(VIETNAM))


@given(HOURS, SPANS, st.sampled_from(["7h30", "", "25:00", "07:60", "sáng"]), MOMENTS)
def test_hours_that_cannot_be_read_promise_nothing(
    hours: list[OpeningHours], span: OpeningHours, illegible: str, at: datetime
) -> None:
    known: dict[date, DayOff] = {}
    told = [*hours, OpeningHours(weekdays=span.weekdays, opens=span.opens, closes=illegible)]
    assert not is_open(told, known.get, at)
    assert next_opening(told, known.get, at) is None
