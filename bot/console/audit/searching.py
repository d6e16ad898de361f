"""Reading: entries of the audit by person, act, object, office and local day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.people.roster import named
from bot.officials.audit import AuditEntry
from bot.officials.models import OfficerId
from bot.storage.audit_rows import entries, entry_of
from bot.storage.conflict_rows import deed_not_of
from bot.storage.console_tables import audit_entries as rows
from bot.storage.paging import SIZE, Order, Page, listed, within_days

ORDER: Final = Order(by=rows.c.seq, unique=rows.c.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for; empty counts as anything, ``reach`` ``None`` as every office.

    What was done upon cases that complain of ``reader`` is left out. ``who`` is a part of a name
    or login, marks or none; ``actors`` are those without an account that ``who`` may mean too.
    """

    reach: frozenset[str] | None
    reader: OfficerId | None = None
    who: str = ""
    actors: frozenset[str] = frozenset()
    action: str = ""
    office: str = ""
    kind: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


async def entries_of(
    connection: AsyncConnection, sought: Sought, *, after: str = "", size: int = SIZE
) -> Page[AuditEntry]:
    """Give a page of entries, the latest first."""
    query = entries().where(*await _conditions(connection, sought))
    return (await listed(connection, query, ORDER, after=after, size=size)).turned(entry_of)


async def _conditions(connection: AsyncConnection, sought: Sought) -> list[ColumnElement[bool]]:
    conditions = within_days(rows.c.at, sought.first, sought.last)
    if sought.reach is not None:
        conditions.append(rows.c.office.in_(sought.reach))
    if sought.reader is not None:
        conditions.append(deed_not_of(sought.reader, rows.c.subject_kind, rows.c.subject))
    for column, value in (
        (rows.c.action, sought.action),
        (rows.c.office, sought.office),
        (rows.c.subject_kind, sought.kind),
        (rows.c.subject, sought.subject),
    ):
        if value:
            conditions.append(column == value)
    if sought.who.strip():
        people = await named(connection, sought.who, None)
        conditions.append(or_(rows.c.officer.in_(people), rows.c.actor.in_(sought.actors)))
    return conditions
