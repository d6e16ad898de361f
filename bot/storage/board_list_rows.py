"""Cases on their way to the public board and on it, as officers list them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId, Publicity
from bot.officials.models import OfficerId
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import cases, releases
from bot.storage.paging import Order, Page, Query, listed

ORDER: Final = Order(by=cases.c.received_at, unique=cases.c.id)


class Stage(StrEnum):
    """How far a case is; ``PREPARED`` waits for a second pair of eyes."""

    PREPARED = "prepared"
    PROPOSED = "proposed"
    AGREED = "agreed"
    PUBLIC = "public"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBoard:
    """A case that somebody was asked about; ``words`` are masked."""

    case: CaseId
    office: str
    reference: str
    topic: str
    words: str
    answered_at: datetime | None
    stage: Stage


async def list_board(
    connection: AsyncConnection,
    reader: OfficerId,
    offices: Collection[str],
    stage: Stage | None,
    after: str = "",
) -> Page[OnBoard]:
    """Give the cases of some offices whose senders were asked, the newest first.

    What complains of the reader is not there for them.
    """
    wanted = _wanted(offices, stage).where(not_of(reader, cases.c.id))
    found = await listed(connection, wanted, ORDER, after=after)
    return found.turned(
        lambda row: OnBoard(
            case=CaseId(row.id),
            office=row.office,
            reference=row.reference,
            topic=row.topic,
            words=row.words,
            answered_at=row.answered_at,
            stage=Stage.PREPARED if row.version else Stage(row.publicity),
        )
    )


def _wanted(offices: Collection[str], stage: Stage | None) -> Query:
    waits = and_(releases.c.case == cases.c.id, releases.c.released_at.is_(None))
    told = (cases.c.id, cases.c.office, cases.c.reference, cases.c.topic, cases.c.words)
    query = (
        select(*told, cases.c.answered_at, cases.c.publicity, releases.c.version)
        .join(releases, waits, isouter=True)
        .where(cases.c.office.in_(offices))
    )
    if stage is Stage.PREPARED:
        return query.where(cases.c.publicity.in_(list(Publicity)[1:]), releases.c.version > 0)
    if stage is None:
        return query.where(cases.c.publicity.in_(list(Publicity)[1:]))
    return query.where(cases.c.publicity == stage, releases.c.version.is_(None))
