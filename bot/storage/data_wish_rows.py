"""What people wish done with the data about them, as rows; one open wish of a kind at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.wishes import DataWish
from bot.messages import CitizenAddress
from bot.storage.feedback_person_tables import data_wishes
from bot.storage.figure_rows import at as at_offices

WAITING: Final = "waiting"
# Whose it was is forgotten with the wish's end; the audit tells what became of it.
NOBODYS: Final = {"conversation": "", "channel": "", "user_id": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWish:
    """A wish somebody sees to until ``due_at``; of one that ended nobody is known any more."""

    id: int
    office: str
    person: CitizenAddress | None
    wish: DataWish
    status: str
    asked_at: datetime
    due_at: datetime
    prolonged_at: datetime | None
    done_at: datetime | None
    reason: str
    note: str

    @property
    def waits(self) -> bool:
        """Tell whether somebody is still to see to it."""
        return self.status == WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A wish that waits, until when, and whether it was noted just now."""

    id: int
    office: str
    due_at: datetime
    is_new: bool


async def add_wish(
    connection: AsyncConnection,
    wish: DataWish,
    person: CitizenAddress,
    *,
    office: str,
    at: datetime,
    due_at: datetime,
) -> Noted:
    """Note a wish that somebody must see to until ``due_at``; the same one waits once."""
    same = select(data_wishes.c.id, data_wishes.c.office, data_wishes.c.due_at).where(
        data_wishes.c.conversation == person.conversation,
        data_wishes.c.wish == wish,
        data_wishes.c.status == WAITING,
    )
    known = (await connection.execute(same)).first()
    if known is not None:
        return Noted(id=known.id, office=known.office, due_at=known.due_at, is_new=False)
    row = {
        "office": office,
        "conversation": person.conversation,
        "channel": person.channel,
        "user_id": person.user_id,
        "wish": wish,
        "status": WAITING,
        "asked_at": at,
        "due_at": due_at,
    }
    stored = insert(data_wishes).values(row).returning(data_wishes.c.id)
    number = int((await connection.execute(stored)).scalar_one())
    return Noted(id=number, office=office, due_at=due_at, is_new=True)


async def wishes_of(
    connection: AsyncConnection, offices: Collection[str] | None, *, waiting: bool, limit: int
) -> Sequence[StoredWish]:
    """Give wishes at ``offices`` (``None``: all): what is due first, or what ended last."""
    told = data_wishes.c
    here = at_offices(told.office, offices)
    waits = told.status == WAITING if waiting else told.status != WAITING
    order = (told.due_at, told.id) if waiting else (told.done_at.desc(), told.id.desc())
    wanted = select(data_wishes).where(waits, *here).order_by(*order).limit(limit)
    return [_wish(row) for row in await connection.execute(wanted)]


async def find_wish(
    connection: AsyncConnection, number: int, *, hold: bool = False
) -> StoredWish | None:
    """Give a wish by its number; who holds it settles it alone."""
    wanted = select(data_wishes).where(data_wishes.c.id == number)
    row = (await connection.execute(wanted.with_for_update() if hold else wanted)).one_or_none()
    return None if row is None else _wish(row)


async def prolong_wish(
    connection: AsyncConnection, number: int, due_at: datetime, now: datetime
) -> None:
    """Give a wish more time."""
    known = update(data_wishes).where(data_wishes.c.id == number)
    await connection.execute(known.values(due_at=due_at, prolonged_at=now))


async def settle_wish(connection: AsyncConnection, number: int, **told: object) -> None:
    """Write what became of a wish, and forget whose it was."""
    known = update(data_wishes).where(data_wishes.c.id == number)
    await connection.execute(known.values(**told, **NOBODYS))


def _wish(row: Row[Any]) -> StoredWish:
    known = row.conversation
    return StoredWish(
        id=row.id,
        office=row.office,
        person=CitizenAddress.of(known) if known else None,
        wish=DataWish(row.wish),
        status=row.status,
        asked_at=row.asked_at,
        due_at=row.due_at,
        prolonged_at=row.prolonged_at,
        done_at=row.done_at,
        reason=row.reason,
        note=row.note,
    )
