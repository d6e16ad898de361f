"""Notices that found no way, or got lost on it: an officer calls instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.errors import SendCode
from bot.feedback.models import CaseId
from bot.storage.feedback_tables import feedback_files as files
from bot.storage.feedback_tables import notices
from bot.storage.notice_rows import UNREACHABLE, WINDOW, NoticeStatus
from bot.storage.tables import OutboxStatus, outbox

_LOST: Final = (OutboxStatus.FAILED, OutboxStatus.UNCERTAIN)
# Why a message failed, as it is told to who has to call instead; else it simply failed.
_WHY: Final[Mapping[str, str]] = {
    SendCode.WINDOW_CLOSED: WINDOW,
    SendCode.NO_QUOTA: SendCode.NO_QUOTA,
    SendCode.BLOCKED: UNREACHABLE,
    SendCode.GONE: UNREACHABLE,
}
# Before the reason where a part arrived.
PART: Final = "part_"
TO_CALL: Final = (NoticeStatus.CLOSED, NoticeStatus.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A notice that was said and did not arrive, what became of it in the outbox, and why."""

    case: CaseId
    version: int
    conversation: str
    status: OutboxStatus
    code: str = ""
    in_part: bool = False

    @property
    def reason(self) -> str:
        """Why somebody has to call instead; a part of one told ``in_part`` arrived."""
        reason = _WHY.get(self.code, self.status)
        return PART + reason if self.in_part and self.status is OutboxStatus.FAILED else reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """A case of which ``people`` have not heard something since a moment, and why."""

    case: CaseId
    office: str
    people: int
    since: datetime
    reason: str


async def not_arrived(connection: AsyncConnection, limit: int) -> tuple[Lost, ...]:
    """Give said notices that did not arrive, or of which a file did not."""
    sent = (outbox.c.status, outbox.c.error_code, outbox.c.external_id)
    told = (notices.c.case, notices.c.version, notices.c.conversation, *sent)
    lost = (notices.c.status == NoticeStatus.SAID, outbox.c.status.in_(_LOST))
    words = select(*told).join(outbox, outbox.c.id == notices.c.outbox).where(*lost)
    brought = and_(outbox.c.id == files.c.outbox, outbox.c.conversation == notices.c.conversation)
    beside = (
        select(*told)
        .join(files, and_(files.c.case == notices.c.case, files.c.version == notices.c.version))
        .join(outbox, brought)
        .where(*lost)
    )
    each = union(words, beside).subquery()
    keys = each.c["case", "version", "conversation"]
    wanted = (
        select(
            *keys,
            func.min(each.c.status).label("status"),
            func.max(each.c.error_code).label("code"),
            func.max(each.c.external_id).label("went"),
        )
        .group_by(*keys)
        .order_by(*keys)
        .limit(limit)
    )
    return tuple(
        Lost(
            case=CaseId(row.case),
            version=row.version,
            conversation=row.conversation,
            status=OutboxStatus(row.status),
            code=row.code,
            in_part=bool(row.went),
        )
        for row in await connection.execute(wanted)
    )


async def mark_lost(connection: AsyncConnection, lost: Lost, at: datetime) -> None:
    """Write that a notice did not arrive."""
    key = and_(
        notices.c.case == lost.case,
        notices.c.version == lost.version,
        notices.c.conversation == lost.conversation,
    )
    values = {"status": NoticeStatus.FAILED, "reason": lost.reason, "at": at}
    await connection.execute(update(notices).where(key).values(values))


async def cases_to_call(
    connection: AsyncConnection, offices: Collection[str], limit: int
) -> Sequence[ToCall]:
    """Give cases whose people are to be called, who waits longest first."""
    since = func.min(notices.c.at)
    wanted = (
        select(
            notices.c.case,
            notices.c.office,
            func.count(notices.c.conversation.distinct()).label("people"),
            since.label("since"),
            func.max(notices.c.reason).label("reason"),
        )
        .where(notices.c.office.in_(offices), notices.c.status.in_(TO_CALL))
        .group_by(notices.c.case, notices.c.office)
        .order_by(since, notices.c.case)
        .limit(limit)
    )
    return [
        ToCall(
            case=CaseId(row.case),
            office=row.office,
            people=row.people,
            since=row.since,
            reason=row.reason,
        )
        for row in await connection.execute(wanted)
    ]


async def settle_called(connection: AsyncConnection, case: CaseId, at: datetime) -> int:
    """Write that whoever was to be called for a case was; give of how many notices."""
    key = and_(notices.c.case == case, notices.c.status.in_(TO_CALL))
    values = {"status": NoticeStatus.PHONED, "at": at}
    return (await connection.execute(update(notices).where(key).values(values))).rowcount
