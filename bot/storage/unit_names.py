"""Units as pages offer them: by name, with the names of who works in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import UnitId
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import unit_members, units
from bot.storage.figure_rows import at
from bot.storage.people_tables import officers


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    """A unit that takes cases; ``members`` are its officers with their names."""

    id: UnitId
    office: str
    name: str
    members: tuple[tuple[OfficerId, str], ...]


async def named_units(
    connection: AsyncConnection, offices: Collection[str] | None, *, limit: int
) -> tuple[NamedUnit, ...]:
    """Give up to ``limit`` active units of ``offices`` by office and name, in one statement."""
    some = (
        select(units.c.id, units.c.office, units.c.name)
        .where(units.c.active, *at(units.c.office, offices))
        .order_by(units.c.office, units.c.name, units.c.id)
        .limit(limit)
        .subquery()
    )
    told = (
        select(some, officers.c.id.label("officer"), officers.c.name.label("called"))
        .outerjoin(unit_members, unit_members.c.unit == some.c.id)
        .outerjoin(officers, officers.c.id == unit_members.c.officer)
        .order_by(some.c.office, some.c.name, some.c.id, officers.c.name)
    )
    members: defaultdict[tuple[int, str, str], list[tuple[OfficerId, str]]] = defaultdict(list)
    for row in await connection.execute(told):
        there = members[row.id, row.office, row.name]
        if row.officer is not None:
            there.append((OfficerId(row.officer), row.called))
    return tuple(
        NamedUnit(id=UnitId(number), office=office, name=name, members=tuple(there))
        for (number, office, name), there in members.items()
    )
