"""Readings over the loudspeakers as rows: laid down, ticked, taken back, called off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts, readings
from bot.storage.figure_rows import at
from bot.storage.paging import Order, Query
from bot.storage.upserts import insert_into
from broadcasts.readings import Airing, Reading

ORDER: Final = Order(by=readings.c.due_at, unique=readings.c.id, falling=False)
UNREAD: Final = readings.c.read_at.is_(None)


def all_readings() -> Query:
    """Select readings in the shape ``reading_from`` reads."""
    return select(readings, broadcasts.c.title, broadcasts.c.urgent).join(
        broadcasts, broadcasts.c.id == readings.c.broadcast
    )


async def add_readings(  # noqa: PLR0913 - what the rows are made of
    connection: AsyncConnection,
    airings: Collection[Airing],
    *,
    broadcast: int,
    version: int,
    office: str,
    minutes: int,
    by: int | None,
    now: datetime,
) -> int:
    """Lay readings down; give how many were not there yet."""
    rows = [
        {
            "broadcast": broadcast,
            "version": version,
            "office": office,
            "station": one.station,
            "due_at": one.due_at,
            "minutes": minutes,
            "note": "",
            "made_at": now,
            "made_by": by,
            "ended_slot": False,
        }
        for one in airings
    ]
    made = (
        insert_into(readings, connection.dialect)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["broadcast", "station", "due_at"])
        .returning(readings.c.id)
    )
    return len((await connection.execute(made)).all())


async def reading_of(
    connection: AsyncConnection, number: int, *, lock: bool = False
) -> Reading | None:
    """Give a reading; with ``lock`` nobody else ticks it until the transaction ends."""
    wanted = all_readings().where(readings.c.id == number)
    if lock:
        wanted = wanted.with_for_update(of=readings)
    row = (await connection.execute(wanted)).first()
    return reading_from(row) if row else None


async def readings_of(connection: AsyncConnection, broadcast: int) -> Sequence[Reading]:
    """Give the readings of a broadcast, the earliest first."""
    wanted = all_readings().where(readings.c.broadcast == broadcast)
    ordered = wanted.order_by(readings.c.due_at, readings.c.id)
    return [reading_from(row) for row in await connection.execute(ordered)]


async def count_unread(
    connection: AsyncConnection, offices: Collection[str] | None, before: datetime
) -> int:
    """Count what was to be read ``before`` then and is not ticked; ``None`` is every office."""
    wanted = select(func.count()).where(*unread_before(offices, before))
    return int((await connection.execute(wanted)).scalar_one())


def unread_before(
    offices: Collection[str] | None, before: datetime
) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a reading of ``offices`` was due ``before`` and is not ticked."""
    return (UNREAD, readings.c.due_at < before, *at(readings.c.office, offices))


def due_between(
    offices: Collection[str] | None, begins: datetime, ends: datetime
) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that a reading of ``offices`` is to be between two moments."""
    due = readings.c.due_at
    return (due >= begins, due < ends, *at(readings.c.office, offices))


async def tick(  # noqa: PLR0913 - what a tick tells
    connection: AsyncConnection,
    number: int,
    *,
    read_at: datetime | None,
    by: int | None,
    note: str,
    evidence: int | None,
    ended_slot: bool,
) -> None:
    """Note when it was read and by whose word, or that it was not; the row is locked."""
    told = {
        "read_at": read_at,
        "read_by": by,
        "note": note,
        "evidence": evidence,
        "ended_slot": ended_slot,
    }
    await connection.execute(update(readings).where(readings.c.id == number).values(told))


async def hand_on(connection: AsyncConnection, reading: Reading) -> bool:
    """Let another ticked reading of the text be what ended its slot; tell whether there is one."""
    other = (
        select(func.min(readings.c.id))
        .where(
            readings.c.broadcast == reading.broadcast,
            readings.c.id != reading.id,
            readings.c.evidence.is_not(None),
        )
        .scalar_subquery()
    )
    done = await connection.execute(
        update(readings).where(readings.c.id == other).values(ended_slot=True)
    )
    return bool(done.rowcount)


async def take_off(connection: AsyncConnection, number: int) -> bool:
    """Take a reading that is not ticked off the list; tell whether there was one."""
    done = await connection.execute(delete(readings).where(readings.c.id == number, UNREAD))
    return bool(done.rowcount)


async def take_off_ahead(connection: AsyncConnection, broadcast: int, now: datetime) -> int:
    """Take off what is still to come of a text; give how many."""
    ahead = (readings.c.broadcast == broadcast, UNREAD, readings.c.due_at > now)
    return (await connection.execute(delete(readings).where(*ahead))).rowcount


def reading_from(row: Row[Any]) -> Reading:
    """Read a row of ``all_readings``."""
    return Reading(**{name: getattr(row, name) for name in Reading.__slots__})
