"""Which ticks this deployment has, and when."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import structlog
from apscheduler.triggers.cron import CronTrigger

from bot.casework.dating import keep_dates
from bot.casework.verifying import log_anchor
from bot.clock import VIETNAM, Clock
from bot.messages import ChannelName
from bot.settings import Settings
from bot.storage.database import Database
from bot.upkeep.portal import Extent, walk
from bot.upkeep.retention import tidy
from bot.upkeep.ticking import Tick
from knowledge.repository import SqlSnapshotStore
from knowledge.sync import Phase

# Not all offices may knock at the portal in the same minute.
SPREAD_SECONDS = 1800
# By day only where the night's walk was missed: a machine switched off, a lease lost.
PORTAL_KNOCKS = CronTrigger(hour="1,9,14", minute=30, timezone=VIETNAM, jitter=SPREAD_SECONDS)
READ_LATELY = timedelta(hours=20)
log = structlog.get_logger()


class _Quiet:
    async def step(self, phase: Phase, done: int, total: int) -> None:
        """Look on without a word."""


def ticks_of(
    settings: Settings, database: Database, clock: Clock, kept: frozenset[ChannelName]
) -> list[Tick]:
    """Give the ticks that ``settings`` switches on; ``kept`` channels fetch replies themselves."""
    keep = settings.retention_days
    ticks = [
        Tick(
            name="tidy",
            # Each hour: a machine off at night, or a lost lease, must not keep what is old.
            when=CronTrigger(minute=20, timezone=VIETNAM),
            act=partial(tidy, database, clock=clock, keep_days=keep, kept=frozenset(kept)),
        ),
        Tick(
            name="audit_head",
            when=CronTrigger(hour=3, minute=10, timezone=VIETNAM),
            act=partial(log_anchor, database),
        ),
        Tick(
            name="dates",
            when=CronTrigger(second=5, timezone=VIETNAM),
            act=partial(keep_dates, database, clock),
        ),
    ]
    if settings.portal_sync == "nightly":
        act = partial(_sync, database, settings, clock)
        ticks.append(Tick(name="portal", when=PORTAL_KNOCKS, act=act))
    return ticks


async def _sync(database: Database, settings: Settings, clock: Clock) -> None:
    known = await SqlSnapshotStore(database).portal_records()
    if any(timedelta() <= clock.now() - one.seen_at < READ_LATELY for one in known):
        return
    report = await walk(database, settings, clock=clock, watch=_Quiet(), extent=Extent())
    log.info(
        "portal_read",
        seen=report.seen,
        changes=len(report.changes),
        unconfirmed=report.unconfirmed,
        faults=len(report.faults),
        doubt=report.doubt,
        stopped=report.stopped,
    )
