"""Who receives news, as officials see it: counted, listed, one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.daily_rows import midnight
from bot.storage.many import one_of
from bot.storage.paging import AnyRow, Query
from broadcasts.models import Consent, ReaderKind, SubscriberStatus

S: Final = subscribers.c
T: Final = subscriber_topics.c
# Of an address as much as tells two apart; by more a masked one could be guessed piece by piece.
KEPT_SIGNS: Final = 4
Offices = Collection[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many readers have all this in common."""

    office: str
    channel: str
    kind: ReaderKind
    status: SubscriberStatus
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader as stored; ``seen_at`` is when they wrote last."""

    id: int
    channel: str
    address: str
    office: str
    kind: ReaderKind
    status: SubscriberStatus
    consent: Consent
    agreed_at: datetime
    changed_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which readers are listed; what is empty narrows nothing.

    ``text`` is a whole address, or its last ``KEPT_SIGNS`` signs.
    """

    offices: Offices
    channel: str = ""
    kind: ReaderKind | None = None
    status: SubscriberStatus | None = None
    topic: str = ""
    text: str = ""


async def counted(connection: AsyncConnection, offices: Offices) -> list[Count]:
    """Count the readers of these offices, or of all, by what they have in common."""
    common = (S.office, S.channel, S.kind, S.status)
    wanted = select(*common, func.count().label("readers")).where(_at(offices)).group_by(*common)
    return [
        Count(
            office=row.office,
            channel=row.channel,
            kind=ReaderKind(row.kind),
            status=SubscriberStatus(row.status),
            readers=row.readers,
        )
        for row in await connection.execute(wanted)
    ]


async def choosing(connection: AsyncConnection, offices: Offices) -> dict[str, int]:
    """Count the active readers who chose each topic; under the empty text those who chose none."""
    wanted = (
        select(func.coalesce(T.topic, "").label("topic"), func.count().label("readers"))
        .select_from(subscribers.outerjoin(subscriber_topics, T.subscriber == S.id))
        .where(_at(offices), S.status == SubscriberStatus.ACTIVE)
        .group_by(T.topic)
    )
    return {row.topic: row.readers for row in await connection.execute(wanted)}


async def come_and_gone(
    connection: AsyncConnection, offices: Offices, starts: Sequence[date]
) -> list[tuple[int, int]]:
    """Count who agreed and who left from each of ``starts`` to the next; the last ends one span.

    Who left and agreed anew counts as who agreed: of each the last word is known.
    """
    spans = list(zip(map(midnight, starts), map(midnight, starts[1:]), strict=False))
    gone = S.status != SubscriberStatus.ACTIVE
    sums = [
        func.sum(case((and_(*which, at >= start, at < end), 1), else_=0))
        for start, end in spans
        for at, which in ((S.agreed_at, ()), (S.changed_at, (gone,)))
    ]
    recent = or_(S.agreed_at >= spans[0][0], and_(gone, S.changed_at >= spans[0][0]))
    row = (await connection.execute(select(*sums).where(_at(offices), recent))).one()
    told = [number or 0 for number in row]
    return list(zip(told[::2], told[1::2], strict=True))


def readers(wanted: Wanted) -> Query:
    """Give the statement for the readers that are ``wanted``, without their topics."""
    chose = exists().where(T.subscriber == S.id, T.topic == wanted.topic)
    conditions = [
        (wanted.channel, S.channel == wanted.channel),
        (wanted.kind, S.kind == wanted.kind),
        (wanted.status, S.status == wanted.status),
        (wanted.topic, chose),
        (wanted.text, _called(wanted.text)),
    ]
    return select(subscribers).where(
        _at(wanted.offices), *(one for asked, one in conditions if asked)
    )


async def find_reader(connection: AsyncConnection, number: int) -> Reader | None:
    """Give one reader."""
    return await _one(connection, S.id == number)


async def reader_at(connection: AsyncConnection, channel: str, address: str) -> Reader | None:
    """Give the reader at an address."""
    return await _one(connection, and_(S.channel == channel, S.address == address))


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> Reader | None:
    row = (await connection.execute(select(subscribers).where(which))).first()
    return reader_from(row) if row else None


async def topics_of(
    connection: AsyncConnection, numbers: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """Give what each of these readers chose; who chose nothing is not there."""
    chosen = select(T.subscriber, T.topic).where(T.subscriber.in_(list(numbers)))
    found: dict[int, tuple[str, ...]] = {}
    for row in await connection.execute(chosen.order_by(T.subscriber, T.topic)):
        found[row.subscriber] = (*found.get(row.subscriber, ()), row.topic)
    return found


def reader_from(row: AnyRow) -> Reader:
    """Read a row back."""
    return Reader(
        id=row.id,
        channel=row.channel,
        address=row.address,
        office=row.office,
        kind=ReaderKind(row.kind),
        status=SubscriberStatus(row.status),
        consent=Consent(row.consent),
        agreed_at=row.agreed_at,
        changed_at=row.changed_at,
        seen_at=row.seen_at,
    )


def _at(offices: Offices) -> ColumnElement[bool]:
    return S.office.is_not(None) if offices is None else S.office.in_(one_of(offices))


def _called(text: str) -> ColumnElement[Any]:
    if len(text) == KEPT_SIGNS:
        return or_(S.address == text, S.address.endswith(text, autoescape=True))
    return S.address == text
