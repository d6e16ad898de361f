"""Files of officers' answers as rows: beside the draft, given with it, sent to the citizen.

They stand beside citizens' photos and are told from them by who put them there. One of no
``version`` belongs to the answer that is being written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.enclosed import Enclosed
from bot.feedback.models import CaseId, UnitId
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import cases, units
from bot.storage.feedback_tables import feedback_files as files
from bot.storage.photo_rows import NewPhoto
from bot.storage.tables import OutboxStatus, outbox

_OFFICIAL: Final = files.c.made_by.is_not(None)
_BEING_WRITTEN: Final = files.c.version.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file beside an answer: in which event it was given, and what became of it on its way.

    ``version`` is none while the answer is written; ``status`` none where nothing brought it.
    """

    file: int
    name: str
    media: str
    size: int
    version: int | None
    status: OutboxStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """One file as it is sealed, with the chat its case was told in."""

    case: CaseId
    conversation: str
    name: str
    media: str
    digest: str
    sealed: bytes


async def add_answer_file(
    connection: AsyncConnection,
    case: CaseId,
    name: str,
    content: NewPhoto,
    by: tuple[OfficerId, datetime],
) -> int:
    """Put a file beside the answer that is being written; give its number."""
    row = {
        "case": case,
        "name": name,
        "media": content.media,
        "size": content.size,
        "digest": content.digest,
        "content_sealed": content.sealed,
        "made_by": by[0],
        "made_at": by[1],
    }
    stored = insert(files).values(row).returning(files.c.id)
    return int((await connection.execute(stored)).scalar_one())


async def drop_answer_files(
    connection: AsyncConnection, case: CaseId, which: Collection[int]
) -> Sequence[int]:
    """Erase files beside the answer that is being written; give those that were there."""
    gone = delete(files).where(*_beside(case), files.c.id.in_(which)).returning(files.c.id)
    return sorted((await connection.execute(gone)).scalars())


async def files_being_written(connection: AsyncConnection, case: CaseId) -> tuple[Enclosed, ...]:
    """Give the files beside the answer that is being written."""
    wanted = select(*_head()).where(*_beside(case)).order_by(files.c.id)
    return tuple(map(_enclosed, await connection.execute(wanted)))


async def files_and_unit(
    connection: AsyncConnection, case: CaseId, unit: UnitId
) -> tuple[str, tuple[Enclosed, ...]]:
    """Give the name of a unit and the files beside a case's answer in one statement."""
    beside = units.outerjoin(files, and_(*_beside(case)))
    wanted = select(units.c.name.label("unit"), *_head()).select_from(beside)
    found = await connection.execute(wanted.where(units.c.id == unit).order_by(files.c.id))
    rows = found.all()
    there = (row for row in rows if row.file is not None)
    return rows[0].unit if rows else "", tuple(map(_enclosed, there))


async def same_beside(connection: AsyncConnection, case: CaseId) -> set[tuple[str, str]]:
    """Give name and digest of each file beside the answer that is being written."""
    wanted = select(files.c.name, files.c.digest).where(*_beside(case))
    return {(row.name, row.digest) for row in await connection.execute(wanted)}


async def give_answer_files(connection: AsyncConnection, case: CaseId, version: int) -> None:
    """Let the event ``version`` give what stands beside the answer."""
    await connection.execute(update(files).where(*_beside(case)).values(version=version))


async def note_sent_with(connection: AsyncConnection, which: Collection[int], row: int) -> None:
    """Remember the reply that brings files to their citizen."""
    await connection.execute(update(files).where(files.c.id.in_(which)).values(outbox=row))


async def answer_files(connection: AsyncConnection, case: CaseId) -> tuple[SentFile, ...]:
    """Give all files of a case's answers, and of the one being written."""
    wanted = (
        select(*_head(), files.c.version, files.c.outbox, outbox.c.status)
        .outerjoin(outbox, outbox.c.id == files.c.outbox)
        .where(files.c.case == case, _OFFICIAL)
        .order_by(files.c.id)
    )
    return tuple(
        SentFile(
            **{name: getattr(row, name) for name in ("file", "name", "media", "size", "version")},
            # A reply forgotten with its talk had been sent.
            status=None if row.outbox is None else OutboxStatus(row.status or OutboxStatus.SENT),
        )
        for row in await connection.execute(wanted)
    )


async def find_answer_file(
    connection: AsyncConnection, file: int, *, given: bool
) -> SealedFile | None:
    """Give one file as it is sealed; where it must be ``given``, none beside a draft."""
    which = [files.c.id == file, _OFFICIAL, files.c.content_sealed.is_not(None)]
    which += [files.c.version.is_not(None)] if given else []
    told = files.c["case", "name", "media", "digest"]
    wanted = (
        select(*told, files.c.content_sealed.label("sealed"), cases.c.conversation)
        .join(cases, cases.c.id == files.c.case)
        .where(*which)
    )
    row = (await connection.execute(wanted)).one_or_none()
    return None if row is None else SealedFile(**row._mapping)  # noqa: SLF001 - a row's public name for it


def _enclosed(row: Row[Any]) -> Enclosed:
    return Enclosed(file=row.file, name=row.name, media=row.media, size=row.size)


def _beside(case: CaseId) -> tuple[ColumnElement[bool], ...]:
    return files.c.case == case, _OFFICIAL, _BEING_WRITTEN


def _head() -> tuple[ColumnElement[Any], ...]:
    return files.c.id.label("file"), *files.c["name", "media", "size"]
