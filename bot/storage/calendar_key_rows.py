"""The keys under which offices' calendars are read by other programs: of each its digest alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.paging import AnyRow, Query
from bot.storage.people_tables import officers
from bot.storage.plan_tables import calendar_keys
from bot.storage.upserts import insert_into

K: Final = calendar_keys.c
_KEYS: Final[Query] = select(calendar_keys, officers.c.name.label("by")).outerjoin(
    officers, officers.c.id == K.made_by
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarKey:
    """That an office's calendar may be read: who allowed it when.

    ``content`` is the digest of what it said when it was read last, ``changed_at`` since when it
    says so; nothing before anybody read it.
    """

    office: str
    digest: str
    made_at: datetime
    by: str
    content: str
    changed_at: datetime | None


async def put_key(
    connection: AsyncConnection, office: str, digest: str, *, by: int | None, at: datetime
) -> None:
    """Let an office's calendar be read under a key, and under no earlier one."""
    row = {"digest": digest, "made_at": at, "made_by": by, "content": "", "changed_at": None}
    wish = insert_into(calendar_keys, connection.dialect).values(office=office, **row)
    await connection.execute(wish.on_conflict_do_update(index_elements=["office"], set_=row))


async def drop_key(connection: AsyncConnection, office: str) -> bool:
    """Let an office's calendar be read no more; tell whether it could be."""
    done = await connection.execute(delete(calendar_keys).where(K.office == office))
    return bool(done.rowcount)


async def key_at(connection: AsyncConnection, office: str) -> CalendarKey | None:
    """Give the key of an office that has one."""
    row = (await connection.execute(_KEYS.where(K.office == office))).first()
    return _key(row) if row else None


async def key_of(connection: AsyncConnection, digest: str) -> CalendarKey | None:
    """Give the key with this digest, compared to its end however early it differs."""
    row = (await connection.execute(_KEYS.where(K.digest == digest))).first()
    return _key(row) if row and compare_digest(row.digest, digest) else None


async def note_content(
    connection: AsyncConnection, key: CalendarKey, content: str, at: datetime
) -> None:
    """Note that a calendar says something else since ``at``, unless that is noted already."""
    await connection.execute(
        update(calendar_keys)
        .where(K.digest == key.digest, K.content == key.content)
        .values(content=content, changed_at=at)
    )


def _key(row: AnyRow) -> CalendarKey:
    return CalendarKey(
        office=row.office,
        digest=row.digest,
        made_at=row.made_at,
        by=row.by or "",
        content=row.content,
        changed_at=row.changed_at,
    )
