"""What an office sent within some days, counted by the kind of news."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.daily_rows import midnight
from broadcasts.models import DeliveryStatus
from broadcasts.reports.kinds import SentKind
from broadcasts.timing import Period

R: Final = runs.c
D: Final = deliveries.c


async def sent_by_kind(connection: AsyncConnection, office: str, span: Period) -> list[SentKind]:
    """Count the texts of ``office``, of every one where it is blank, that went out in ``span``.

    A run counts on the Vietnamese day it began, and only where it reached somebody.
    """
    rows = (
        select(func.count())
        .where(D.run == R.id, D.status == DeliveryStatus.SENT)
        .scalar_subquery()
    )
    begun = select(R.broadcast, rows.label("reached")).where(
        R.began_at >= midnight(span.start), R.began_at < midnight(span.end + timedelta(days=1))
    )
    if office:
        begun = begun.where(R.office == office)
    each = begun.subquery("each")
    wanted = (
        select(
            broadcasts.c.kind,
            func.count(each.c.broadcast.distinct()).label("texts"),
            func.count().label("runs"),
            func.sum(each.c.reached).label("reached"),
        )
        .select_from(each.join(broadcasts, broadcasts.c.id == each.c.broadcast))
        .where(each.c.reached > 0)
        .group_by(broadcasts.c.kind)
    )
    return [
        SentKind(kind=row.kind, texts=row.texts, runs=row.runs, reached=int(row.reached))
        for row in await connection.execute(wanted)
    ]
