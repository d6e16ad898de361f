"""What shows that something of a plan was done: links, photos, documents, the broadcast itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.plan_tables import evidence


class EvidenceKind(StrEnum):
    """What shows that something was done."""

    LINK = "link"
    PHOTO = "photo"
    DOCUMENT = "document"
    NOTE = "note"
    BROADCAST = "broadcast"
    READING = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that shows an entry, or one slot of it, was done; ``file`` is a stored file."""

    id: int
    entry: int
    slot: int | None
    kind: EvidenceKind
    title: str
    url: str
    file: int | None
    happened_on: date
    made_at: datetime
    made_by: int | None


async def evidence_of(connection: AsyncConnection, entries: Iterable[int]) -> tuple[Evidence, ...]:
    """Give what shows that ``entries`` were done, earliest first."""
    wanted = (
        select(evidence)
        .where(evidence.c.entry.in_(list(entries)))
        .order_by(evidence.c.happened_on, evidence.c.id)
    )
    return tuple(map(_evidence, (await connection.execute(wanted)).all()))


async def add_evidence(connection: AsyncConnection, one: Evidence) -> int:
    """Store what shows that something was done, its ``id`` aside; give the row's."""
    values = {
        "entry": one.entry,
        "slot": one.slot,
        "kind": one.kind,
        "title": one.title,
        "url": one.url,
        "file": one.file,
        "happened_on": one.happened_on.isoformat(),
        "made_at": one.made_at,
        "made_by": one.made_by,
    }
    done = await connection.execute(insert(evidence).values(values).returning(evidence.c.id))
    return int(done.scalar_one())


async def remove_evidence(connection: AsyncConnection, row: int) -> bool:
    """Take one piece of evidence away; tell whether it was there."""
    done = await connection.execute(delete(evidence).where(evidence.c.id == row))
    return bool(done.rowcount)


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(
        id=row.id,
        entry=row.entry,
        slot=row.slot,
        kind=EvidenceKind(row.kind),
        title=row.title,
        url=row.url,
        file=row.file,
        happened_on=date.fromisoformat(row.happened_on),
        made_at=row.made_at,
        made_by=row.made_by,
    )
