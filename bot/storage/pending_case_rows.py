"""What waits for an officer of feedback: cases own, new and late, answers to sign, calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select

from bot.feedback.moves import CaseState
from bot.officials.models import OfficerId
from bot.storage.case_tab_rows import NOT_TOLD, OPEN, SIGNABLE, SUBMITTED
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import answers, cases, notices, unit_members
from bot.storage.figure_rows import at
from bot.storage.paging import Query
from bot.storage.pending_rows import Matter, Offices, counted


def own_cases(officer: OfficerId, offices: Offices) -> Query:
    """Count the open cases of ``officer``, and those of their units that nobody has yet."""
    units = select(unit_members.c.unit).where(unit_members.c.officer == officer)
    free = and_(cases.c.unit.in_(units), cases.c.officer.is_(None))
    theirs = or_(cases.c.officer == officer, free)
    where = (*at(cases.c.office, offices), not_of(officer, cases.c.id))
    return counted(Matter.CASES_MINE, cases.c.received_at, and_(OPEN, theirs), *where)


def new_cases(officer: OfficerId, offices: Offices) -> Query:
    """Count the cases at ``offices`` that were given to nobody yet."""
    new = and_(OPEN, cases.c.state == CaseState.RECEIVED)
    where = (*at(cases.c.office, offices), not_of(officer, cases.c.id))
    return counted(Matter.CASES_NEW, cases.c.received_at, new, *where)


def answers_to_sign(officer: OfficerId, offices: Offices) -> Query:
    """Count the answers that others at ``offices`` laid before who may give them."""
    waiting = and_(SUBMITTED, SIGNABLE, answers.c.case == cases.c.id)
    others = and_(answers.c.author != officer, not_of(officer, cases.c.id))
    where = (*at(cases.c.office, offices), others)
    return counted(Matter.CASES_TO_SIGN, answers.c.changed_at, waiting, *where)


def late_cases(officer: OfficerId, offices: Offices, now: datetime) -> Query:
    """Count the open cases at ``offices`` that should be answered by now."""
    late = and_(OPEN, cases.c.due_at < now)
    where = (*at(cases.c.office, offices), not_of(officer, cases.c.id))
    return counted(Matter.CASES_LATE, cases.c.due_at, late, *where)


def calls_to_make(officer: OfficerId, offices: Offices) -> Query:
    """Count the steps at ``offices`` that somebody can only be told of by telephone."""
    untold = notices.c.status.in_(NOT_TOLD)
    where = (*at(notices.c.office, offices), not_of(officer, notices.c.case))
    return counted(Matter.CASES_UNTOLD, notices.c.at, untold, *where)
