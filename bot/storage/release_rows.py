"""The public forms of cases as rows: prepared, released, withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.board.releases import Release, Texts
from bot.feedback.models import CaseId
from bot.storage.feedback_tables import releases
from bot.storage.upserts import insert_into

_WORDLESS: Final = {"question": "", "answer": "", "kept": ""}
# What a text that is written anew is not any more.
_UNREAD: Final = {"released_by": None, "released_at": None, "withdrawn_at": None}


async def prepare(connection: AsyncConnection, wanted: Release) -> int:
    """Keep the texts of a case for its release, in place of any before; give their version."""
    row = {
        "case": wanted.case,
        "office": wanted.office,
        "topic": wanted.topic,
        "unit": wanted.unit,
        "question": wanted.texts.question,
        "answer": wanted.texts.answer,
        "kept": wanted.texts.kept,
        "received_at": wanted.received_at,
        "answered_at": wanted.answered_at,
        "prepared_by": wanted.prepared_by,
        "prepared_at": wanted.prepared_at,
        **_UNREAD,
    }
    wish = insert_into(releases, connection.dialect).values(**row, version=1)
    again = {**row, "version": releases.c.version + 1}
    kept = wish.on_conflict_do_update(index_elements=["case"], set_=again)
    version: int = (await connection.execute(kept.returning(releases.c.version))).scalar_one()
    return version


async def release(
    connection: AsyncConnection, case: CaseId, version: int, *, by: int, at: datetime
) -> bool:
    """Show a version of the texts to everybody; tell whether it was still the one that waited."""
    waiting = (
        releases.c.case == case,
        releases.c.version == version,
        releases.c.released_at.is_(None),
    )
    done = await connection.execute(
        update(releases).where(*waiting).values(released_by=by, released_at=at)
    )
    return done.rowcount == 1


async def find_release(connection: AsyncConnection, case: CaseId) -> Release | None:
    """Give the public form of a case, in whatever state it is."""
    row = (await connection.execute(select(releases).where(releases.c.case == case))).one_or_none()
    return None if row is None else release_of(row)


async def withdraw(connection: AsyncConnection, wanted: Collection[CaseId], at: datetime) -> None:
    """Show these no more: only that they were shown is kept, of what never was not even that.

    For officers who hide one, for senders who take their consent back, and for cases that are
    anonymised: what is public is kept as long as its case (``purposes.vi.toml``), since nobody
    could have it withdrawn after.
    """
    these = releases.c.case.in_(wanted)
    await connection.execute(delete(releases).where(these, releases.c.released_at.is_(None)))
    ended = update(releases).where(these, releases.c.withdrawn_at.is_(None))
    await connection.execute(ended.values(withdrawn_at=at, **_WORDLESS))


def release_of(row: Row[Any]) -> Release:
    """Read a row."""
    return Release(
        case=CaseId(row.case),
        office=row.office,
        topic=row.topic,
        unit=row.unit,
        texts=Texts(question=row.question, answer=row.answer, kept=row.kept),
        version=row.version,
        received_at=row.received_at,
        answered_at=row.answered_at,
        prepared_by=row.prepared_by,
        prepared_at=row.prepared_at,
        released_at=row.released_at,
        withdrawn_at=row.withdrawn_at,
    )
