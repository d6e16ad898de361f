"""The units of an office that work on cases, as rows, with who works in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import orjson
from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import UnitId
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import cases, unit_members, units


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWish:
    """What a unit is to be; cases of its ``topics`` are proposed to it."""

    office: str
    name: str
    head: OfficerId | None = None
    topics: tuple[str, ...] = ()
    members: frozenset[OfficerId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as it is; one that is closed takes no cases any more."""

    id: UnitId
    office: str
    name: str
    head: OfficerId | None
    topics: tuple[str, ...]
    members: frozenset[OfficerId]
    active: bool


# A row for each member, and one for a unit without any.
_UNITS: Final = (
    select(units, unit_members.c.officer.label("member"))
    .outerjoin(unit_members, unit_members.c.unit == units.c.id)
    .order_by(units.c.id)
)
_UNIT: Final = _UNITS.where(units.c.id == bindparam("number"))
_OF_OFFICE: Final = _UNITS.where(units.c.office == bindparam("code"))


async def add_unit(connection: AsyncConnection, wish: UnitWish) -> UnitId:
    """Write a new unit and give its number."""
    made = insert(units).values(**_columns(wish), active=True).returning(units.c.id)
    number = UnitId((await connection.execute(made)).scalar_one())
    await _put_members(connection, number, wish.members)
    return number


async def change_unit(connection: AsyncConnection, unit: UnitId, wish: UnitWish) -> None:
    """Write what a unit is to be."""
    await connection.execute(update(units).where(units.c.id == unit).values(_columns(wish)))
    await connection.execute(delete(unit_members).where(unit_members.c.unit == unit))
    await _put_members(connection, unit, wish.members)


async def close_unit(connection: AsyncConnection, unit: UnitId) -> None:
    """Let a unit take no more cases."""
    await connection.execute(update(units).where(units.c.id == unit).values(active=False))


async def find_unit(connection: AsyncConnection, unit: UnitId) -> Unit | None:
    """Give a unit by its number."""
    found = _read(await connection.execute(_UNIT, {"number": unit}))
    return found[0] if found else None


async def units_of(connection: AsyncConnection, office: str) -> tuple[Unit, ...]:
    """Give the units of an office in the order they were made, closed ones too."""
    return _read(await connection.execute(_OF_OFFICE, {"code": office}))


async def units_with(connection: AsyncConnection, officer: OfficerId) -> frozenset[UnitId]:
    """Give the units an officer works in."""
    wanted = select(unit_members.c.unit).where(unit_members.c.officer == officer)
    return frozenset(map(UnitId, (await connection.execute(wanted)).scalars()))


async def open_cases_in(connection: AsyncConnection, unit: UnitId) -> int:
    """Count the open cases of a unit."""
    wanted = select(func.count()).where(cases.c.unit == unit, cases.c.is_open)
    return (await connection.execute(wanted)).scalar_one()


async def _put_members(
    connection: AsyncConnection, unit: UnitId, members: Collection[OfficerId]
) -> None:
    rows = [{"unit": unit, "officer": one} for one in sorted(members)]
    if rows:
        await connection.execute(insert(unit_members), rows)


def _columns(wish: UnitWish) -> Mapping[str, Any]:
    return {
        "office": wish.office,
        "name": wish.name,
        "head": wish.head,
        "topics": orjson.dumps(list(wish.topics)).decode(),
    }


def _read(rows: Iterable[Row[Any]]) -> tuple[Unit, ...]:
    return tuple(_unit(list(each)) for _, each in groupby(rows, attrgetter("id")))


def _unit(rows: list[Row[Any]]) -> Unit:
    row = rows[0]
    return Unit(
        id=UnitId(row.id),
        office=row.office,
        name=row.name,
        head=None if row.head is None else OfficerId(row.head),
        topics=tuple(orjson.loads(row.topics)),
        members=frozenset(OfficerId(one.member) for one in rows if one.member is not None),
        active=row.active,
    )
