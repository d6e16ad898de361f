"""The ledger counted for reports: alike rows together, by the minute, and who left afterwards.

Nothing is read row by row: a run of 100,000 comes back as some dozens of counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, case, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, subscribers
from broadcasts.models import DeliveryStatus, Route, SubscriberStatus
from broadcasts.reports.sending import Tally

D: Final = deliveries.c
S: Final = subscribers.c
# Who leaves so soon after a text is taken to leave because of it.
SOON: Final = timedelta(days=1)
# As far as the minute, of a moment as SQLite keeps it.
MINUTE: Final = len("2026-11-20 08:05")


async def tallies_of(connection: AsyncConnection, runs: Collection[int]) -> Sequence[Tally]:
    """Count the rows of ``runs`` that are alike."""
    alike = (
        D.status,
        D.code,
        D.route,
        func.coalesce(S.office, "").label("office"),
        func.coalesce(S.kind, "").label("kind"),
    )
    again = func.sum(case((D.attempts > 1, D.attempts - 1), else_=0)).label("again")
    wanted = (
        select(*alike, func.count().label("rows"), again, *_receipts())
        .select_from(deliveries.outerjoin(subscribers, S.id == D.subscriber))
        .where(D.run.in_(runs))
        .group_by(*alike)
    )
    return [
        Tally(
            status=DeliveryStatus(row.status),
            code=row.code,
            route=Route(row.route),
            office=row.office,
            kind=row.kind,
            rows=row.rows,
            again=int(row.again),
            received=row.received,
            seen=row.seen,
        )
        for row in await connection.execute(wanted)
    ]


def _receipts() -> tuple[ColumnElement[int], ColumnElement[int]]:
    received, seen = func.count(D.received_at), func.count(D.seen_at)
    return received.label("received"), seen.label("seen")


async def sent_by_minute(
    connection: AsyncConnection, runs: Collection[int]
) -> Mapping[datetime, int]:
    """Count what ``runs`` sent in each minute that saw any, as aware UTC."""
    minute = _minute(connection).label("minute")
    wanted = (
        select(minute, func.count().label("rows"))
        .where(D.run.in_(runs), D.status == DeliveryStatus.SENT, D.ended_at.is_not(None))
        .group_by(minute)
    )
    found = await connection.execute(wanted)
    return {datetime.fromisoformat(row.minute).replace(tzinfo=UTC): row.rows for row in found}


async def left_soon(connection: AsyncConnection, runs: Collection[int], last: datetime) -> int:
    """Count who was sent one of ``runs`` and left by their own word after it, within a day.

    ``last`` is when the newest of them ended, or now.
    """
    after = and_(S.changed_at >= D.ended_at, S.changed_at < last + SOON)
    wanted = (
        select(func.count(S.id.distinct()))
        .select_from(deliveries.join(subscribers, S.id == D.subscriber))
        .where(
            D.run.in_(runs),
            D.status == DeliveryStatus.SENT,
            S.status == SubscriberStatus.OPTED_OUT,
            after,
        )
    )
    return int((await connection.execute(wanted)).scalar_one())


def _minute(connection: AsyncConnection) -> ColumnElement[Any]:
    if connection.dialect.name == "sqlite":
        return func.substr(type_coerce(D.ended_at, Text), 1, MINUTE)
    return func.to_char(func.timezone("UTC", D.ended_at), "YYYY-MM-DD HH24:MI")
