"""Answers that were not heard in the chat, as rows: taken for a template, and what became of it.

Taken ones are ``PAYING`` before anything is called, so that nobody is written to twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.errors import SendCode
from bot.channels.zalo.addresses import Follower
from bot.feedback.models import CaseId
from bot.feedback.moves import Act
from bot.feedback.purposes import Purpose
from bot.messages import ChannelName
from bot.storage.feedback_person_tables import consents
from bot.storage.feedback_tables import cases, events, notices
from bot.storage.notice_fault_rows import TO_CALL
from bot.storage.notice_rows import UNREACHABLE, WINDOW, NoticeStatus
from bot.storage.outbox_rows import NOTHING_WENT
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_tables import zalo_people

# What a citizen waits for: what came of it. Other steps are heard with their next message.
ANSWERS: Final = (Act.ANSWER, Act.CORRECT, Act.HAND_ON, Act.REFUSE)
# Why no template goes any more: nobody to write to by one was found, or Zalo refused it.
NO_TEMPLATE: Final = "no_template"
TEMPLATE_REFUSED: Final = "template_refused"
# As ``tracking_of`` writes it; numbers that no database takes are none of ours.
_TRACKED: Final = re.compile(r"case-([1-9][0-9]{0,17})-([1-9][0-9]{0,8})", re.ASCII)
_SHUT: Final = (
    *(SendCode.WINDOW_CLOSED, SendCode.NO_QUOTA),
    *(SendCode.BLOCKED, SendCode.GONE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """An answer somebody did not hear, and what is known of a way to them.

    ``contact_sealed`` is that of who sent the case, and is there only where they agreed to be
    written to by it. ``state`` is why Zalo does not reach the person, ``at`` since when they are
    not reached.
    """

    case: CaseId
    version: int
    conversation: str
    to: Follower
    office: str
    reference: str
    status: NoticeStatus
    at: datetime
    state: str
    contact_sealed: bytes | None


async def unheard_at(
    connection: AsyncConnection,
    oa: str,
    agreed: Collection[str],
    *,
    since: datetime,
    limit: int,
) -> tuple[Unheard, ...]:
    """Give answers to people of an account that were not heard, the oldest first.

    ``agreed`` are the versions of the words by which a number may be written to.
    """
    wanted = (
        _unheard_rows(agreed)
        .outerjoin(zalo_people, _is_of(oa))
        .where(
            notices.c.channel == ChannelName.ZALO,
            notices.c.user_id.startswith(f"{oa}:", autoescape=True),
            notices.c.at >= since,
            events.c.did.in_(ANSWERS),
            _is_shut(),
        )
        .order_by(notices.c.at, notices.c.case, notices.c.version)
        .limit(limit)
    )
    return tuple(map(_unheard, await connection.execute(wanted)))


def _unheard_rows(agreed: Collection[str]) -> Select[Any]:
    own = cases.c.conversation == notices.c.conversation
    lost = and_(outbox.c.id == notices.c.outbox, outbox.c.status == OutboxStatus.FAILED)
    return (
        select(
            *(notices.c.case, notices.c.version, notices.c.conversation, notices.c.user_id),
            *(notices.c.office, notices.c.status, notices.c.at),
            *(cases.c.reference, cases.c.contact_sealed),
            func.coalesce(zalo_people.c.state, "").label("state"),
            and_(own, cases.c.call_back, _has_agreed(agreed)).label("agreed"),
        )
        .join(events, and_(events.c.case == notices.c.case, events.c.version == notices.c.version))
        .join(cases, cases.c.id == notices.c.case)
        .outerjoin(outbox, lost)
    )


def _is_shut() -> ColumnElement[bool]:
    """Tell whether it is the chat that is shut, and nothing of it arrived."""
    status = notices.c.status
    return or_(
        and_(status == NoticeStatus.CLOSED, notices.c.reason.in_((WINDOW, UNREACHABLE))),
        and_(status == NoticeStatus.FAILED, outbox.c.error_code.in_(_SHUT), NOTHING_WENT),
    )


async def begin_paying(connection: AsyncConnection, one: Unheard, at: datetime) -> bool:
    """Take an answer for a template; false when somebody told it meanwhile."""
    taken = update(notices).where(_key(one), notices.c.status == one.status)
    return (
        await connection.execute(taken.values(status=NoticeStatus.PAYING, at=at))
    ).rowcount == 1


async def end_paying(
    connection: AsyncConnection,
    one: Unheard,
    status: NoticeStatus,
    at: datetime,
    *,
    reason: str | None = None,
    message: str = "",
) -> None:
    """Write what became of a taken answer; who was told in the chat meanwhile stays told.

    ``message`` is Zalo's number of what went.
    """
    values: dict[str, Any] = {"status": status, "at": at}
    if message:
        values["external_id"] = message
    if reason is not None:
        values["reason"] = reason
    taken = update(notices).where(_key(one), notices.c.status == NoticeStatus.PAYING)
    await connection.execute(taken.values(values))


def tracking_of(one: Unheard) -> str:
    """Name an answer to Zalo, which tells it back as its template arrives."""
    return f"case-{one.case}-{one.version}"


async def note_template_arrived(
    connection: AsyncConnection, oa: str, tracking: str, at: datetime, *, message: str
) -> bool:
    """Write that a template of an account arrived of which nobody knew; false when it was known.

    It goes to who sent the case alone. Receipts of templates that surely went tell nothing new.
    """
    named = _TRACKED.fullmatch(tracking)
    if named is None:
        return False
    number, version = map(int, named.groups())
    doubtful = or_(
        notices.c.status == NoticeStatus.PAYING,
        and_(notices.c.status == NoticeStatus.FAILED, notices.c.reason == OutboxStatus.UNCERTAIN),
    )
    sender = select(cases.c.conversation).where(cases.c.id == number).scalar_subquery()
    its = (notices.c.case == number, notices.c.version == version)
    theirs = (notices.c.conversation == sender, notices.c.user_id.startswith(f"{oa}:"))
    arrived = (
        update(notices)
        .where(*its, *theirs, doubtful)
        .values(
            status=NoticeStatus.TEMPLATED, reason="", at=at, external_id=message, received_at=at
        )
        .returning(notices.c.conversation)
    )
    to: str | None = (await connection.execute(arrived)).scalar_one_or_none()
    if to is not None:
        await _settle_before(connection, CaseId(number), version, to, at)
    return to is not None


async def settle_earlier(connection: AsyncConnection, one: Unheard, at: datetime) -> None:
    """Have nobody called for earlier steps of a case whose answer somebody was told of."""
    await _settle_before(connection, one.case, one.version, one.conversation, at)


async def _settle_before(
    connection: AsyncConnection, case: CaseId, version: int, conversation: str, at: datetime
) -> None:
    earlier = and_(
        notices.c.case == case,
        notices.c.version < version,
        notices.c.conversation == conversation,
        notices.c.status.in_(TO_CALL),
    )
    values = {"status": NoticeStatus.TEMPLATED, "reason": "", "at": at}
    await connection.execute(update(notices).where(earlier).values(values))


async def doubt_paying(connection: AsyncConnection, before: datetime, at: datetime) -> int:
    """Mark what was taken ``before`` and never ended: nobody knows whether it went out."""
    left = update(notices).where(notices.c.status == NoticeStatus.PAYING, notices.c.at < before)
    values = {"status": NoticeStatus.FAILED, "reason": OutboxStatus.UNCERTAIN, "at": at}
    return (await connection.execute(left.values(values))).rowcount


def _has_agreed(versions: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        consents.c.case == cases.c.id,
        consents.c.purpose == Purpose.CONTACT,
        consents.c.version.in_(sorted(versions)),
        consents.c.withdrawn_at.is_(None),
    )


def _is_of(oa: str) -> ColumnElement[bool]:
    behind = func.substr(notices.c.user_id, len(oa) + 2)
    return and_(zalo_people.c.oa_id == oa, zalo_people.c.user_id == behind)


def _key(one: Unheard) -> ColumnElement[bool]:
    return and_(
        notices.c.case == one.case,
        notices.c.version == one.version,
        notices.c.conversation == one.conversation,
    )


def _unheard(row: Row[Any]) -> Unheard:
    return Unheard(
        case=CaseId(row.case),
        version=row.version,
        conversation=row.conversation,
        to=Follower.of(row.user_id),
        office=row.office,
        reference=row.reference,
        status=NoticeStatus(row.status),
        at=row.at,
        state=row.state,
        contact_sealed=row.contact_sealed if row.agreed else None,
    )
