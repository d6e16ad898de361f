"""When the loudspeakers read a text: which times are laid down, where a reading stands; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from broadcasts.errors import BroadcastError
from broadcasts.routes import VIETNAM

# What one form may lay down: a month of two times a day at three places.
MOST: Final = 186


@dataclass(frozen=True, slots=True, kw_only=True)
class AirTime:
    """The hours of a day, by Vietnamese clocks, in which an office's loudspeakers may speak."""

    begins: time
    ends: time

    def holds(self, at: time, minutes: int) -> bool:
        """Tell whether what begins at ``at`` and takes so many minutes lies within."""
        day = date.min
        over = datetime.combine(day, at) + timedelta(minutes=minutes)
        return self.begins <= at and over <= datetime.combine(day, self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is asked for: each day from ``first`` to ``last``, at each hour, at each station."""

    first: date
    last: date
    hours: tuple[time, ...]
    stations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """One time a text is to be read, at one station."""

    due_at: datetime
    station: str


class Unfit(StrEnum):
    """Why times are not laid down, or a reading is not ticked."""

    ORDER = "order"
    MANY = "many"
    HOURS = "hours"
    PAST = "past"
    KNOWN = "known"
    EARLY = "early"
    FUTURE = "future"


class UnfitTimes(BroadcastError):
    """Times that cannot be kept; ``why`` is the code of the sentence an official reads."""

    def __init__(self, why: Unfit) -> None:
        """Keep why."""
        super().__init__(why)
        self.why: Final = why


def airings(
    wish: Round, *, minutes: int, air: AirTime | None, now: datetime
) -> tuple[Airing, ...]:
    """Give every reading of a round that is still to come, the earliest first.

    ``minutes`` is how long one takes; ``air`` is ``None`` for what is urgent and keeps no hours.

    Raises:
        UnfitTimes: the days are in the wrong order, the readings too many, an hour lies outside
            the loudspeakers' own, or all of them are over.
    """
    if wish.last < wish.first:
        raise UnfitTimes(Unfit.ORDER)
    days = (wish.last - wish.first).days + 1
    if days * len(wish.hours) * len(wish.stations) > MOST:
        raise UnfitTimes(Unfit.MANY)
    if air and not all(air.holds(one, minutes) for one in wish.hours):
        raise UnfitTimes(Unfit.HOURS)
    ahead = sorted({at for at in _moments(wish, days) if at > now})
    if not ahead:
        raise UnfitTimes(Unfit.PAST)
    return tuple(
        Airing(due_at=at, station=station) for at, station in product(ahead, wish.stations)
    )


def _moments(wish: Round, days: int) -> Iterator[datetime]:
    for number, hour in product(range(days), wish.hours):
        yield datetime.combine(wish.first + timedelta(days=number), hour, tzinfo=VIETNAM)


class ReadingStanding(StrEnum):
    """Where a reading stands at a moment."""

    READ = "read"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a text over the loudspeakers, as it was laid down and ticked.

    ``title`` and ``urgent`` are its broadcast's. ``evidence`` is what its tick added to the slot
    of the plan, ``ended_slot`` whether that slot was done by it.
    """

    id: int
    broadcast: int
    version: int
    office: str
    title: str
    urgent: bool
    station: str
    due_at: datetime
    minutes: int
    read_at: datetime | None
    read_by: int | None
    note: str
    evidence: int | None
    ended_slot: bool

    def standing(self, now: datetime) -> ReadingStanding:
        """Tell where it stands: what is not ticked by the end of its day is late."""
        if self.read_at is not None:
            return ReadingStanding.READ
        if self._day < now.astimezone(VIETNAM).date():
            return ReadingStanding.LATE
        return ReadingStanding.DUE if self.due_at <= now else ReadingStanding.AHEAD

    def require_tick(self, read_at: datetime, now: datetime) -> None:
        """Go on only when it may be said that it was read at ``read_at``.

        Raises:
            UnfitTimes: that is still to come, or before the day it was laid down for.
        """
        if read_at > now:
            raise UnfitTimes(Unfit.FUTURE)
        if read_at.astimezone(VIETNAM).date() < self._day:
            raise UnfitTimes(Unfit.EARLY)

    @property
    def _day(self) -> date:
        return self.due_at.astimezone(VIETNAM).date()
