"""The present moment as the database of several processes sees it, so their clocks may differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, literal
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import UtcDateTime


def moment(
    now: datetime, later: timedelta = timedelta(), *, embedded: bool
) -> ColumnElement[datetime]:
    """Give the moment ``later`` than now by PostgreSQL's own clock.

    An embedded database has one process and no clock: there ``now`` counts.
    """
    if embedded:
        return literal(now + later, UtcDateTime())
    # Not now(): that is when the transaction began, before it waited for another's.
    return func.clock_timestamp() + literal(later)


def moments(connection: AsyncConnection, now: datetime) -> Callable[..., ColumnElement[datetime]]:
    """Give ``moment`` as the database behind ``connection`` wants it."""
    return partial(moment, now, embedded=connection.dialect.name == "sqlite")
