"""What Zalo tells of templates that told of answers: they arrived, were seen, or never came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId
from bot.storage.feedback_tables import notices
from bot.storage.notice_rows import NoticeStatus
from bot.storage.notice_template_rows import TEMPLATE_REFUSED

N: Final = notices.c
# A telephone that is switched on and knows Zalo gets it within seconds; a day is a long journey.
OVERDUE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbrought:
    """A step somebody was to be told of by a template that Zalo did not bring."""

    case: CaseId
    version: int
    conversation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTemplate:
    """A step told of by a template; ``own`` if to who sent the case, ``late`` if it never came."""

    version: int
    own: bool
    at: datetime
    received_at: datetime | None
    seen_at: datetime | None
    late: bool


async def note_answer_receipts(
    connection: AsyncConnection, oa: str, messages: Collection[str], *, at: datetime, seen: bool
) -> int:
    """Note that templates of an account arrived, or were seen; give how many that told of."""
    told = {"received_at": func.coalesce(N.received_at, at)}
    if seen:
        told["seen_at"] = func.coalesce(N.seen_at, at)
    done = update(notices).where(_named(oa, messages)).values(told)
    return (await connection.execute(done)).rowcount


async def unbrought_among(
    connection: AsyncConnection, oa: str, messages: Collection[str]
) -> tuple[Unbrought, ...]:
    """Give the steps that templates of an account should have told of, by their numbers."""
    wanted = (
        select(N.case, N.version, N.conversation)
        .where(_named(oa, messages), N.status == NoticeStatus.TEMPLATED)
        .order_by(N.case, N.version, N.conversation)
    )
    return tuple(
        Unbrought(case=CaseId(row.case), version=row.version, conversation=row.conversation)
        for row in await connection.execute(wanted)
    )


async def mark_unbrought(connection: AsyncConnection, one: Unbrought, at: datetime) -> bool:
    """Write that nobody was told; false when somebody told it meanwhile."""
    whose = (N.case == one.case, N.version == one.version, N.conversation == one.conversation)
    values = {"status": NoticeStatus.CLOSED, "reason": TEMPLATE_REFUSED, "at": at}
    marked = update(notices).where(*whose, N.status == NoticeStatus.TEMPLATED).values(values)
    return (await connection.execute(marked)).rowcount == 1


async def any_template_under_way(connection: AsyncConnection) -> bool:
    """Tell whether one is being sent: its number is not written down yet."""
    paying = exists().where(N.status == NoticeStatus.PAYING)
    return bool((await connection.execute(select(paying))).scalar_one())


async def told_by_template(
    connection: AsyncConnection, case: Case, now: datetime
) -> tuple[ByTemplate, ...]:
    """Give the steps of a case that a template told of, the oldest first."""
    wanted = (
        select(notices)
        .where(N.case == case.id, N.status == NoticeStatus.TEMPLATED, N.external_id.is_not(None))
        .order_by(N.version, N.conversation)
    )
    own = case.address.conversation if case.address else ""
    return tuple(
        ByTemplate(
            version=row.version,
            own=row.conversation == own,
            at=row.at,
            received_at=row.received_at,
            seen_at=row.seen_at,
            late=row.received_at is None and row.at < now - OVERDUE,
        )
        for row in await connection.execute(wanted)
    )


def _named(oa: str, messages: Collection[str]) -> ColumnElement[bool]:
    whose = N.user_id.startswith(f"{oa}:", autoescape=True)
    # Only rows with a provider's number stand in the index.
    return and_(N.external_id.in_(messages), N.external_id.is_not(None), whose)
