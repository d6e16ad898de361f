"""Where the entries of plans stand, which slots hang on: plan, office, words, who answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.paging import AnyRow, Query
from bot.storage.plan_tables import plan_entries, plans

_PLACES: Final[Query] = select(
    plan_entries.c.id,
    plan_entries.c.plan,
    plan_entries.c.parent,
    plans.c.office,
    plan_entries.c.no,
    plan_entries.c.content,
    plan_entries.c.timing,
    plan_entries.c.officer,
    plan_entries.c.status,
).join(plans, plans.c.id == plan_entries.c.plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """Where an entry stands: its plan, the office whose it is, its words, who answers for it.

    ``timing`` is the stored JSON; ``parent`` the entry it is a part of.
    """

    id: int
    plan: int
    parent: int | None
    office: str
    no: str
    content: str
    timing: str
    officer: int | None
    open: bool


async def entry_places(connection: AsyncConnection, plan: int) -> tuple[EntryPlace, ...]:
    """Give the entries of a plan in the order of the document."""
    wanted = _PLACES.where(plan_entries.c.plan == plan).order_by(plan_entries.c.position)
    return tuple(map(_place, (await connection.execute(wanted)).all()))


async def places_in_force(
    connection: AsyncConnection, offices: Iterable[str] | None, year: int
) -> tuple[EntryPlace, ...]:
    """Give the entries of the plans in force for a year; of every office for ``None``."""
    wanted = _PLACES.where(plans.c.status == "in_force", plans.c.year == year)
    if offices is not None:
        wanted = wanted.where(plans.c.office.in_(list(offices)))
    ordered = wanted.order_by(plans.c.office, plans.c.id, plan_entries.c.position)
    return tuple(map(_place, (await connection.execute(ordered)).all()))


async def entry_place(connection: AsyncConnection, entry: int) -> EntryPlace | None:
    """Give one entry."""
    row = (await connection.execute(_PLACES.where(plan_entries.c.id == entry))).first()
    return _place(row) if row else None


async def places_among(connection: AsyncConnection, ids: Select[Any]) -> tuple[EntryPlace, ...]:
    """Give the entries whose ids another question finds, in no order."""
    rows = await connection.execute(_PLACES.where(plan_entries.c.id.in_(ids)))
    return tuple(map(_place, rows.all()))


def _place(row: AnyRow) -> EntryPlace:
    told = row._asdict()
    status = told.pop("status")
    return EntryPlace(open=status == "open", **told)
