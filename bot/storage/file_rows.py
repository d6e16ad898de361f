"""Files that officials added, as rows; the same file of an office is kept once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson
from sqlalchemy import delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcast_versions, files
from bot.storage.plan_tables import evidence, plans


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """What is told of a stored file; ``size`` in bytes."""

    id: int
    office: str
    name: str
    media: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to be stored for an office."""

    office: str
    name: str
    media: str
    content: bytes


async def store_file(
    connection: AsyncConnection, new: NewFile, *, at: datetime, by: int | None
) -> int:
    """Store a file, or find the same one of the office; give its id.

    What came as a plan was looked at as a plan alone: as a part of news it is another one.
    """
    digest = sha256(new.content).hexdigest()
    told = {"digest": digest, "office": new.office, "name": new.name, "media": new.media}
    known = select(files.c.id).filter_by(**told)
    # Whoever is about to delete it waits, and then sees what it was wanted for.
    found = (await connection.execute(known.limit(1).with_for_update(read=True))).scalar()
    if found is not None:
        return int(found)
    values = {
        "office": new.office,
        "name": new.name,
        "media": new.media,
        "size": len(new.content),
        "digest": digest,
        "content": new.content,
        "made_at": at,
        "made_by": by,
    }
    done = await connection.execute(insert(files).values(values).returning(files.c.id))
    return int(done.scalar_one())


async def forget_file(connection: AsyncConnection, file: int) -> bool:
    """Delete a file that nothing shows any more; tell whether it was so."""
    await connection.execute(select(files.c.id).where(files.c.id == file).with_for_update())
    shown = exists().where(plans.c.file == file) | exists().where(evidence.c.file == file)
    if (await connection.execute(select(shown))).scalar() or await _is_sent(connection, file):
        return False
    return bool((await connection.execute(delete(files).where(files.c.id == file))).rowcount)


async def _is_sent(connection: AsyncConnection, file: int) -> bool:
    """Tell whether a version of a text has the file, as its picture or beside it."""
    written = select(broadcast_versions.c.parts)
    found = await connection.execute(written.where(broadcast_versions.c.parts.contains(str(file))))
    parts = [orjson.loads(one) for one in found.scalars()]
    return any(file in (one.get("picture"), *one.get("files", ())) for one in parts)


async def file_heads(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, FileHead]:
    """Tell of these files, by id."""
    told = select(*(files.c[name] for name in FileHead.__slots__))
    rows = await connection.execute(told.where(files.c.id.in_(list(ids))))
    return {row.id: FileHead(**row._mapping) for row in rows}  # noqa: SLF001 - a row's public name for it


async def file_content(connection: AsyncConnection, file: int) -> bytes | None:
    """Give what is in a file."""
    wanted = select(files.c.content).where(files.c.id == file)
    found = (await connection.execute(wanted)).scalar()
    return None if found is None else bytes(found)
