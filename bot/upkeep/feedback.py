"""The ticks of feedback: what is due there by the clock."""

from __future__ import annotations

from functools import partial
from typing import Final

from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.clock import Clock
from bot.handling.noticing import Announcer
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

# Whom a step's own transaction told already does not wait for this.
NOTICE_SECONDS: Final = 5


def feedback_ticks(
    database: Database, clock: Clock, bell: Bell, announcer: Announcer
) -> list[Tick]:
    """Give the ticks; ``announcer`` speaks, ``bell`` wakes whoever shows or sends it."""
    return [
        Tick(
            name="case_notices",
            when=IntervalTrigger(seconds=NOTICE_SECONDS),
            act=partial(tell_due, database, announcer, clock=clock, bell=bell),
        ),
    ]


async def tell_due(database: Database, announcer: Announcer, *, clock: Clock, bell: Bell) -> None:
    """Tell who is still to hear of a step of a case."""
    async with database.writing() as connection:
        told = await announcer.tell_due(connection, clock.now())
    for address in told:
        bell.ring(address.conversation)
        bell.ring(address.channel)
