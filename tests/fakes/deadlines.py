"""Random cases with a limit: an office's door, its days off, a question or two to the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from bot.clock import VIETNAM
from bot.feedback.days import day_known
from bot.feedback.due import Due, Pause, SetDay, due_of
from bot.feedback.terms import Unit, end_of_term
from bot.feedback.working import WorkingTime
from knowledge.models import DayOff, OpeningHours, Source
from tests.fakes.slow_clock import Line, SlowClock, Stop

DAY = timedelta(days=1)
# The first, the last, and whether they are worked.
Days = tuple[date, date, bool]
WEEK, MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5)
DOORS: Sequence[Sequence[Line]] = (
    ((MONDAY_TO_FRIDAY, "07:30", "11:30"), (MONDAY_TO_FRIDAY, "13:30", "17:00")),
    # Saturday mornings too.
    (
        (MONDAY_TO_FRIDAY, "07:00", "11:30"),
        (MONDAY_TO_FRIDAY, "13:00", "16:30"),
        ((6,), "07:30", "11:00"),
    ),
    ((WEEK, "00:00", "24:00"),),
    ((WEEK, "20:00", "24:00"), (WEEK, "00:00", "06:00")),
    # Two lines that overlap, and one that closes before it opens.
    (((1, 3), "08:00", "12:00"), ((1, 3), "11:00", "14:00"), ((2,), "17:00", "08:00")),
    (((7,), "09:00", "09:30"),),
    ((MONDAY_TO_FRIDAY, "08:00", "16:00"), ((4,), "17:30", "19:45")),
)
# Nobody can read these, so the office has told no hours.
NO_DOORS: Sequence[Sequence[Line]] = ((), ((WEEK, "7h30", "17h"),), ((WEEK, "17:00", "08:00"),))
# The days of the notices, and days worked instead.
STATED = (
    (date(2026, 1, 1), date(2026, 1, 2), False),
    (date(2026, 1, 10), date(2026, 1, 10), True),
    (date(2026, 2, 14), date(2026, 2, 22), False),
    (date(2026, 4, 26), date(2026, 4, 27), False),
    (date(2026, 4, 30), date(2026, 5, 1), False),
    (date(2026, 8, 22), date(2026, 8, 22), True),
    (date(2026, 8, 31), date(2026, 9, 2), False),
    (date(2026, 11, 24), date(2026, 11, 24), False),
    (date(2027, 2, 4), date(2027, 2, 10), False),
    (date(2027, 2, 20), date(2027, 2, 20), True),
    (date(2028, 2, 12), date(2028, 2, 12), True),
)
# Nobody has told these; the law and the moon make them likely. Those up to the last day looked at.
LIKELY = (
    *(date(year, month, day) for year in (2027, 2028, 2029) for month, day in (
        (1, 1), (4, 30), (5, 1), (9, 2), (11, 24),
    )),
    *(date(2027, month, day) for month, day in ((4, 16), (5, 3), (9, 3))),
    *(date(2028, 1, day) for day in (3, 24, 25, 26, 27, 28, 29)),
    *(date(2028, month, day) for month, day in ((4, 4), (5, 2), (9, 1), (9, 4))),
    *(date(2029, 2, day) for day in (12, 13, 14, 15, 16)),
    *(date(2029, month, day) for month, day in ((4, 23), (9, 3), (9, 4), (11, 26))),
)  # fmt: skip
BEFORE_HOLIDAYS = [first for first, _, _ in STATED] + [date(2028, 1, 24), date(2028, 9, 1)]
LENGTHS = {"wd": (1, 15), "d": (1, 30), "wh": (1, 16), "h": (1, 72)}


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One case, told in plain values by the clocks on the wall."""

    door: Sequence[Line]
    closures: Sequence[Days]
    received: datetime
    number: int
    unit: str
    stops: Sequence[Stop]
    instead: tuple[date, datetime] | None

    @property
    def fault(self) -> str:
        """Tell in what the program differs from the slow clock; empty when in nothing."""
        due, (at, left) = self.due, self.slow
        said = due.at.astimezone(VIETNAM).replace(tzinfo=None) if due and due.at else None
        kept = (due and due.left) or 0
        return "" if (said, kept) == (at, left) else f"{due}, slowly {at} with {left} left"

    @property
    def due(self) -> Due | None:
        time, begin = working_time(self.door, self.closures), _aware(self.received)
        end = end_of_term(time, begin, self.number, Unit(self.unit)) if time else None
        pauses = [
            Pause(since=_aware(since), until=until and _aware(until))
            for since, until in self.stops
        ]
        instead = self.instead and SetDay(day=self.instead[0], at=_aware(self.instead[1]))
        return due_of(time, begin, end, pauses, instead)

    @property
    def slow(self) -> tuple[datetime | None, int]:
        """When it is due and, while the clock stands still, what is left, counted slowly."""
        clock = slow_clock(self.door, self.closures)
        if self.instead is None:
            end = clock.term(self.received, self.number, self.unit)
            # Hours of the clock run by night; no question stops them.
            hours = self.unit == "h" and self.door not in NO_DOORS
            return (end, 0) if hours else clock.due(self.received, end, self.stops)
        day, at = self.instead
        return clock.due(at, clock.end_of_nth_day(day - DAY, 1), self.stops)


def stated_days() -> tuple[DayOff, ...]:
    """Give the days of the notices as rows."""
    return tuple(_day_off(*one) for one in STATED)


def working_time(door: Sequence[Line], closures: Sequence[Days] = ()) -> WorkingTime | None:
    """Give the working time behind a door, as the program makes it."""
    layers = [[_day_off(*one) for one in closures], stated_days()]
    hours = [OpeningHours(weekdays=tuple(a), opens=b, closes=c) for a, b, c in door]
    return WorkingTime.of(hours, day_known(layers))


def slow_clock(door: Sequence[Line], closures: Sequence[Days] = ()) -> SlowClock:
    """Give the clock that looks at the same door minute by minute."""
    days = dict.fromkeys(LIKELY, False)
    for first, last, works in (*STATED, *closures):
        days |= {first + n * DAY: works for n in range((last - first).days + 1)}
    return SlowClock(door, days)


def a_deadline(random: Random) -> Deadline:
    """Give a case: one in forty of an office without hours, one in eight with a day set."""
    received = _received(random)
    unit = random.choice(sorted(LENGTHS))
    return Deadline(
        door=random.choice(NO_DOORS if random.randrange(40) == 0 else DOORS),
        closures=_closures(random, received.date()),
        received=received,
        number=random.randint(*LENGTHS[unit]),
        unit=unit,
        # Hours of the clock are no limits of cases: nobody is asked anything meanwhile.
        stops=() if unit == "h" else _stops(random, received),
        instead=None if unit == "h" or random.randrange(8) else _instead(random, received),
    )


def _received(random: Random) -> datetime:
    near = random.choice(BEFORE_HOLIDAYS) - random.randint(-3, 12) * DAY
    day = near if random.randrange(3) else date(2026, 1, 3) + random.randrange(1_000) * DAY
    at = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - by the clocks on the wall
    return at + timedelta(seconds=random.randrange(24 * 60 * 60))


def _closures(random: Random, day: date) -> Sequence[Days]:
    told, first = [], day
    for _ in range(random.choice((0, 0, 1, 2))):
        first += random.randint(0, 9) * DAY
        last = first + random.choice((0, 0, 1, 4)) * DAY
        told.append((first, last, not random.randrange(4)))
        first = last + DAY
    return told


def _stops(random: Random, begin: datetime) -> Sequence[Stop]:
    told: list[Stop] = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        since = begin + timedelta(seconds=random.randrange(6 * 24 * 60 * 60))
        begin = since + timedelta(seconds=random.randrange(12 * 24 * 60 * 60))
        told.append((since, begin))
    if told and not random.randrange(6):
        told[-1] = (told[-1][0], None)
    return told


def _instead(random: Random, received: datetime) -> tuple[date, datetime]:
    at = received + timedelta(seconds=random.randrange(5 * 24 * 60 * 60))
    return at.date() + random.randint(1, 20) * DAY, at


def _aware(wall: datetime) -> datetime:
    return wall.replace(tzinfo=VIETNAM)


def _day_off(first: date, last: date, works: bool) -> DayOff:
    source = Source(name="Thông báo", seen=first)
    return DayOff(name="", first=first, last=last, works=works, source=source)
