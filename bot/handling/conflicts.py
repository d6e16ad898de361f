"""Use case: a case complains of a unit or an officer, who neither see it nor work on it.

Whoever is complained of does not look into the complaint themselves. Their part is decided in
one place: ``access.may_see``, and ``conflict_rows.not_of`` for lists.
"""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.feedback.models import INSIDE, Case, Remark
from bot.handling.assigning import Post
from bot.handling.bureau import Bureau
from bot.handling.doing import done, held, written
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step
from bot.officials.models import OfficerId, Role
from bot.storage.conflict_rows import (
    Complained,
    complained,
    end_talks_held_by_them,
    is_of,
    lift_complained,
    put_complained,
)
from bot.storage.officer_rows import find_officer
from bot.storage.post_holder_rows import all_holders
from bot.storage.unit_rows import find_unit

# Who gives out cases (``permissions.toml``, cases_assign).
ASSIGNING = (Role.APPROVER, Role.SECRETARIAT, Role.LEADER)


async def complain(doing: Acting, bureau: Bureau, case: Case, of: Post, reason: str) -> Case:
    """Note that a case complains of a unit, or of one officer where ``of`` names one.

    The main case it was joined with is hidden from them as well: who calls it holds both
    (``held_together``). A talk of it that they have taken over is theirs no more.

    Raises:
        Refused: the reason lacks, there is no such unit or officer, the case is theirs now, or
            nobody would be left to give it out.
        Overtaken: the case was changed meanwhile.
    """
    told = written(reason, Why.REASON)
    who = await _named(doing, case, of)
    await _hidden(doing, bureau, case, who, Why.THEIRS)
    step = Step(did=Remark.COMPLAINED, data={"of": who.name, INSIDE: f"{who.name}. {told}"})
    after = await done(doing, case, step, "case_complained", note=told, of=who.name)
    if case.main is not None:
        await carry_over(doing, bureau, after, await held(doing, case.main))
    return after


async def carry_over(doing: Acting, bureau: Bureau, case: Case, main: Case) -> None:
    """Hide a main case from whom a case joined with it complains of: it is answered with it.

    Raises:
        Refused: the main case is theirs now, or nobody would be left to give it out.
        Overtaken: the main case was changed meanwhile.
    """
    known = await complained(doing.connection, main.id)
    for who in await complained(doing.connection, case.id):
        if who not in known:
            await _hidden(doing, bureau, main, who, Why.MAIN_THEIRS)
            step = Step(did=Remark.COMPLAINED, data={"of": who.name, INSIDE: who.name})
            main = await done(doing, main, step, "case_complained", of=who.name)


async def lift(doing: Acting, case: Case, reason: str) -> Case:
    """Note that a case complains of nobody who works here.

    Raises:
        Refused: the reason lacks, or nobody was named.
        Overtaken: the case was changed meanwhile.
    """
    told = written(reason, Why.REASON)
    if not await complained(doing.connection, case.id):
        raise Refused(Why.SAME)
    await lift_complained(doing.connection, case.id)
    step = Step(did=Remark.UNCOMPLAINED, data={INSIDE: told})
    return await done(doing, case, step, "case_uncomplained", note=told)


async def _hidden(doing: Acting, bureau: Bureau, case: Case, who: Complained, theirs: Why) -> None:
    """Write whom a case complains of; ``theirs`` is why not, when they work on it now."""
    await put_complained(doing.connection, case.id, who)
    if case.officer is not None and await _is_theirs(doing, case, OfficerId(case.officer)):
        raise Refused(theirs)
    if who.unit is not None and case.unit == who.unit:
        raise Refused(theirs)
    holders = await all_holders(doing.connection, ASSIGNING, bureau.line(case.office))
    if all([await _is_theirs(doing, case, one) for one in holders]):
        raise Refused(Why.NOBODY_LEFT)
    await end_talks_held_by_them(doing.connection, case.id, doing.now)


async def _named(doing: Acting, case: Case, of: Post) -> Complained:
    unit = await find_unit(doing.connection, of.unit) if of.unit is not None else None
    if unit is None or unit.office != case.office:
        raise Refused(Why.UNIT)
    if of.officer is None:
        return Complained(unit=unit.id, name=unit.name)
    person = await find_officer(doing.connection, of.officer)
    if person is None or of.officer not in unit.members:
        raise Refused(Why.OFFICER)
    return Complained(officer=of.officer, name=person.name)


async def _is_theirs(doing: Acting, case: Case, officer: OfficerId) -> bool:
    return await is_of(doing.connection, officer, case.id)
