"""How far what is worked off in order has come, as rows: the last one looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.console_tables import progress
from bot.storage.upserts import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A row by its moment and its number, and all before it."""

    at: datetime
    number: int


BEGINNING: Final = Mark(at=datetime(2000, 1, 1, tzinfo=UTC), number=0)


async def reached(connection: AsyncConnection, name: str) -> Mark:
    """Give how far ``name`` has come; the beginning when it has not begun."""
    wanted = select(progress.c.at, progress.c.number).where(progress.c.name == name)
    row = (await connection.execute(wanted)).first()
    return Mark(at=row.at, number=row.number) if row else BEGINNING


async def advance(connection: AsyncConnection, name: str, before: Mark, mark: Mark) -> bool:
    """Go on from ``before`` to ``mark``; tell whether nobody else did meanwhile.

    The row is locked until the transaction ends, so what is done in it is done once.
    """
    first = insert_into(progress, connection.dialect).values(
        name=name, at=BEGINNING.at, number=BEGINNING.number
    )
    await connection.execute(first.on_conflict_do_nothing(index_elements=["name"]))
    here = (
        progress.c.name == name,
        progress.c.at == before.at,
        progress.c.number == before.number,
    )
    done = await connection.execute(
        update(progress).where(*here).values(at=mark.at, number=mark.number)
    )
    return done.rowcount == 1
