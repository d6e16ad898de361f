"""Use case: count the days that ended, then forget what is older than the office keeps it."""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.storage.daily_rows import count_days
from bot.storage.database import Database
from bot.storage.retention_rows import forget_before

log = structlog.get_logger()


async def tidy(
    database: Database, *, clock: Clock, keep_days: int, kept: frozenset[str]
) -> tuple[int, int]:
    """Count first, so that no figure is lost; give the days counted and the rows forgotten."""
    now = clock.now()
    counted = await count_days(database, now=now)
    forgotten = await forget_before(database, now - timedelta(days=keep_days), kept=kept)
    log.info("tidied", days_counted=counted, rows_forgotten=forgotten)
    return counted, forgotten
