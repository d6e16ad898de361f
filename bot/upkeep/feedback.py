"""The ticks of feedback: what is due there by the clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.clock import VIETNAM, Clock
from bot.handling.alerting import Alerting
from bot.handling.bureau import Bureau
from bot.handling.closing import Closing
from bot.handling.noticing import Announcer
from bot.handling.reckoning import Reckoning
from bot.handling.sealed_inbox import erase_decided
from bot.handling.unreached import note_unreached
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

# Whom a step's own transaction told already does not wait for this.
NOTICE_SECONDS: Final = 5
FAULT_SECONDS: Final = 30
ALERT_SECONDS: Final = 60
# Costs nothing while nothing was changed.
RECKONING_SECONDS: Final = 2


def feedback_ticks(
    database: Database,
    clock: Clock,
    bell: Bell,
    announcer: Announcer,
    bureau: Callable[[], Bureau],
) -> list[Tick]:
    """Give the ticks; ``announcer`` speaks, ``bell`` wakes whoever shows or sends it.

    ``bureau`` gives the rules of the offices as they are just now.
    """
    closing = Closing(database=database, clock=clock, bureau=bureau)
    alerting = Alerting(database=database, clock=clock, bureau=bureau, bell=bell, kept=KEPT)
    reckoning = Reckoning(database=database, clock=clock, clockwork=lambda: bureau().clockwork)
    return [
        Tick(
            name="case_reckoning",
            when=IntervalTrigger(seconds=RECKONING_SECONDS),
            act=reckoning.reckon,
        ),
        Tick(
            name="case_alerts",
            when=IntervalTrigger(seconds=ALERT_SECONDS),
            act=alerting.alert,
        ),
        *_hourly(database, clock, closing),
        Tick(
            name="case_unreached",
            when=IntervalTrigger(seconds=FAULT_SECONDS),
            act=partial(note_unreached, database, clock=clock),
        ),
        Tick(
            name="case_notices",
            when=IntervalTrigger(seconds=NOTICE_SECONDS),
            act=partial(tell_due, database, announcer, clock=clock, bell=bell),
        ),
    ]


def _hourly(database: Database, clock: Clock, closing: Closing) -> list[Tick]:
    """What ends with a day's hours, or is to be erased, is seen to within the hour."""
    return [
        Tick(
            name="case_closing",
            when=CronTrigger(minute=10, timezone=VIETNAM),
            act=closing.close,
        ),
        Tick(
            name="case_giving_up",
            when=CronTrigger(minute=40, timezone=VIETNAM),
            act=closing.give_up,
        ),
        Tick(
            name="sealed_erasing",
            when=CronTrigger(minute=50, timezone=VIETNAM),
            act=partial(erase_decided, database, clock),
        ),
    ]


async def tell_due(database: Database, announcer: Announcer, *, clock: Clock, bell: Bell) -> int:
    """Tell who is still to hear of a step of a case; give how many chats are to be woken."""
    async with database.writing() as connection:
        told = await announcer.tell_due(connection, clock.now())
    for address in told:
        bell.ring(address.conversation)
        bell.ring(address.channel)
    return len(told)
