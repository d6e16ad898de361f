"""Use cases: a case is given to a unit or an officer, who begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.feedback.models import INSIDE, Case, UnitId
from bot.feedback.moves import Act
from bot.handling.bureau import Bureau
from bot.handling.claiming import claim
from bot.handling.doing import by_officer, done, officer_of
from bot.handling.moments import timed
from bot.handling.refusing import Refused, Why
from bot.handling.staff import may_work
from bot.handling.stepping import Step
from bot.officials.models import OfficerId
from bot.storage.conflict_rows import Complained, complained, is_of
from bot.storage.unit_rows import Unit, find_unit, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Who a case is given to: a unit, an officer, or an officer of a unit."""

    unit: UnitId | None = None
    officer: OfficerId | None = None


async def proposed_unit(connection: AsyncConnection, case: Case) -> Unit | None:
    """Give the first unit that looks after what a case is about; a person decides."""
    known = await units_of(connection, case.office)
    return next((one for one in known if one.active and case.topic in one.topics), None)


async def assign(doing: Acting, bureau: Bureau, case: Case, to: Post, reason: str = "") -> Case:
    """Give a case to somebody; ``reason`` is for colleagues, needed once somebody had it.

    The clock goes on if it stood still.

    Raises:
        Refused: the unit or the officer does not work on cases there, or the case complains of
            them, or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    reason = reason.strip()
    if to == Post():
        raise Refused(Why.NOBODY)
    if not reason and (case.unit, case.officer) != (None, None):
        raise Refused(Why.REASON)
    of = await complained(doing.connection, case.id)
    unit = await _unit(doing, case, to, of)
    await _known(doing, bureau, case, to, unit)
    if of and to.officer is not None and await is_of(doing.connection, to.officer, case.id):
        raise Refused(Why.COMPLAINED)
    data = {
        "unit": unit.name if unit else bureau.name(case.office),
        "unit_id": to.unit,
        "officer": to.officer,
        INSIDE: reason,
    }
    changes = {"unit": to.unit, "officer": to.officer}
    step = Step(did=Act.ASSIGN, data=data, changes=changes)
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    told = {"unit": to.unit, "officer": to.officer}
    return await done(doing, case, timely, "case_assigned", note=reason, **told)


async def _unit(
    doing: Acting, case: Case, to: Post, complained_of: Sequence[Complained]
) -> Unit | None:
    if to.unit is None:
        return None
    unit = await find_unit(doing.connection, to.unit)
    if unit is None or not unit.active or unit.office != case.office:
        raise Refused(Why.UNIT)
    if any(one.unit == to.unit for one in complained_of):
        raise Refused(Why.COMPLAINED)
    return unit


async def _known(doing: Acting, bureau: Bureau, case: Case, to: Post, unit: Unit | None) -> None:
    if to.officer is None:
        return
    works_there = unit is None or to.officer in unit.members
    works = await may_work(doing.connection, bureau.tree, [to.officer], case.office)
    if not (works_there and works):
        raise Refused(Why.OFFICER)


async def begin(doing: Acting, case: Case) -> Case:
    """Let the acting officer begin with a case, which is theirs to write in from now on.

    Raises:
        Refused: somebody else writes in it.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    await claim(doing, case)
    officer = officer_of(doing)
    step = Step(did=Act.BEGIN, data={"officer": officer}, changes={"officer": officer})
    return await done(doing, case, step, "case_begun", officer=officer)
