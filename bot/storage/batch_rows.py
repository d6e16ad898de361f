"""The changes that came of one table handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.approving import Approver
from bot.officials.changes import Change, ChangeStatus
from bot.storage.approval_rows import approvable
from bot.storage.change_rows import change_of
from bot.storage.console_tables import changes, imports

# As many tables as a page names.
MOST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingBatch:
    """A table of which so many changes wait for somebody."""

    id: int
    name: str
    count: int


async def waiting_of(connection: AsyncConnection, batch: int) -> Sequence[Change]:
    """Give the changes of a table that wait, in the order of its rows."""
    wanted = select(changes).where(*_of(batch), changes.c.status == ChangeStatus.WAITING)
    return [change_of(row) for row in await connection.execute(wanted.order_by(changes.c.id))]


async def counts_of(connection: AsyncConnection, batch: int) -> Mapping[ChangeStatus, int]:
    """Count the changes of a table by where they stand."""
    told = changes.c
    wanted = select(told.status, func.count()).where(*_of(batch)).group_by(told.status)
    return {ChangeStatus(status): count for status, count in await connection.execute(wanted)}


async def waiting_batches(connection: AsyncConnection, by: Approver) -> Sequence[WaitingBatch]:
    """Give the tables of which changes wait for ``by``, the newest first."""
    told = changes.c
    wanted = (
        select(imports.c.id, imports.c.name, func.count().label("waiting"))
        .join(changes, told.batch == imports.c.id)
        .where(told.status == ChangeStatus.WAITING, told.undoes.is_(None), approvable(by))
        .group_by(imports.c.id, imports.c.name)
        .order_by(imports.c.id.desc())
        .limit(MOST)
    )
    return [
        WaitingBatch(id=row.id, name=row.name, count=row.waiting)
        for row in await connection.execute(wanted)
    ]


def _of(batch: int) -> tuple[ColumnElement[Any], ...]:
    # What undoes one of them is a change by itself.
    return (changes.c.batch == batch, changes.c.undoes.is_(None))
