"""What waits for an officer, each kind counted with its oldest, all in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.sealed import Decision
from bot.officials.approving import Approver
from bot.officials.models import OfficerId
from bot.officials.throttle import FREE_FAILURES
from bot.storage.approval_rows import approvable
from bot.storage.conflict_rows import talk_not_of
from bot.storage.console_tables import (
    changes,
    question_groups,
    sync_verdicts,
    takeovers,
    waiting_talks,
)
from bot.storage.data_wish_rows import WAITING
from bot.storage.feedback_person_tables import data_wishes, sealed_items, sealed_readers
from bot.storage.figure_rows import at
from bot.storage.group_rows import REAL
from bot.storage.many import one_of
from bot.storage.paging import Query
from bot.storage.people_tables import officers
from bot.storage.tables import UtcDateTime
from bot.storage.throttle_rows import guesses
from knowledge.portal_records import ChangeKind
from knowledge.tables import portal_changes

Offices = Collection[str] | None
newer_changes: Final = changes.alias()
NO_WISHES: Final = literal(0, Integer)


class Matter(StrEnum):
    """A kind of thing that waits."""

    QUESTIONS = "questions"
    TALKS = "talks"
    MINE = "mine"
    APPROVE = "approve"
    RETURNED = "returned"
    ENDING = "ending"
    PORTAL = "portal"
    GUESSED = "guessed"
    NEWS = "news"
    NEWS_RETURNED = "news_returned"
    MISSED = "missed"
    LATE = "late"
    SOON = "soon"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"
    READINGS = "readings"
    CASES_MINE = "cases_mine"
    CASES_NEW = "cases_new"
    CASES_TO_SIGN = "cases_to_sign"
    CASES_LATE = "cases_late"
    CASES_UNTOLD = "cases_untold"
    SEALED = "sealed"
    DATA_WISHES = "data_wishes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """How many of a kind wait, the moment that matters most, and how many people wish an answer.

    The moment is since when the oldest waits; of own talks, when the first runs out.
    """

    matter: Matter
    count: int
    wishes: int
    moment: datetime


async def pending(connection: AsyncConnection, wanted: Iterable[Query]) -> Sequence[Pending]:
    """Count the kinds ``wanted``; one of which nothing waits is left out."""
    counts = list(wanted)
    if not counts:
        return ()
    rows = await connection.execute(union_all(*counts) if len(counts) > 1 else counts[0])
    return [
        Pending(
            matter=Matter(row.matter), count=row.things, wishes=int(row.wishes), moment=row.moment
        )
        for row in rows
        if row.things
    ]


def open_questions(offices: Offices) -> Query:
    """Count the groups of questions not answered at ``offices``; ``None`` stands for all.

    Those of which only nobody took a choice do not count.
    """
    groups = question_groups.c
    wishes = func.coalesce(func.sum(groups.wishes), 0)
    return counted(
        Matter.QUESTIONS,
        groups.first_at,
        groups.status == "open",
        REAL,
        *at(groups.office, offices),
        wishes=wishes,
    )


def people_waiting(reader: OfficerId, offices: Offices) -> Query:
    """Count the citizens at ``offices`` who asked for a person and whom ``reader`` may hear."""
    talks = waiting_talks.c
    theirs = talk_not_of(reader, talks.conversation)
    return counted(Matter.TALKS, talks.asked_at, *at(talks.office, offices), theirs)


def own_talks(officer: OfficerId, now: datetime) -> Query:
    """Count the talks ``officer`` has taken over."""
    return counted(
        Matter.MINE, takeovers.c.until, takeovers.c.officer == officer, takeovers.c.until > now
    )


def to_approve(by: Approver) -> Query:
    """Count the changes that wait for ``by`` to approve them."""
    waits = changes.c.status == "waiting"
    return counted(Matter.APPROVE, changes.c.made_at, waits, approvable(by))


def returned_to(officer: OfficerId, since: datetime) -> Query:
    """Count the changes of ``officer`` sent back ``since`` then and not made anew by them.

    What others, or the clock, did with the same thing meanwhile mends nothing of theirs.
    """
    newer = newer_changes.c
    same = (newer[name] == changes.c[name] for name in ("kind", "office", "ref"))
    own = (newer.author == officer, newer.undoes.is_(None))
    anew = exists().where(*same, *own, newer.id > changes.c.id)
    back = (changes.c.status == "returned", changes.c.author == officer)
    return counted(Matter.RETURNED, changes.c.made_at, *back, changes.c.made_at >= since, ~anew)


def ending(reach: Mapping[str, Offices], first: date, last: date) -> Query:
    """Count what is published but valid only until one of the days ``first`` to ``last``."""
    days = changes.c.valid_until.between(first.isoformat(), last.isoformat())
    return counted(
        Matter.ENDING, changes.c.made_at, changes.c.status == "published", days, _in(reach)
    )


def portal_undecided(office: str, codes: Collection[str]) -> Query:
    """Count what the portal changed of the records ``codes`` and ``office`` has not decided."""
    verdict = exists().where(
        sync_verdicts.c.change == portal_changes.c.id, sync_verdicts.c.office == office
    )
    return counted(
        Matter.PORTAL,
        type_coerce(portal_changes.c.at, UtcDateTime),
        portal_changes.c.kind == ChangeKind.CHANGED,
        portal_changes.c.code.in_(one_of(codes)),
        ~verdict,
    )


def guessed(offices: Offices, now: datetime) -> Query:
    """Count the accounts of ``offices`` into which somebody failed to come many times lately."""
    tried = guesses(now)
    return counted(
        Matter.GUESSED,
        tried.c.last_at,
        tried.c.officer == officers.c.id,
        tried.c.failures >= FREE_FAILURES,
        *at(officers.c.office, offices),
    )


def sealed_undecided(reader: OfficerId) -> Query:
    """Count what waits in the sealed inboxes an officer was appointed to read."""
    return counted(
        Matter.SEALED,
        sealed_items.c.received_at,
        sealed_items.c.decision == Decision.NONE,
        sealed_items.c.office == sealed_readers.c.office,
        sealed_readers.c.officer == reader,
    )


def wishes_waiting(offices: Offices) -> Query:
    """Count what people wish done with the data about them at ``offices``; the first due day."""
    told = data_wishes.c
    return counted(
        Matter.DATA_WISHES, told.due_at, told.status == WAITING, *at(told.office, offices)
    )


def _in(reach: Mapping[str, Offices]) -> ColumnElement[bool]:
    kinds = changes.c.kind
    return or_(
        *(and_(kinds == kind, *at(changes.c.office, where)) for kind, where in reach.items())
    )


def counted(
    matter: Matter,
    moment: ColumnElement[datetime],
    *conditions: ColumnElement[bool],
    wishes: ColumnElement[int] = NO_WISHES,
) -> Query:
    """Count what fulfils ``conditions``, with the earliest ``moment`` of it, for ``pending``."""
    return select(
        literal(matter).label("matter"),
        func.count().label("things"),
        wishes.label("wishes"),
        func.min(moment).label("moment"),
    ).where(*conditions)
