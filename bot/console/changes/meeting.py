"""What stands beside a change: others of the same thing that wait, and what it met meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.publishing import PLACES
from bot.console.changes.difference import named
from bot.console.changes.reading import NAMED, Told, told_of
from bot.officials.changes import Change, ChangeKind, ChangeStatus, meeting
from bot.officials.field_marks import Fields
from bot.officials.fields_merging import merged
from bot.storage.console_tables import changes
from bot.storage.database import Database

OPEN: Final = frozenset({ChangeStatus.WAITING, ChangeStatus.SCHEDULED})
WERE_IN_FORCE: Final = frozenset({ChangeStatus.PUBLISHED, ChangeStatus.UNDONE, ChangeStatus.ENDED})
# As many as anybody reads.
MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a change.

    ``now`` is what is told of the thing at present, where that is another than what the change was
    made over. ``fields``, in words, are those that somebody else changed meanwhile, so that it
    cannot be published as it is; ``by`` are the changes that did. ``meets``, in words too, are
    those for which something else is approved on the same days.
    """

    ahead: Sequence[Told] = ()
    now: Fields | None = None
    fields: str = ""
    meets: str = ""
    by: Sequence[Told] = ()


async def beside(connection: AsyncConnection, change: Change) -> Beside:
    """Read what stands beside ``change``."""
    told = changes.c
    since = or_(told.status.in_(OPEN), told.decided_at >= change.made_at)
    same = _same(change.kind, change.office, change.ref)
    wanted = NAMED.where(*same, told.id != change.id, since)
    rows = await connection.execute(wanted.order_by(told.id.desc()).limit(MOST))
    others = [told_of(row) for row in rows]
    ahead = [one for one in others if one.change.status in OPEN]
    if change.status not in OPEN and not change.clashing:
        return Beside(ahead=ahead)
    place = PLACES[change.kind]
    now = await place.stated(connection, change.office, change.ref)
    clashing = change.clashing or merged(change.before, change.after, now).clashing
    return Beside(
        ahead=ahead,
        now=None if now == change.before else now,
        fields=named(change.kind, clashing),
        meets=named(change.kind, _met(change, ahead)),
        by=[one for one in _before(others, change) if not set(clashing).isdisjoint(_of(one))],
    )


async def ahead_of(database: Database, kind: ChangeKind, office: str, ref: str) -> Sequence[Told]:
    """Give the changes of one thing that wait for somebody, or for their day."""
    return await _ahead(database, *_same(kind, office, ref))


async def ahead_at(
    database: Database,
    kinds: Collection[ChangeKind],
    offices: Collection[str],
    beginning: str = "",
) -> Sequence[Told]:
    """Give those of some kinds at ``offices``, of what is called by a ``beginning``."""
    told = changes.c
    here = (told.kind.in_(kinds), told.office.in_(offices))
    return await _ahead(database, *here, told.ref.startswith(beginning, autoescape=True))


async def _ahead(database: Database, *conditions: ColumnElement[bool]) -> Sequence[Told]:
    wanted = NAMED.where(*conditions, changes.c.status.in_(OPEN))
    async with database.reading() as connection:
        rows = await connection.execute(wanted.order_by(changes.c.id).limit(MOST))
    return [told_of(row) for row in rows]


def _same(kind: ChangeKind, office: str, ref: str) -> tuple[ColumnElement[bool], ...]:
    told = changes.c
    return (told.kind == kind, told.office == office, told.ref == ref)


def _before(others: Iterable[Told], change: Change) -> Iterable[Told]:
    end = change.decided_at
    for one in others:
        at = one.change.decided_at
        if one.change.status in WERE_IN_FORCE and at is not None and (end is None or at <= end):
            yield one


def _met(change: Change, ahead: Iterable[Told]) -> Collection[str]:
    if change.status is not ChangeStatus.WAITING or change.valid_from is None:
        return ()
    scheduled = (one.change for one in ahead if one.scheduled)
    return {
        name
        for one in scheduled
        for name in meeting(change.before, change.after, change.days, one)
    }


def _of(one: Told) -> Iterable[str]:
    return one.change.fields
