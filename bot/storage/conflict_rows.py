"""Whom cases complain of, as rows: such a case is not there for them, wherever cases are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    delete,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId, UnitId
from bot.officials.models import OfficerId
from bot.storage.console_tables import takeovers
from bot.storage.feedback_tables import cases, complained_of, followers, unit_members, units
from bot.storage.moments import moments
from bot.storage.people_tables import officers

# What the audit calls a case.
KIND: Final = "case"
C: Final = complained_of.c
_COMPLAINED: Final = (
    select(C.unit, C.officer, units.c.name.label("called"), officers.c.name.label("person"))
    .outerjoin(units, units.c.id == C.unit)
    .outerjoin(officers, officers.c.id == C.officer)
    .where(C.case == bindparam("number"))
    .order_by(C.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """A unit or an officer that a case complains of, with what they are called."""

    unit: UnitId | None = None
    officer: OfficerId | None = None
    name: str = ""


def not_of(officer: OfficerId, case: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell which cases do not complain of an officer, nor of a unit they work in."""
    return case.not_in(_of(officer))


def talk_not_of(officer: OfficerId, talk: ColumnElement[str]) -> ColumnElement[bool]:
    """Tell which conversations have no case that complains of an officer, filed or followed there.

    In the talk stand the words of the case.
    """
    theirs = _of(officer)
    return talk.not_in(_talks(cases.c.id.in_(theirs), followers.c.case.in_(theirs)))


async def end_talks_held_by_them(connection: AsyncConnection, case: CaseId, now: datetime) -> int:
    """Let those whom a case complains of hold none of its talks any longer; give their number.

    The rows stay for whoever tells the citizens of take-overs that ran out.
    """
    at = moments(connection, now)
    done = await connection.execute(
        update(takeovers)
        .where(
            takeovers.c.until > at(),
            takeovers.c.conversation.in_(_talks(cases.c.id == case, followers.c.case == case)),
            takeovers.c.officer.in_(_them(case)),
        )
        .values(until=at())
    )
    return done.rowcount


def deed_not_of(
    officer: OfficerId, kind: ColumnElement[str], subject: ColumnElement[str]
) -> ColumnElement[bool]:
    """Tell which deeds are not upon cases that complain of an officer: their notes say why."""
    theirs = _of(officer).with_only_columns(cast(C.case, String))
    return or_(kind != KIND, subject.not_in(theirs))


async def is_of(connection: AsyncConnection, officer: OfficerId, case: CaseId) -> bool:
    """Tell whether a case complains of an officer or of a unit they work in."""
    found = await connection.execute(_of(officer).where(C.case == case).limit(1))
    return found.first() is not None


async def cases_of(connection: AsyncConnection, officer: OfficerId) -> frozenset[int]:
    """Give the cases that complain of an officer or of a unit they work in."""
    return frozenset((await connection.execute(_of(officer))).scalars())


async def put_complained(connection: AsyncConnection, case: CaseId, of: Complained) -> None:
    """Write that a case complains of somebody."""
    await connection.execute(
        insert(complained_of).values(case=case, unit=of.unit, officer=of.officer)
    )


async def lift_complained(connection: AsyncConnection, case: CaseId) -> None:
    """Write that a case complains of nobody."""
    await connection.execute(delete(complained_of).where(C.case == case))


async def complained(connection: AsyncConnection, case: CaseId) -> Sequence[Complained]:
    """Give whom a case complains of."""
    return tuple(
        Complained(unit=row.unit, officer=row.officer, name=row.called or row.person or "")
        for row in await connection.execute(_COMPLAINED, {"number": case})
    )


def _talks(filed: ColumnElement[bool], followed: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Give the conversations in which cases were filed, and are followed."""
    return union_all(
        select(cases.c.conversation).where(filed),
        select(followers.c.conversation).where(followed),
    )


def _them(case: CaseId) -> CompoundSelect[Any]:
    """Give the officers a case complains of, and all who work in a unit it complains of."""
    named = select(C.officer).where(C.case == case, C.officer.is_not(None))
    members = (
        select(unit_members.c.officer)
        .join(complained_of, C.unit == unit_members.c.unit)
        .where(C.case == case)
    )
    return union_all(named, members)


def _of(officer: OfficerId) -> Select[Any]:
    theirs = select(unit_members.c.unit).where(unit_members.c.officer == officer)
    return select(C.case).where(or_(C.officer == officer, C.unit.in_(theirs)))
