"""A provider's later word on what was sent: it arrived, it was seen. It only comes forward."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, case, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries
from broadcasts.models import DeliveryStatus, Route

D: Final = deliveries.c
# Only rows with a provider's id stand in the index.
NAMED: Final = text("deliveries.external_id <> ''")


async def note_receipts(
    connection: AsyncConnection,
    messages: Collection[str],
    *,
    routes: Collection[Route],
    at: datetime,
    seen: bool,
) -> int:
    """Note that ``messages`` arrived, or were seen; give how many rows of the ledger that told of.

    What was uncertain is sent then; what failed, as far as we know, stays as it is.
    """
    told: dict[str, ColumnElement[datetime] | ColumnElement[str]] = {
        "received_at": func.coalesce(D.received_at, at)
    }
    if seen:
        told["seen_at"] = func.coalesce(D.seen_at, at)
    uncertain = D.status == DeliveryStatus.UNCERTAIN
    told["status"] = case((uncertain, str(DeliveryStatus.SENT)), else_=D.status)
    done = await connection.execute(
        update(deliveries)
        .where(
            D.external_id.in_(messages),
            NAMED,
            D.route.in_(routes),
            D.status.in_([DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN]),
        )
        .values(told)
    )
    return done.rowcount


async def any_under_way(connection: AsyncConnection, routes: Collection[Route]) -> bool:
    """Tell whether a call by ``routes`` is under way: how it ended, and its number, come later."""
    sending = exists().where(D.status == DeliveryStatus.SENDING, D.route.in_(routes))
    return bool((await connection.execute(select(sending))).scalar_one())
