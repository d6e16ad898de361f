"""The tabs of the inbox: which open cases stand in each, in which order, and how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, FromClause, and_, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import UnitId
from bot.feedback.moves import MOVES, Act, CaseState
from bot.officials.models import OfficerId
from bot.storage.case_answer_rows import DraftStatus
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import answers, cases, notices
from bot.storage.figure_rows import at
from bot.storage.notice_rows import NoticeStatus
from bot.storage.paging import Order
from bot.storage.tables import UtcDateTime

# More is told as "99+": nobody counts so far, and no index need be read further.
COUNTED: Final = 100
# What the citizen did not hear of, and no program tells by itself before they write again.
NOT_TOLD: Final = (NoticeStatus.CLOSED, NoticeStatus.FAILED)
# As the partial indexes say it: a comparison would not be found in them.
OPEN: Final = text("feedback_cases.is_open")
# An answer that waits for a second pair of eyes, or one that shall correct what was answered.
SUBMITTED: Final = answers.c.status == DraftStatus.SUBMITTED
# It stays with a case whose citizen is asked meanwhile; nobody can sign it then.
SIGNABLE: Final = cases.c.state.in_(MOVES[Act.ANSWER].sources | MOVES[Act.CORRECT].sources)
# Behind every case that has a limit stand those without one.
NEVER: Final = datetime(9000, 1, 1, tzinfo=UTC)


class Tab(StrEnum):
    """A part of the inbox."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    TO_SIGN = "to_sign"
    SOON = "soon"
    OVERDUE = "overdue"
    UNTOLD = "untold"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who looks, and when: ``units`` are the officer's; what is due until ``soon`` is so soon."""

    officer: OfficerId
    units: tuple[UnitId, ...]
    now: datetime
    soon: datetime


async def count_tabs(
    connection: AsyncConnection, offices: Collection[str] | None, desk: Desk
) -> Mapping[Tab, int]:
    """Count the cases of each tab but the last, up to ``COUNTED``."""
    counted = [one for one in Tab if one is not Tab.ALL]
    row = (
        await connection.execute(select(*(_count(one, offices, desk) for one in counted)))
    ).one()
    return dict(zip(counted, map(int, row), strict=True))


def _count(tab: Tab, offices: Collection[str] | None, desk: Desk) -> ColumnElement[int]:
    theirs = not_of(desk.officer, cases.c.id)
    some = select(literal(1)).where(in_tab(tab, desk), theirs, *at(cases.c.office, offices))
    return select(func.count()).select_from(some.limit(COUNTED).subquery()).scalar_subquery()


def in_tab(tab: Tab, desk: Desk) -> ColumnElement[bool]:
    """Tell which cases stand in a tab."""
    # What was given to a unit of theirs and to nobody in it is theirs to take.
    free = and_(cases.c.unit.in_(desk.units), cases.c.officer.is_(None))
    return {
        Tab.MINE: and_(OPEN, or_(cases.c.officer == desk.officer, free)),
        Tab.UNASSIGNED: and_(OPEN, cases.c.state == CaseState.RECEIVED),
        Tab.TO_SIGN: and_(cases.c.id.in_(select(answers.c.case).where(SUBMITTED)), SIGNABLE),
        Tab.SOON: and_(OPEN, cases.c.due_at >= desk.now, cases.c.due_at <= desk.soon),
        Tab.OVERDUE: and_(OPEN, cases.c.due_at < desk.now),
        Tab.UNTOLD: cases.c.id.in_(select(notices.c.case).where(notices.c.status.in_(NOT_TOLD))),
        Tab.ALL: literal(value=True),
    }[tab]


def order_of(tab: Tab, seen: FromClause) -> Order:
    """Give by what a tab is sorted: what is due first, in the last tab what came last."""
    match tab:
        case Tab.ALL:
            return Order(by=seen.c.received_at, unique=seen.c.id)
        case Tab.SOON | Tab.OVERDUE:
            return Order(by=cases.c.due_at, unique=cases.c.id, falling=False)
        case _:
            due = func.coalesce(cases.c.due_at, literal(NEVER, UtcDateTime), type_=UtcDateTime)
            return Order(by=due, unique=cases.c.id, falling=False)
