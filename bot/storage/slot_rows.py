"""The slots of plan entries: which there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.entry_place_rows import EntryPlace, places_among
from bot.storage.paging import Query
from bot.storage.plan_tables import plan_entries, plans, slots
from broadcasts.calendar import Slot, SlotFlag, SlotStatus
from broadcasts.timing import Period


async def slots_of_entries(
    connection: AsyncConnection, entries: Iterable[int]
) -> tuple[Slot, ...]:
    """Give the slots of ``entries``, earliest first."""
    wanted = select(slots).where(slots.c.entry.in_(list(entries)))
    return await slots_read(connection, wanted)


async def slots_between(
    connection: AsyncConnection, offices: Iterable[str] | None, first: date, last: date
) -> tuple[Slot, ...]:
    """Give the slots of plans in force that are due, or last in time, from ``first`` to ``last``.

    Of these offices; of every one where ``offices`` is ``None``.
    """
    inside = (slots.c.due_on <= last.isoformat(), slots.c.last_on >= first.isoformat())
    return await slots_read(connection, _in_force(offices).where(*inside))


async def slots_open_until(
    connection: AsyncConnection, offices: Iterable[str] | None, last: date
) -> tuple[tuple[Slot, ...], tuple[EntryPlace, ...]]:
    """Give the open slots of plans in force whose last day comes by ``last``, and their entries.

    Soonest first, of whatever year their plan is; of every office where ``offices`` is ``None``.
    """
    wanted = _in_force(offices).where(
        slots.c.status == SlotStatus.OPEN, slots.c.last_on <= last.isoformat()
    )
    places = await places_among(connection, wanted.with_only_columns(slots.c.entry))
    ordered = wanted.order_by(slots.c.last_on, slots.c.due_on, slots.c.id)
    found = await connection.execute(ordered)
    return tuple(map(slot_from, found.all())), places


def _in_force(offices: Iterable[str] | None) -> Query:
    """Ask for the slots of plans in force, of these offices."""
    wanted = (
        select(slots)
        .join(plan_entries, plan_entries.c.id == slots.c.entry)
        .join(plans, plans.c.id == plan_entries.c.plan)
        .where(plans.c.status == "in_force")
    )
    return wanted if offices is None else wanted.where(plans.c.office.in_(list(offices)))


async def slot_of(connection: AsyncConnection, slot: int) -> Slot | None:
    """Give one slot."""
    found = await slots_read(connection, select(slots).where(slots.c.id == slot))
    return found[0] if found else None


async def slots_read(connection: AsyncConnection, wanted: Select[Any]) -> tuple[Slot, ...]:
    """Give the slots a question finds, earliest first."""
    ordered = wanted.order_by(slots.c.due_on, slots.c.entry, slots.c.number)
    return tuple(map(slot_from, (await connection.execute(ordered)).all()))


def slot_from(row: Row[Any]) -> Slot:
    """Read a row of ``slots``, whatever else it holds."""
    return Slot(
        id=row.id,
        entry=row.entry,
        span=Period(date.fromisoformat(row.period_start), date.fromisoformat(row.period_end)),
        number=row.number,
        due_on=date.fromisoformat(row.due_on),
        last_on=date.fromisoformat(row.last_on),
        status=SlotStatus(row.status),
        by_hand=row.by_hand,
        flag=SlotFlag(row.flag),
        done_on=date.fromisoformat(row.done_on) if row.done_on else None,
        broadcast=row.broadcast,
        note=row.note,
    )
