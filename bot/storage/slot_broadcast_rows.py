"""Slots of plan entries and the broadcasts they are done with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.plan_tables import slots
from bot.storage.slot_rows import slot_from, slots_read
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.models import BroadcastStatus, DeliveryStatus, RunStatus


async def slot_with(connection: AsyncConnection, broadcast: int) -> Slot | None:
    """Give the slot that is to be done with a broadcast, if there is one."""
    found = await slots_read(connection, select(slots).where(slots.c.broadcast == broadcast))
    return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """An open slot whose news reached somebody: what they are called, when they were all out."""

    slot: Slot
    title: str
    ended_at: datetime


async def fulfilled(connection: AsyncConnection, most: int) -> tuple[Fulfilled, ...]:
    """Give open slots whose broadcast has a run that is over and sent something.

    Of a slot that a person opened again only a run that ended afterwards counts.
    """
    reached = exists().where(
        deliveries.c.run == runs.c.id, deliveries.c.status == DeliveryStatus.SENT
    )
    wanted = (
        select(slots, broadcasts.c.title, runs.c.ended_at)
        .join(broadcasts, broadcasts.c.id == slots.c.broadcast)
        .join(runs, runs.c.broadcast == broadcasts.c.id)
        .where(
            slots.c.status == SlotStatus.OPEN,
            runs.c.status == RunStatus.FINISHED,
            runs.c.ended_at.is_not(None),
            or_(slots.c.reopened_at.is_(None), runs.c.ended_at > slots.c.reopened_at),
            reached,
        )
        .order_by(slots.c.id, runs.c.id)
        .limit(most)
    )
    found: dict[int, Fulfilled] = {}
    for row in await connection.execute(wanted):
        told = Fulfilled(slot=slot_from(row), title=row.title, ended_at=row.ended_at)
        found.setdefault(row.id, told)
    return tuple(found.values())


async def tie_broadcast(connection: AsyncConnection, slot: int, broadcast: int) -> bool:
    """Note with which broadcast a slot is to be done; false where another holds it.

    One that was dropped holds it no more.
    """
    free = or_(without_text(), slots.c.broadcast == broadcast)
    done = await connection.execute(
        update(slots).where(slots.c.id == slot, free).values(broadcast=broadcast)
    )
    return bool(done.rowcount)


def without_text() -> ColumnElement[bool]:
    """Ask for slots for which nothing is written; a broadcast that was dropped is nothing."""
    dropped = select(broadcasts.c.id).where(broadcasts.c.status == BroadcastStatus.DROPPED)
    return or_(slots.c.broadcast.is_(None), slots.c.broadcast.in_(dropped))


async def untie_broadcast(connection: AsyncConnection, slot: int, broadcast: int) -> None:
    """Note that a slot is not to be done with this broadcast any more."""
    held = (slots.c.id == slot, slots.c.broadcast == broadcast)
    await connection.execute(update(slots).where(*held).values(broadcast=None))
