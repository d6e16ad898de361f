"""The occurrences of schedules as rows: each becomes one run, and how far its ledger has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.upserts import insert_into
from broadcasts.models import BroadcastId, DeliveryStatus, RunId, RunStatus
from broadcasts.schedule.models import Occurrence, Schedule, ScheduleId
from broadcasts.texts import Broadcast

ENDINGS = (
    DeliveryStatus.SENT,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.SKIPPED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many deliveries of a run stand where; ``pending`` are all that have no ending yet."""

    total: int = 0
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    pending: int = 0
    skipped: int = 0


async def add_run(
    connection: AsyncConnection,
    schedule: Schedule,
    broadcast: Broadcast,
    status: RunStatus,
    *,
    due_at: datetime,
    at: datetime,
) -> RunId | None:
    """Write the run of a schedule at ``due_at``; nothing when there is one already."""
    wish = insert_into(runs, connection.dialect).values(
        schedule=schedule.id,
        due_at=due_at,
        broadcast=broadcast.id,
        version=schedule.version,
        office=broadcast.office,
        urgent=broadcast.urgent,
        status=status,
        reason="",
        total=0,
        began_at=at if status is RunStatus.RUNNING else None,
    )
    made = wish.on_conflict_do_nothing(index_elements=["schedule", "due_at"]).returning(runs.c.id)
    number = (await connection.execute(made)).scalar()
    return None if number is None else RunId(number)


async def occurrences_of(
    connection: AsyncConnection, broadcast: BroadcastId
) -> Sequence[Occurrence]:
    """Give every occurrence of a broadcast, the first first."""
    wanted = select(runs).where(runs.c.broadcast == broadcast).order_by(runs.c.id)
    return [
        Occurrence(
            run=RunId(row.id),
            schedule=ScheduleId(row.schedule),
            version=row.version,
            status=RunStatus(row.status),
            due_at=row.due_at,
            total=row.total,
        )
        for row in await connection.execute(wanted)
    ]


async def went_around(
    connection: AsyncConnection, at: datetime, lately: timedelta
) -> Sequence[tuple[BroadcastId, int]]:
    """Give the broadcasts, each with its version, that went out ``lately`` around a time."""
    began = func.coalesce(runs.c.began_at, runs.c.due_at)
    went = select(runs.c.broadcast, runs.c.version).where(
        runs.c.status != RunStatus.MISSED, began > at - lately, began < at + lately
    )
    rows = await connection.execute(went.distinct())
    return [(BroadcastId(row.broadcast), row.version) for row in rows]


async def counts_of(connection: AsyncConnection, numbers: Collection[int]) -> Mapping[int, Counts]:
    """Give how far runs have come, by number; those without a delivery too."""
    counted = (
        select(deliveries.c.run, deliveries.c.status, func.count().label("number"))
        .where(deliveries.c.run.in_(numbers))
        .group_by(deliveries.c.run, deliveries.c.status)
    )
    found: dict[int, dict[str, int]] = {number: {} for number in numbers}
    for row in await connection.execute(counted):
        found[row.run][row.status] = row.number
    return {number: _counts(by_status) for number, by_status in found.items()}


def _counts(by_status: Mapping[str, int]) -> Counts:
    ended = {str(status): by_status.get(status, 0) for status in ENDINGS}
    total = sum(by_status.values())
    return Counts(total=total, pending=total - sum(ended.values()), **ended)
