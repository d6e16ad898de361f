"""Use cases: the units of an office that work on cases, added, changed, closed."""

from __future__ import annotations

from dataclasses import replace

from bot.casework.deeds import Acting
from bot.feedback.models import UnitId
from bot.handling.bureau import Bureau
from bot.handling.doing import written
from bot.handling.refusing import Refused, Why
from bot.handling.staff import may_work
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage.unit_rows import (
    Unit,
    UnitWish,
    add_unit,
    change_unit,
    close_unit,
    find_unit,
    open_cases_in,
    units_of,
)


async def add(doing: Acting, bureau: Bureau, wish: UnitWish) -> UnitId:
    """Add a unit to an office.

    Raises:
        Refused: its name lacks or is taken, or one of its people works on no cases there.
    """
    checked = await _checked(doing, bureau, wish)
    number = await add_unit(doing.connection, checked)
    _remember(doing, "unit_added", number, checked)
    return number


async def change(doing: Acting, bureau: Bureau, unit: UnitId, wish: UnitWish) -> None:
    """Change a unit; it stays with its office, and its cases with it.

    Raises:
        Refused: there is none, its name lacks or is taken, or one of its people works on no cases.
    """
    known = await _known(doing, unit)
    checked = await _checked(doing, bureau, replace(wish, office=known.office), unit)
    await change_unit(doing.connection, unit, checked)
    _remember(doing, "unit_changed", unit, checked)


async def close(doing: Acting, unit: UnitId) -> None:
    """Let a unit take no more cases.

    Raises:
        Refused: there is none, or it has open cases.
    """
    known = await _known(doing, unit)
    count = await open_cases_in(doing.connection, unit)
    if count:
        raise Refused(Why.BUSY, count=count)
    await close_unit(doing.connection, unit)
    after = {"name": known.name, "active": False}
    doing.did(
        Deed(
            action="unit_closed", office=known.office, kind="unit", subject=str(unit), after=after
        )
    )


async def _known(doing: Acting, unit: UnitId) -> Unit:
    known = await find_unit(doing.connection, unit)
    if known is None or not known.active:
        raise Refused(Why.UNIT)
    return known


async def _checked(
    doing: Acting, bureau: Bureau, wish: UnitWish, unit: UnitId | None = None
) -> UnitWish:
    name = written(wish.name, Why.NAME)
    known = await units_of(doing.connection, wish.office)
    if any(one.active and one.name == name and one.id != unit for one in known):
        raise Refused(Why.TAKEN)
    people: set[OfficerId] = {*wish.members, *((wish.head,) if wish.head is not None else ())}
    if not await may_work(doing.connection, bureau.tree, sorted(people), wish.office):
        raise Refused(Why.MEMBERS)
    return replace(wish, name=name)


def _remember(doing: Acting, deed: str, unit: UnitId, wish: UnitWish) -> None:
    after = {
        "name": wish.name,
        "head": wish.head,
        "topics": list(wish.topics),
        "members": sorted(wish.members),
    }
    doing.did(Deed(action=deed, office=wish.office, kind="unit", subject=str(unit), after=after))
