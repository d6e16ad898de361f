"""Schedules as rows: which are due, and what comes after; one process at a time has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import schedules
from broadcasts.models import BroadcastId, ScheduleStatus
from broadcasts.schedule.models import OffDays, Schedule, ScheduleId, Timetable

ADVISORY_LOCK: Final = 7_420_257_002


async def in_turn(connection: AsyncConnection) -> None:
    """Wait until nobody else is about to let news go out, and keep others waiting for this one.

    Until the transaction ends, so each sees what all before it let go. An embedded database has
    one writer at a time anyway.
    """
    if connection.dialect.name != "sqlite":
        await connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))


async def add_schedule(  # noqa: PLR0913 - all that is known of a schedule when it is made
    connection: AsyncConnection,
    broadcast: BroadcastId,
    version: int,
    timetable: Timetable,
    *,
    next_due_at: datetime,
    by: int | None,
    at: datetime,
) -> ScheduleId:
    """Write a new active schedule and give its number."""
    made = (
        insert(schedules)
        .values(
            broadcast=broadcast,
            version=version,
            starts_at=timetable.starts_at,
            rrule=timetable.rrule,
            grace_minutes=timetable.grace_minutes,
            off_days=timetable.off_days,
            status=ScheduleStatus.ACTIVE,
            next_due_at=next_due_at,
            made_at=at,
            made_by=by,
        )
        .returning(schedules.c.id)
    )
    return ScheduleId((await connection.execute(made)).scalar_one())


async def due_schedules(connection: AsyncConnection, at: datetime) -> Sequence[ScheduleId]:
    """Give the active schedules whose time has come, the longest waiting first."""
    wanted = (
        select(schedules.c.id)
        .where(schedules.c.status == ScheduleStatus.ACTIVE, schedules.c.next_due_at <= at)
        .order_by(schedules.c.next_due_at, schedules.c.id)
    )
    return [ScheduleId(number) for number in (await connection.execute(wanted)).scalars()]


async def take_due(
    connection: AsyncConnection, number: ScheduleId, at: datetime
) -> Schedule | None:
    """Give a schedule that is still due, locked until the transaction ends.

    Nothing where another process has it or has done with it; nobody waits.
    """
    wanted = (
        select(schedules)
        .where(
            schedules.c.id == number,
            schedules.c.status == ScheduleStatus.ACTIVE,
            schedules.c.next_due_at <= at,
        )
        .with_for_update(skip_locked=True)
    )
    row = (await connection.execute(wanted)).first()
    return schedule_of(row) if row else None


async def set_next_due(
    connection: AsyncConnection, number: ScheduleId, next_due_at: datetime | None
) -> None:
    """Let a schedule wait for its next time; without one it has ended."""
    status = ScheduleStatus.ENDED if next_due_at is None else ScheduleStatus.ACTIVE
    await connection.execute(
        update(schedules)
        .where(schedules.c.id == number, schedules.c.status == ScheduleStatus.ACTIVE)
        .values(next_due_at=next_due_at, status=status)
    )


async def cancel_schedules(
    connection: AsyncConnection, broadcast: BroadcastId
) -> Sequence[ScheduleId]:
    """Cancel the active schedules of a broadcast, of whichever version; give them."""
    done = await connection.execute(
        update(schedules)
        .where(schedules.c.broadcast == broadcast, schedules.c.status == ScheduleStatus.ACTIVE)
        .values(status=ScheduleStatus.CANCELLED, next_due_at=None)
        .returning(schedules.c.id)
    )
    return sorted(ScheduleId(number) for number in done.scalars())


async def schedules_of(connection: AsyncConnection, broadcast: BroadcastId) -> Sequence[Schedule]:
    """Give every schedule of a broadcast, the first first."""
    wanted = select(schedules).where(schedules.c.broadcast == broadcast)
    rows = await connection.execute(wanted.order_by(schedules.c.id))
    return [schedule_of(row) for row in rows]


async def active_schedules(connection: AsyncConnection) -> Sequence[Schedule]:
    """Give every schedule that is still to come, of whichever broadcast."""
    wanted = select(schedules).where(schedules.c.status == ScheduleStatus.ACTIVE)
    return [schedule_of(row) for row in await connection.execute(wanted.order_by(schedules.c.id))]


async def find_schedule(connection: AsyncConnection, number: ScheduleId) -> Schedule | None:
    """Give one schedule."""
    wanted = select(schedules).where(schedules.c.id == number)
    row = (await connection.execute(wanted)).first()
    return schedule_of(row) if row else None


def schedule_of(row: Row[Any]) -> Schedule:
    """Read a schedule's row."""
    return Schedule(
        id=ScheduleId(row.id),
        broadcast=BroadcastId(row.broadcast),
        version=row.version,
        timetable=Timetable(
            starts_at=row.starts_at,
            rrule=row.rrule,
            grace_minutes=row.grace_minutes,
            off_days=OffDays(row.off_days),
        ),
        status=ScheduleStatus(row.status),
        next_due_at=row.next_due_at,
        made_at=row.made_at,
        made_by=row.made_by,
    )
