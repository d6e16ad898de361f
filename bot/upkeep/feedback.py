"""The ticks of feedback: what is due there by the clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.casework.deeds import CLOCKWORK
from bot.channels.kept import KEPT
from bot.clock import VIETNAM, Clock
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import Purpose
from bot.handling.alerting import Alerting
from bot.handling.bureau import Bureau
from bot.handling.closing import Closing
from bot.handling.keeping import Keeping
from bot.handling.noticing import Announcer
from bot.handling.old_rows import ENDINGS
from bot.handling.reckoning import Reckoning
from bot.handling.unreached import note_unreached
from bot.storage.database import Database
from bot.upkeep.retention import trust
from bot.upkeep.ticking import Tick

# Whom a step's own transaction told already does not wait for this.
NOTICE_SECONDS: Final = 5
# Each is a transaction of its own; what is still left then follows with the next tick.
NOTICE_PORTIONS: Final = 50
FAULT_SECONDS: Final = 30
ALERT_SECONDS: Final = 60
# At this hour all that is old is looked for, else what is to go within the hour.
NIGHT: Final = 2
SOON: Final = (Purpose.PHOTO, Purpose.SEALED)
# Costs nothing while nothing was changed.
RECKONING_SECONDS: Final = 2


def feedback_ticks(
    database: Database,
    clock: Clock,
    bell: Bell,
    announcer: Announcer,
    bureau: Callable[[], Bureau],
    times: Callable[[], OfficeTimes],
) -> list[Tick]:
    """Give the ticks; ``announcer`` speaks, ``bell`` wakes whoever shows or sends it.

    ``bureau`` and ``times`` give the rules of the offices as they are just now.
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
        *_hourly(closing, Keeping(database=database, clock=clock, times=times)),
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


def _hourly(closing: Closing, keeping: Keeping) -> list[Tick]:
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
            name="data_keeping",
            when=CronTrigger(minute=50, timezone=VIETNAM),
            act=partial(keep, keeping),
        ),
    ]


async def keep(keeping: Keeping) -> int:
    """Erase what is to go within the hour, and in the night all that is old; give how much.

    Raises:
        ClockDoubted: the clock cannot be trusted, so nothing is erased by it.
    """
    now = keeping.clock.now()
    await trust(keeping.database, now)
    by_night = now.astimezone(VIETNAM).hour == NIGHT or await keeping.is_missed()
    gone = await keeping.erase(CLOCKWORK, ENDINGS if by_night else SOON)
    return sum(one.count for one in gone)


async def tell_due(database: Database, announcer: Announcer, *, clock: Clock, bell: Bell) -> int:
    """Tell who is still to hear of a step of a case; give how many chats are to be woken."""
    woken = 0
    for _ in range(NOTICE_PORTIONS):
        async with database.writing() as connection:
            told = await announcer.tell_due(connection, clock.now())
        for address in told.chats:
            bell.ring(address.conversation)
            bell.ring(address.channel)
        woken += len(told.chats)
        if told.is_last:
            break
    return woken
