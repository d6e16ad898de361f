"""What the National portal changed, as rows, with what an office decided about each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.console_tables import sync_verdicts
from bot.storage.paging import Order, Page, listed
from bot.storage.people_tables import officers
from bot.storage.upserts import insert_into
from knowledge.portal_records import ChangeKind, PortalChange
from knowledge.tables import portal_changes

NEWEST: Final = Order(by=portal_changes.c.id, unique=portal_changes.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One change of the portal's; ``verdict`` is empty while the office has not decided."""

    id: int
    change: PortalChange
    verdict: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which changes: ``codes`` are the only ones wanted when there are any given."""

    kinds: Collection[ChangeKind] = ()
    codes: Collection[str] | None = None
    undecided: bool = False
    text: str = ""


async def portal_changes_at(
    connection: AsyncConnection, office: str, sought: Sought, *, after: str
) -> Page[Decided]:
    """Give a page of what changed, the newest first, with what ``office`` decided."""
    query = _with_verdict(office).where(*_conditions(sought))
    return (await listed(connection, query, NEWEST, after=after)).turned(_decided)


async def find_portal_change(
    connection: AsyncConnection, number: int, office: str
) -> Decided | None:
    """Give one of them."""
    query = _with_verdict(office).where(portal_changes.c.id == number)
    row = (await connection.execute(query)).first()
    return _decided(row) if row else None


async def put_verdict(
    connection: AsyncConnection,
    number: int,
    office: str,
    verdict: str,
    *,
    officer: OfficerId,
    at: datetime,
) -> None:
    """Note what an office decided; the last word counts."""
    told = {"verdict": verdict, "officer": officer, "at": at}
    wish = insert_into(sync_verdicts, connection.dialect).values(
        change=number, office=office, **told
    )
    await connection.execute(
        wish.on_conflict_do_update(index_elements=["change", "office"], set_=told)
    )


def _with_verdict(office: str) -> Select[Any]:
    same = and_(sync_verdicts.c.change == portal_changes.c.id, sync_verdicts.c.office == office)
    return (
        select(
            portal_changes,
            sync_verdicts.c.verdict,
            sync_verdicts.c.at.label("decided_at"),
            officers.c.name.label("decided_by"),
        )
        .outerjoin(sync_verdicts, same)
        .outerjoin(officers, officers.c.id == sync_verdicts.c.officer)
    )


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    told = portal_changes.c
    conditions: list[ColumnElement[bool]] = []
    if sought.kinds:
        conditions.append(told.kind.in_(sought.kinds))
    if sought.codes is not None:
        conditions.append(told.code.in_(sought.codes))
    if sought.undecided:
        conditions.append(sync_verdicts.c.verdict.is_(None))
    if sought.text:
        named = told.name.icontains(sought.text, autoescape=True)
        conditions.append(or_(named, told.code == sought.text))
    return conditions


def _decided(row: Row[Any]) -> Decided:
    told = orjson.loads(row.fields)
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return Decided(
        id=row.id,
        change=PortalChange(
            at=at,
            kind=ChangeKind(row.kind),
            code=row.code,
            name=row.name,
            fields={name: (before, after) for name, (before, after) in told.items()},
        ),
        verdict=row.verdict or "",
        by=row.decided_by or "",
        at=row.decided_at,
    )
