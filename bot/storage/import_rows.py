"""Tables officials handed in: tried first, taken or dropped later; a file is kept for a day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.console_tables import imports
from bot.storage.people_tables import officers

KEPT: Final = timedelta(hours=24)
NOTHING: Final = b""


class ImportStatus(StrEnum):
    """What became of a file."""

    READING = "reading"
    TRIED = "tried"
    # Its rows are being stored; who died meanwhile left some of them stored.
    TAKING = "taking"
    TAKEN = "taken"
    DROPPED = "dropped"


class ImportKind(StrEnum):
    """What is in a file; who may see one of a kind may not see those of another."""

    CARDS = "cards"
    READERS = "readers"
    CASES = "cases"


# Nobody took or dropped it yet.
OPEN: Final = (ImportStatus.READING, ImportStatus.TRIED, ImportStatus.TAKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows of a file would do what, and how many faults it has."""

    new: int
    changed: int
    unchanged: int
    faults: int


NONE: Final = Counts(new=0, changed=0, unchanged=0, faults=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file handed in for ``office``; ``by`` is who did it."""

    id: int
    office: str
    name: str
    digest: str
    counts: Counts
    at: datetime
    status: ImportStatus
    by: str


async def add_import(  # noqa: PLR0913 - a file, whose and what is in it
    connection: AsyncConnection,
    *,
    office: str,
    officer: OfficerId,
    name: str,
    body: bytes,
    digest: str,
    counts: Counts | None,
    at: datetime,
    kind: ImportKind = ImportKind.CARDS,
) -> int:
    """Keep a file and give its number; without ``counts`` it is still being read."""
    told = asdict(counts or NONE)
    row = {
        "office": office,
        "kind": kind,
        "officer": officer,
        "name": name,
        "body": body,
        "digest": digest,
        "at": at,
        "status": ImportStatus.TRIED if counts else ImportStatus.READING,
        **told,
    }
    made = await connection.execute(insert(imports).values(row).returning(imports.c.id))
    return int(made.scalar_one())


def imports_at(office: str, kind: ImportKind = ImportKind.CARDS) -> Select[Any]:
    """Give the statement for an office's files of a kind, without what is in them."""
    told = [column for column in imports.c if column.name != "body"]
    by = select(officers.c.name).where(officers.c.id == imports.c.officer).scalar_subquery()
    return select(*told, by.label("by")).where(imports.c.office == office, imports.c.kind == kind)


async def find_import(
    connection: AsyncConnection, number: int, kind: ImportKind = ImportKind.CARDS
) -> tuple[Import, bytes] | None:
    """Give a file of a kind by its number, and its bytes while they are kept."""
    by = select(officers.c.name).where(officers.c.id == imports.c.officer).scalar_subquery()
    wanted = select(imports, by.label("by")).where(imports.c.id == number, imports.c.kind == kind)
    row = (await connection.execute(wanted)).first()
    return (import_of(row), bytes(row.body)) if row else None


async def count(connection: AsyncConnection, number: int, counts: Counts) -> None:
    """Note what a file that was being read would do."""
    await connection.execute(
        update(imports)
        .where(imports.c.id == number, imports.c.status == ImportStatus.READING)
        .values(status=ImportStatus.TRIED, **asdict(counts))
    )


async def begin(connection: AsyncConnection, number: int) -> None:
    """Note that the rows of an open file are being stored from now on, a part at a time."""
    await connection.execute(
        update(imports)
        .where(imports.c.id == number, imports.c.status.in_(OPEN))
        .values(status=ImportStatus.TAKING)
    )


async def settle(connection: AsyncConnection, number: int, status: ImportStatus) -> bool:
    """End a file as ``status``; tell whether nobody was quicker.

    The bytes of one that is taken stay for ``KEPT``, so that its faults can be read and mended.
    """
    forgotten = {} if status is ImportStatus.TAKEN else {"body": NOTHING}
    ended = await connection.execute(
        update(imports)
        .where(imports.c.id == number, imports.c.status.in_(OPEN))
        .values(status=status, **forgotten)
    )
    return bool(ended.rowcount)


async def forget_files(connection: AsyncConnection, now: datetime) -> int:
    """Drop what was only tried and is older than ``KEPT``; give how many.

    Of what was taken the bytes are forgotten then.
    """
    old = imports.c.at < now - KEPT
    await connection.execute(
        update(imports)
        .where(old, imports.c.status == ImportStatus.TAKEN, imports.c.body != NOTHING)
        .values(body=NOTHING)
    )
    ended = await connection.execute(
        update(imports)
        .where(old, imports.c.status.in_(OPEN))
        .values(status=ImportStatus.DROPPED, body=NOTHING)
    )
    return ended.rowcount


def import_of(row: Row[Any]) -> Import:
    """Read a row back."""
    return Import(
        id=row.id,
        office=row.office,
        name=row.name,
        digest=row.digest,
        counts=Counts(
            new=row.new, changed=row.changed, unchanged=row.unchanged, faults=row.faults
        ),
        at=row.at,
        status=ImportStatus(row.status),
        by=row.by or "",
    )
