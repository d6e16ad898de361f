"""The ticks of the officials' work: what is due there by the clock."""

from __future__ import annotations

from functools import partial
from typing import Final

from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.casework.taking import expire
from bot.clock import Clock
from bot.conversation.pipeline import Conversation
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

# The bot answers again the moment a take-over ends; only the sentence about it may be this late.
EXPIRY_SECONDS: Final = 20


def casework_ticks(
    database: Database, clock: Clock, bell: Bell, conversation: Conversation
) -> list[Tick]:
    """Give the ticks, which speak in the words of ``conversation`` and ring ``bell``."""

    def ended() -> str:
        return conversation.desk.say("taken_expired")

    return [
        Tick(
            name="expiring",
            when=IntervalTrigger(seconds=EXPIRY_SECONDS),
            act=partial(expire, database, clock, bell, ended),
        )
    ]
