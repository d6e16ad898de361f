"""Use case: count the days that ended, then forget what is older than the office keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM, Clock
from bot.errors import BotError
from bot.storage.arrival_rows import forget_arrivals
from bot.storage.copy_rows import forget_passes
from bot.storage.daily_rows import count_days, latest_known, latest_stored, midnight
from bot.storage.database import Database
from bot.storage.forgotten_reader_rows import forget_lost_readers
from bot.storage.import_rows import forget_files
from bot.storage.inbox_rows import empty_typed
from bot.storage.key_rows import forget_keys
from bot.storage.retention_rows import forget_before
from bot.storage.zalo_forgetting_rows import forget_people

# Copies of own data that were given are counted for a day.
COPIES_COUNT: Final = timedelta(hours=24)
# Words as typed are kept for their answer; what waits longer is answered by masked ones.
ANSWERED_BY: Final = timedelta(hours=1)
# A clock that is wrong writes rows too: only what is older than this tells whether it is right.
SETTLED: Final = timedelta(days=3)
FAR_AHEAD: Final = timedelta(days=8)
FAR_BEHIND: Final = timedelta(days=1)
log = structlog.get_logger()


class ClockDoubted(BotError):
    """The clock is far from what is stored, so nothing is counted or forgotten by it."""


async def tidy(
    database: Database, *, clock: Clock, keep_days: int, kept: frozenset[str]
) -> tuple[int, int]:
    """Count first, so that no figure is lost; give the days counted and the rows forgotten.

    Done twice it does no more than once: whole days are forgotten, so a day counted anew is whole.

    Raises:
        ClockDoubted: the clock is far ahead of what is stored, or behind it.
    """
    now = clock.now()
    await trust(database, now)
    again = min(FAR_AHEAD.days, keep_days)
    counted = await count_days(database, now=now, again=again)
    first_kept = midnight(now.astimezone(VIETNAM).date() - timedelta(days=keep_days))
    forgotten = await forget_before(database, first_kept, kept=kept)
    forgotten += await forget_lost_readers(database, first_kept, now)
    forgotten += await forget_keys(database, now)
    async with database.writing() as connection:
        await empty_typed(connection, now - ANSWERED_BY)
        forgotten += await forget_files(connection, now)
        forgotten += await forget_passes(connection, now - COPIES_COUNT)
    forgotten += await _in_portions(database, partial(forget_arrivals, now=now))
    people = partial(forget_people, before=first_kept, now=now)
    forgotten += await _in_portions(database, people)
    log.info("tidied", days_counted=counted, rows_forgotten=forgotten)
    return counted, forgotten


async def _in_portions(
    database: Database, forget: Callable[[AsyncConnection], Awaitable[int]]
) -> int:
    gone = 0
    while True:
        async with database.writing() as connection:
            some = await forget(connection)
        gone += some
        if not some:
            return gone
        await database.let_others_write()


async def trust(database: Database, now: datetime) -> None:
    """Doubt a clock that leaps: what is deleted or counted by it cannot be had back.

    After a true pause as long as that, it is believed when turns of ``SETTLED`` ago agree with it.

    Raises:
        ClockDoubted: the clock is far ahead of what is stored, or behind it.
    """
    stored = await latest_stored(database)
    if stored and stored - now > FAR_BEHIND:
        raise _doubted("behind", now, stored)
    known = await latest_known(database, until=now - SETTLED)
    if known and now - known > FAR_AHEAD:
        raise _doubted("ahead", now, known)


def _doubted(how: str, now: datetime, known: datetime) -> ClockDoubted:
    told = {"clock": now.isoformat(), "stored": known.isoformat()}
    log.error("clock_doubted", how=how, **told)
    return ClockDoubted(f"the clock is {how}: {told}")
