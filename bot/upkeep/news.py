"""The ticks of news: what is due there by the clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.clock import VIETNAM, Clock
from bot.conversation.pipeline import Conversation
from bot.newsroom.carrying_out import carry_out
from bot.newsroom.clearing import clear_days_off
from bot.newsroom.deployment import Deployment
from bot.newsroom.dispatch import dispatch
from bot.newsroom.fulfilling import fulfil
from bot.newsroom.realm import Realm
from bot.newsroom.reminding import Reminding
from bot.storage.database import Database
from bot.upkeep.ticking import Tick

DISPATCH_SECONDS: Final = 5
CARRY_OUT_SECONDS: Final = 2
FULFIL_SECONDS: Final = 30
REMIND_HOURS: Final = "8-16"


def realm_in_use(conversation: Conversation, deployment: Deployment) -> Realm:
    """Give the offices of ``conversation`` and what they have set just now; see ``Realm``."""
    snapshot = conversation.desk.knowledge.snapshot
    return Realm.of(snapshot, conversation.stood, deployment=deployment)


def news_ticks(
    database: Database, clock: Clock, realm: Callable[[], Realm], bell: Bell
) -> list[Tick]:
    """Give the ticks, which go by what ``realm`` gives each time."""
    return [
        Tick(
            name="dispatch",
            when=IntervalTrigger(seconds=DISPATCH_SECONDS),
            act=partial(dispatch, database, clock, realm),
        ),
        Tick(
            name="carry_out",
            when=IntervalTrigger(seconds=CARRY_OUT_SECONDS),
            act=partial(carry_out, database, clock, realm),
        ),
        Tick(
            name="fulfil",
            when=IntervalTrigger(seconds=FULFIL_SECONDS),
            act=partial(fulfil, database, clock),
        ),
        # Before officers are reminded of what is proposed.
        Tick(
            name="clear_days_off",
            when=CronTrigger(minute=0, timezone=VIETNAM),
            act=partial(clear_days_off, database, clock, realm),
        ),
        # In the morning, when people plan their day; again within office hours for a morning on
        # which nobody led.
        Tick(
            name="remind",
            when=CronTrigger(hour=REMIND_HOURS, minute=5, timezone=VIETNAM),
            act=Reminding(database, clock, bell=bell, kept=KEPT).remind,
        ),
    ]
