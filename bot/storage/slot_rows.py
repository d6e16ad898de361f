"""The slots of plan entries: proposed, moved, done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.paging import AnyRow, Query
from bot.storage.plan_tables import evidence, plan_entries, plans, slots
from broadcasts.calendar import Proposal, Slot, SlotFlag, SlotStatus
from broadcasts.calendar.laying_out import Layout
from broadcasts.models import BroadcastStatus, DeliveryStatus, RunStatus
from broadcasts.timing import Period

_PLACES: Final[Query] = select(
    plan_entries.c.id,
    plan_entries.c.plan,
    plan_entries.c.parent,
    plans.c.office,
    plan_entries.c.no,
    plan_entries.c.content,
    plan_entries.c.timing,
    plan_entries.c.officer,
    plan_entries.c.status,
).join(plans, plans.c.id == plan_entries.c.plan)

_MOVE: Final = (
    update(slots)
    .where(slots.c.id == bindparam("slot"))
    .values(
        due_on=bindparam("due"),
        last_on=bindparam("last"),
        flag=bindparam("flagged", type_=slots.c.flag.type),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """Where an entry stands: its plan, the office whose it is, its words, who answers for it.

    ``timing`` is the stored JSON; ``parent`` the entry it is a part of.
    """

    id: int
    plan: int
    parent: int | None
    office: str
    no: str
    content: str
    timing: str
    officer: int | None
    open: bool


async def entry_places(connection: AsyncConnection, plan: int) -> tuple[EntryPlace, ...]:
    """Give the entries of a plan in the order of the document."""
    wanted = _PLACES.where(plan_entries.c.plan == plan).order_by(plan_entries.c.position)
    return tuple(map(_place, (await connection.execute(wanted)).all()))


async def places_in_force(
    connection: AsyncConnection, offices: Iterable[str] | None, year: int
) -> tuple[EntryPlace, ...]:
    """Give the entries of the plans in force for a year; of every office for ``None``."""
    wanted = _PLACES.where(plans.c.status == "in_force", plans.c.year == year)
    if offices is not None:
        wanted = wanted.where(plans.c.office.in_(list(offices)))
    ordered = wanted.order_by(plans.c.office, plans.c.id, plan_entries.c.position)
    return tuple(map(_place, (await connection.execute(ordered)).all()))


async def entry_place(connection: AsyncConnection, entry: int) -> EntryPlace | None:
    """Give one entry."""
    row = (await connection.execute(_PLACES.where(plan_entries.c.id == entry))).first()
    return _place(row) if row else None


async def slots_of_entries(
    connection: AsyncConnection, entries: Iterable[int]
) -> tuple[Slot, ...]:
    """Give the slots of ``entries``, earliest first."""
    wanted = select(slots).where(slots.c.entry.in_(list(entries)))
    return await _read(connection, wanted)


async def slots_between(
    connection: AsyncConnection, offices: Iterable[str] | None, first: date, last: date
) -> tuple[Slot, ...]:
    """Give the slots of plans in force that are due, or last in time, from ``first`` to ``last``.

    Of these offices; of every one where ``offices`` is ``None``.
    """
    inside = (slots.c.due_on <= last.isoformat(), slots.c.last_on >= first.isoformat())
    return await _read(connection, _in_force(offices).where(*inside))


async def slots_open_until(
    connection: AsyncConnection, offices: Iterable[str] | None, last: date
) -> tuple[tuple[Slot, ...], tuple[EntryPlace, ...]]:
    """Give the open slots of plans in force whose last day comes by ``last``, and their entries.

    Soonest first, of whatever year their plan is; of every office where ``offices`` is ``None``.
    """
    wanted = _in_force(offices).where(
        slots.c.status == SlotStatus.OPEN, slots.c.last_on <= last.isoformat()
    )
    ids = wanted.with_only_columns(slots.c.entry)
    rows = await connection.execute(_PLACES.where(plan_entries.c.id.in_(ids)))
    ordered = wanted.order_by(slots.c.last_on, slots.c.due_on, slots.c.id)
    found = await connection.execute(ordered)
    return tuple(map(slot_from, found.all())), tuple(map(_place, rows.all()))


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
    found = await _read(connection, select(slots).where(slots.c.id == slot))
    return found[0] if found else None


async def slot_with(connection: AsyncConnection, broadcast: int) -> Slot | None:
    """Give the slot that is to be done with a broadcast, if there is one."""
    found = await _read(connection, select(slots).where(slots.c.broadcast == broadcast))
    return found[0] if found else None


async def apply_layout(connection: AsyncConnection, entry: int, layout: Layout) -> None:
    """Make, move and take away slots of ``entry`` as ``layout`` says.

    One for which a text is written, or that evidence shows, is not taken away.
    """
    if layout.gone:
        ids = [one.id for one in layout.gone]
        shown = exists().where(evidence.c.slot == slots.c.id)
        gone = (slots.c.id.in_(ids), _without_text(), ~shown)
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
    free = or_(_without_text(), slots.c.broadcast == broadcast)
    done = await connection.execute(
        update(slots).where(slots.c.id == slot, free).values(broadcast=broadcast)
    )
    return bool(done.rowcount)


def _without_text() -> ColumnElement[bool]:
    dropped = select(broadcasts.c.id).where(broadcasts.c.status == BroadcastStatus.DROPPED)
    return or_(slots.c.broadcast.is_(None), slots.c.broadcast.in_(dropped))


async def untie_broadcast(connection: AsyncConnection, slot: int, broadcast: int) -> None:
    """Note that a slot is not to be done with this broadcast any more."""
    held = (slots.c.id == slot, slots.c.broadcast == broadcast)
    await connection.execute(update(slots).where(*held).values(broadcast=None))


async def _read(connection: AsyncConnection, wanted: Select[Any]) -> tuple[Slot, ...]:
    ordered = wanted.order_by(slots.c.due_on, slots.c.entry, slots.c.number)
    return tuple(map(slot_from, (await connection.execute(ordered)).all()))


def _place(row: AnyRow) -> EntryPlace:
    told = row._asdict()
    status = told.pop("status")
    return EntryPlace(open=status == "open", **told)


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
