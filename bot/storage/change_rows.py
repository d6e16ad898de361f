"""Changes as rows; a change moves from one status to the next once, whoever tries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.changes import Change, ChangeKind, ChangeStatus, Wish
from bot.officials.field_marks import Fields, Token
from bot.officials.fields_merging import differing
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.officials.publishing_rights import publishing_action
from bot.storage.console_tables import changes

# How many dates are kept in one round.
ROUND: Final = 100
LONGEST_TITLE: Final = 300
Rows = Select[Any]


async def add_change(  # noqa: PLR0913 - all that is known of a change when it is made
    connection: AsyncConnection,
    wish: Wish,
    *,
    before: Fields,
    after: Fields,
    token: Token,
    status: ChangeStatus,
    author: OfficerId | None,
    at: datetime,
    undoes: int | None = None,
) -> int:
    """Write a new change and give its number; one in force is decided by its author."""
    in_force = status is ChangeStatus.PUBLISHED
    row = {
        "kind": wish.kind,
        "office": wish.office,
        "ref": wish.ref,
        "title": wish.title[:LONGEST_TITLE],
        "before": fields_text(before),
        "after": fields_text(after),
        "token": token,
        "reason": wish.reason,
        "status": status,
        "author": author,
        "made_at": at,
        "decided_at": at if in_force else None,
        "decided_by": author if in_force else None,
        "decision": "",
        "valid_from": _day(wish.valid_from),
        "valid_until": _day(wish.valid_until),
        "undoes": undoes,
        "batch": wish.batch,
        "needs": publishing_action(wish.kind, wish.ref, differing(before, after)),
    }
    made = await connection.execute(insert(changes).values(row).returning(changes.c.id))
    return int(made.scalar_one())


async def find_change(connection: AsyncConnection, number: int) -> Change | None:
    """Give a change by its number."""
    row = (await connection.execute(select(changes).where(changes.c.id == number))).first()
    return change_of(row) if row else None


async def move_change(
    connection: AsyncConnection, change: Change, status: ChangeStatus, **values: object
) -> bool:
    """Let ``status`` follow, with other ``values``; tell whether nobody was quicker."""
    moved = await connection.execute(
        update(changes)
        .where(changes.c.id == change.id, changes.c.status == change.status)
        .values(status=status, **values)
    )
    return bool(moved.rowcount)


async def is_undone_ahead(connection: AsyncConnection, change: Change, after: Fields) -> bool:
    """Tell whether what takes ``change`` back, to the same ``after``, waits already."""
    same = changes_of(change.kind, change.office, change.ref).where(
        changes.c.status == ChangeStatus.WAITING,
        changes.c.undoes.is_not(None),
        changes.c.after == fields_text(after),
    )
    return (await connection.execute(same.limit(1))).first() is not None


async def stated_before(
    connection: AsyncConnection, kind: ChangeKind, office: str, ref: str
) -> Sequence[Fields]:
    """Give all that changes have put in force of one thing, the newest last."""
    told = changes_of(kind, office, ref).where(changes.c.decided_at.is_not(None))
    return [change.after for change in await _read(connection, told.order_by(changes.c.id))]


def fields_text(fields: Fields) -> str:
    """Write fields; the same fields are written alike."""
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()


async def due_changes(connection: AsyncConnection, today: date) -> Sequence[Change]:
    """Give scheduled changes whose first day has come, the oldest first."""
    due = select(changes).where(
        changes.c.status == ChangeStatus.SCHEDULED, changes.c.valid_from <= today.isoformat()
    )
    return await _read(connection, due.order_by(changes.c.valid_from, changes.c.id).limit(ROUND))


async def over_changes(connection: AsyncConnection, today: date) -> Sequence[Change]:
    """Give changes in force whose last day is past, the oldest first."""
    over = select(changes).where(
        changes.c.status == ChangeStatus.PUBLISHED,
        changes.c.valid_until != "",
        changes.c.valid_until < today.isoformat(),
    )
    return await _read(connection, over.order_by(changes.c.valid_until, changes.c.id).limit(ROUND))


async def scheduled_of(
    connection: AsyncConnection, kind: ChangeKind, office: str, ref: str
) -> Sequence[Change]:
    """Give what was approved of one thing and waits for its day."""
    wanted = changes_of(kind, office, ref).where(changes.c.status == ChangeStatus.SCHEDULED)
    return await _read(connection, wanted.order_by(changes.c.id))


def changes_of(kind: ChangeKind, office: str, ref: str) -> Rows:
    """Give the statement for the history of one thing."""
    return select(changes).where(
        changes.c.kind == kind, changes.c.office == office, changes.c.ref == ref
    )


def change_of(row: Row[Any]) -> Change:
    """Read a change back."""
    return Change(
        id=row.id,
        kind=ChangeKind(row.kind),
        office=row.office,
        ref=row.ref,
        title=row.title,
        before=orjson.loads(row.before),
        after=orjson.loads(row.after),
        token=Token(row.token),
        reason=row.reason,
        status=ChangeStatus(row.status),
        author=row.author,
        made_at=row.made_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=row.decision,
        valid_from=date.fromisoformat(row.valid_from) if row.valid_from else None,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        undoes=row.undoes,
        batch=row.batch,
        needs=Action(row.needs),
        clashing=tuple(filter(None, row.clashing.split(","))),
    )


async def _read(connection: AsyncConnection, wanted: Rows) -> Sequence[Change]:
    return [change_of(row) for row in await connection.execute(wanted)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


async def titles_of(connection: AsyncConnection, numbers: Collection[int]) -> Mapping[int, str]:
    """Give what changes are called, by number."""
    if not numbers:
        return {}
    wanted = select(changes.c.id, changes.c.title).where(changes.c.id.in_(numbers))
    return {row.id: row.title for row in await connection.execute(wanted)}
