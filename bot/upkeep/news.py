"""The ticks of news: what is due there by the clock."""

from __future__ import annotations

from functools import partial
from typing import Final

from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock
from bot.conversation.pipeline import Conversation
from bot.newsroom.dispatch import dispatch
from bot.newsroom.realm import Realm
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

DISPATCH_SECONDS: Final = 5


def news_ticks(database: Database, clock: Clock, conversation: Conversation) -> list[Tick]:
    """Give the ticks, which go by the offices of ``conversation`` and what they have set."""

    def realm() -> Realm:
        return Realm.of(conversation.desk.knowledge.snapshot, conversation.stood)

    return [
        Tick(
            name="dispatch",
            when=IntervalTrigger(seconds=DISPATCH_SECONDS),
            act=partial(dispatch, database, clock, realm),
        )
    ]
