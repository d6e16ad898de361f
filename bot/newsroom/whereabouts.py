"""Where broadcasts are, for people and scripts: the word, the newest run, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_rows import find_version
from bot.storage.ledger_rows import receipts_of
from bot.storage.occurrence_rows import Counts, counts_of, occurrences_of
from bot.storage.schedule_rows import schedules_of
from broadcasts.delivery.ports import Receipts
from broadcasts.models import RunStatus, ScheduleStatus
from broadcasts.schedule.models import Occurrence, Schedule
from broadcasts.state import Course, State
from broadcasts.targets import EVERYBODY, Target
from broadcasts.texts import Broadcast

GOING = frozenset({RunStatus.RUNNING, RunStatus.PAUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A broadcast with all that came of it; ``counts`` are those of its newest run."""

    broadcast: Broadcast
    schedules: tuple[Schedule, ...]
    occurrences: tuple[Occurrence, ...]
    counts: Counts = field(default_factory=Counts)

    @property
    def state(self) -> State:
        """The one word for it."""
        version = self.broadcast.version
        return Course(
            status=self.broadcast.status,
            schedules=tuple(one.status for one in self.schedules if one.version == version),
            runs=tuple(one.status for one in self.occurrences if one.version == version),
            going=tuple(one.status for one in self.occurrences if one.status in GOING),
        ).state

    @property
    def newest(self) -> Occurrence | None:
        """The newest occurrence, if any has come."""
        return self.occurrences[-1] if self.occurrences else None

    @property
    def next_at(self) -> datetime | None:
        """When it goes out next."""
        return next_of(self.schedules)


def next_of(schedules: Iterable[Schedule]) -> datetime | None:
    """Give the soonest time of those schedules that still go on."""
    active = (one for one in schedules if one.status is ScheduleStatus.ACTIVE)
    return min((one.next_due_at for one in active if one.next_due_at), default=None)


async def whereabouts(connection: AsyncConnection, broadcast: Broadcast) -> Whereabouts:
    """Look where a broadcast is."""
    occurrences = tuple(await occurrences_of(connection, broadcast.id))
    newest = [one.run for one in occurrences[-1:]]
    counts = await counts_of(connection, newest)
    return Whereabouts(
        broadcast=broadcast,
        schedules=tuple(await schedules_of(connection, broadcast.id)),
        occurrences=occurrences,
        counts=next(iter(counts.values()), Counts()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What providers told of the newest run, and whom its article is for.

    ``receipts`` where something of it went by a way that tells.
    """

    receipts: Receipts | None = None
    target: Target = EVERYBODY


async def reported(connection: AsyncConnection, seen: Whereabouts) -> Reported:
    """Look what is known of the newest run's messages after they were sent."""
    newest = seen.newest
    if newest is None:
        return Reported()
    told = await receipts_of(connection, newest.run)
    version = await find_version(connection, seen.broadcast.id, newest.version)
    return Reported(
        receipts=told if told.sent else None,
        target=version.audience.target if version else EVERYBODY,
    )
