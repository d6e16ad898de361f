"""The ticks of news: what is due there by the clock."""

from __future__ import annotations

from functools import partial
from typing import Final

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.clock import VIETNAM, Clock
from bot.conversation.pipeline import Conversation
from bot.newsroom.dispatch import dispatch
from bot.newsroom.fulfilling import fulfil
from bot.newsroom.realm import Realm
from bot.newsroom.reminding import Reminding
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

DISPATCH_SECONDS: Final = 5
FULFIL_SECONDS: Final = 30


def news_ticks(
    database: Database, clock: Clock, conversation: Conversation, bell: Bell
) -> list[Tick]:
    """Give the ticks, which go by the offices of ``conversation`` and what they have set."""

    def realm() -> Realm:
        return Realm.of(conversation.desk.knowledge.snapshot, conversation.stood)

    return [
        Tick(
            name="dispatch",
            when=IntervalTrigger(seconds=DISPATCH_SECONDS),
            act=partial(dispatch, database, clock, realm),
        ),
        Tick(
            name="fulfil",
            when=IntervalTrigger(seconds=FULFIL_SECONDS),
            act=partial(fulfil, database, clock),
        ),
        # In the morning, when people plan their day.
        Tick(
            name="remind",
            when=CronTrigger(hour=8, minute=5, timezone=VIETNAM),
            act=Reminding(database, clock, bell=bell, kept=KEPT).remind,
        ),
    ]
