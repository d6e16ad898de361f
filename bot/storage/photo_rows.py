"""Photos of citizens as rows: told of with a message, here once fetched, then of a case or erased.

A number is given before the bytes are there, so a conversation can speak of a photo in the very
turn that brought it. What no case took is loose, and erased in time (``bot.handling.keeping``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.storage.feedback_tables import feedback_files, fetches
from bot.storage.fetch_rows import want


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhoto:
    """A photo to be stored; ``sealed`` is its content as the vault gives it for ``digest``."""

    media: str
    size: int
    digest: str
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPhoto:
    """A stored photo; ``sealed`` is empty while it was not fetched yet.

    ``papers`` tells, by the sender's word, whether it shows identity papers.
    """

    id: int
    case: int | None
    conversation: str
    media: str
    size: int
    digest: str
    sealed: bytes | None
    papers: bool | None


async def add_photo(
    connection: AsyncConnection, conversation: str, photo: NewPhoto | None, at: datetime
) -> int:
    """Store a photo of a conversation, or a place for one that comes; give its number."""
    values = {"conversation": conversation, "made_at": at, **_content(photo)}
    stored = insert(feedback_files).values(values).returning(feedback_files.c.id)
    return int((await connection.execute(stored)).scalar_one())


async def fill_photo(connection: AsyncConnection, file: int, photo: NewPhoto) -> None:
    """Put in what was fetched."""
    await connection.execute(
        update(feedback_files).where(feedback_files.c.id == file).values(_content(photo))
    )


async def loose_files(connection: AsyncConnection, conversation: str) -> tuple[int, ...]:
    """Give the photos of a conversation that belong to no case yet, in the order they came."""
    wanted = select(feedback_files.c.id).where(_loose(conversation))
    return tuple((await connection.execute(wanted.order_by(feedback_files.c.id))).scalars())


async def same_loose_file(
    connection: AsyncConnection, conversation: str, digest: str
) -> int | None:
    """Give the photo of a conversation that belongs to no case and shows just the same."""
    same = select(feedback_files.c.id).where(
        _loose(conversation), feedback_files.c.digest == digest
    )
    found = (await connection.execute(same.limit(1))).scalar()
    return None if found is None else int(found)


async def give_files(
    connection: AsyncConnection,
    conversation: str,
    files: Collection[int],
    case: CaseId,
    version: int,
) -> int:
    """Let a case take photos its conversation brought; give how many of them were there.

    ``version`` is that of the event that tells of them. Numbers of other people's photos, or of
    such as a case took before, count for nothing.
    """
    theirs = and_(_loose(conversation), feedback_files.c.id.in_(files))
    taken = {"case": case, "version": version, "papers": False}
    done = await connection.execute(update(feedback_files).where(theirs).values(taken))
    await want(connection, conversation, files)
    return done.rowcount


async def drop_loose_files(
    connection: AsyncConnection, conversation: str, files: Collection[int] | None = None
) -> None:
    """Erase at once what no case of a conversation took, or those of it in ``files``.

    What was to be fetched is not.
    """
    loose = _loose(conversation)
    which = loose if files is None else and_(loose, feedback_files.c.id.in_(files))
    await _erase(connection, which)


async def drop_photo(connection: AsyncConnection, file: int) -> None:
    """Erase one photo, which cannot be had or is not taken."""
    await _erase(connection, feedback_files.c.id == file)


async def find_photo(connection: AsyncConnection, file: int) -> StoredPhoto | None:
    """Give one photo with what is in it, as it is sealed; no file an officer put there."""
    which = (feedback_files.c.id == file, feedback_files.c.made_by.is_(None))
    found = await _photos_where(connection, *which)
    return next(iter(found), None)


async def photos_brought(
    connection: AsyncConnection, conversation: str, cases: Select[tuple[int]]
) -> tuple[StoredPhoto, ...]:
    """Give the photos of a conversation and of its ``cases``; none that an officer put there."""
    own = or_(feedback_files.c.case.in_(cases), feedback_files.c.conversation == conversation)
    return await _photos_where(connection, own, feedback_files.c.made_by.is_(None))


async def _photos_where(
    connection: AsyncConnection, *which: ColumnElement[bool]
) -> tuple[StoredPhoto, ...]:
    wanted = select(*_told().values()).where(*which).order_by(feedback_files.c.id)
    rows = (await connection.execute(wanted)).all()
    return tuple(StoredPhoto(**row._mapping) for row in rows)  # noqa: SLF001 - a row's public name for it


def _told() -> dict[str, ColumnElement[Any]]:
    columns = {name: feedback_files.c[name] for name in StoredPhoto.__slots__ if name != "sealed"}
    return {**columns, "sealed": feedback_files.c.content_sealed.label("sealed")}


def _content(photo: NewPhoto | None) -> dict[str, Any]:
    if photo is None:
        return {"media": "", "size": 0, "digest": "", "content_sealed": None}
    return {
        "media": photo.media,
        "size": photo.size,
        "digest": photo.digest,
        "content_sealed": photo.sealed,
    }


def _loose(conversation: str) -> ColumnElement[bool]:
    return and_(feedback_files.c.conversation == conversation, feedback_files.c.case.is_(None))


async def _erase(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    ids = select(feedback_files.c.id).where(which)
    await connection.execute(delete(fetches).where(fetches.c.file.in_(ids)))
    await connection.execute(delete(feedback_files).where(which))
