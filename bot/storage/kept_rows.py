"""Old rows counted, erased in portions, and when it was done last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.console_tables import progress
from bot.storage.feedback_tables import events, feedback_files, fetches
from bot.storage.keeping_rows import Rows
from bot.storage.upserts import insert_into

NAME: Final = "kept_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """When old rows were looked for last, and how many went then."""

    at: datetime
    count: int


async def count_old(connection: AsyncConnection, rows: Rows) -> tuple[int, datetime | None]:
    """Give how many rows are old, and since when the oldest is what it is."""
    old = rows.subquery()
    counted = select(func.count(), func.min(old.c.since))
    count, since = (await connection.execute(counted)).one()
    return int(count), since


async def erase_rows(connection: AsyncConnection, table: Table, rows: Rows, limit: int) -> int:
    """Delete a portion of the rows of ``table``; give how many."""
    keys = tuple(table.primary_key.columns)
    portion = rows.with_only_columns(*keys).limit(limit)
    gone = await connection.execute(delete(table).where(tuple_(*keys).in_(portion)))
    return gone.rowcount


async def erase_photos(connection: AsyncConnection, rows: Rows, limit: int) -> int:
    """Delete a portion of photos, and what was still to be fetched of them."""
    portion = rows.with_only_columns(feedback_files.c.id).limit(limit)
    await connection.execute(delete(fetches).where(fetches.c.file.in_(portion)))
    return await erase_rows(connection, feedback_files, rows, limit)


async def empty_events(connection: AsyncConnection, rows: Rows, limit: int) -> int:
    """Take the words out of a portion of events; what they count stays."""
    portion = rows.with_only_columns(events.c.id).limit(limit)
    bare = {"text": "", "text_sealed": None}
    done = await connection.execute(update(events).where(events.c.id.in_(portion)).values(bare))
    return done.rowcount


async def note_run(connection: AsyncConnection, purpose: str, run: Run) -> None:
    """Remember that the old rows of a purpose were looked for."""
    told = {"at": run.at, "number": run.count}
    wish = insert_into(progress, connection.dialect).values(name=f"{NAME}{purpose}", **told)
    await connection.execute(wish.on_conflict_do_update(index_elements=["name"], set_=told))


async def last_runs(connection: AsyncConnection) -> Mapping[str, Run]:
    """Give when the old rows of each purpose were looked for last."""
    rows = await connection.execute(select(progress).where(progress.c.name.startswith(NAME)))
    return {row.name.removeprefix(NAME): Run(at=row.at, count=row.number) for row in rows}
