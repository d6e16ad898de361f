"""What is done to the slots of plan entries: laid out anew, added, moved, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.plan_tables import evidence, slots
from bot.storage.slot_broadcast_rows import without_text
from broadcasts.calendar import Proposal, Slot, SlotFlag, SlotStatus
from broadcasts.calendar.laying_out import Layout

_MOVE: Final = (
    update(slots)
    .where(slots.c.id == bindparam("slot"))
    .values(
        due_on=bindparam("due"),
        last_on=bindparam("last"),
        flag=bindparam("flagged", type_=slots.c.flag.type),
    )
)


async def apply_layout(connection: AsyncConnection, entry: int, layout: Layout) -> None:
    """Make, move and take away slots of ``entry`` as ``layout`` says.

    One for which a text is written, or that evidence shows, is not taken away.
    """
    if layout.gone:
        ids = [one.id for one in layout.gone]
        shown = exists().where(evidence.c.slot == slots.c.id)
        gone = (slots.c.id.in_(ids), without_text(), ~shown)
        await connection.execute(delete(slots).where(*gone))
    if layout.moved:
        await connection.execute(_MOVE, [_moved(slot, wish) for slot, wish in layout.moved])
    if layout.new:
        rows = [_new(entry, wish, status) for wish, status in layout.new]
        await connection.execute(insert(slots), rows)


async def add_slot(connection: AsyncConnection, entry: int, wish: Proposal) -> int:
    """Store a slot that a person made; give its id."""
    row = _new(entry, wish, SlotStatus.OPEN) | {"by_hand": True}
    done = await connection.execute(insert(slots).values(row).returning(slots.c.id))
    return int(done.scalar_one())


async def move_slot(
    connection: AsyncConnection, slot: int, *, due_on: date, last_on: date
) -> None:
    """Note the day a person chose for a slot."""
    await connection.execute(
        update(slots)
        .where(slots.c.id == slot)
        .values(due_on=_iso(due_on), last_on=_iso(last_on), by_hand=True, flag=SlotFlag.NONE)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotEnding:
    """What a person says of a slot: done on a day, not asked for any more, or open again.

    ``reopened_at`` is when they said that what went out by then was not it.
    """

    status: SlotStatus
    done_on: date | None = None
    done_by: int | None = None
    note: str = ""
    reopened_at: datetime | None = None


async def end_slot(
    connection: AsyncConnection, slot: int, was: SlotStatus, ending: SlotEnding
) -> bool:
    """Write ``ending`` if the slot still is what it ``was``; tell whether it was written."""
    done = await connection.execute(
        update(slots)
        .where(slots.c.id == slot, slots.c.status == was)
        .values(
            status=ending.status,
            done_on=_iso(ending.done_on) if ending.done_on else "",
            done_by=ending.done_by,
            note=ending.note,
            reopened_at=ending.reopened_at,
        )
    )
    return bool(done.rowcount)


def _new(entry: int, wish: Proposal, status: SlotStatus) -> dict[str, Any]:
    return {
        "entry": entry,
        "period_start": _iso(wish.span.start),
        "period_end": _iso(wish.span.end),
        "number": wish.number,
        "due_on": _iso(wish.due_on),
        "last_on": _iso(wish.last_on),
        "status": status,
        "by_hand": False,
        "flag": wish.flag,
        "done_on": "",
        "note": "",
    }


def _moved(slot: Slot, wish: Proposal) -> dict[str, Any]:
    return {
        "slot": slot.id,
        "due": _iso(wish.due_on),
        "last": _iso(wish.last_on),
        "flagged": wish.flag,
    }


def _iso(day: date) -> str:
    return day.isoformat()
