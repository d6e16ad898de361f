"""The ticks of the officials' work: what is due there by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell
from bot.casework.collecting import REFUSED, UNCHOSEN, collect
from bot.casework.grouping import group_alike
from bot.casework.taking import expire
from bot.casework.telling import Teller, Told, tell_waiting
from bot.casework.zalo.alarming import Alarming
from bot.channels.kept import KEPT
from bot.clock import Clock
from bot.conversation.pipeline import Conversation
from bot.messages import CitizenAddress
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.upkeep.ticking import Tick
from knowledge.layers import lineage

# The bot answers again the moment a take-over ends; only the sentence about it may be this late.
EXPIRY_SECONDS: Final = 20
# Those of an answer whom its own transaction told already do not wait for this.
TELLING_SECONDS: Final = 5
GROUPING_SECONDS: Final = 10
COLLECTING_SECONDS: Final = 20
ZALO_SECONDS: Final = 60


def zalo_ticks(
    database: Database, clock: Clock, bell: Bell, conversation: Conversation, metrics: Metrics
) -> list[Tick]:
    """Give the ticks that watch the offices' accounts of Zalo."""

    def line(office: str) -> Sequence[str]:
        return lineage(conversation.desk.knowledge.snapshot.offices, office)[::-1]

    alarming = Alarming(
        database=database,
        clock=clock,
        bell=bell,
        kept=KEPT,
        lineage=line,
        show=metrics.zalo_alarms.set,
    )
    when = IntervalTrigger(seconds=ZALO_SECONDS)
    return [Tick(name="zalo_alarms", when=when, act=alarming.alarm)]


def casework_ticks(
    database: Database, clock: Clock, bell: Bell, conversation: Conversation
) -> list[Tick]:
    """Give the ticks, which speak in the words of ``conversation`` and ring ``bell``."""

    def ended(address: CitizenAddress) -> str:
        return conversation.speaking_to(address).say_afterwards("taken_expired", address)

    teller = Teller(conversation, kept=KEPT)

    def rarity(term: str) -> float:
        return conversation.desk.knowledge.index.rarity(term)

    def ring(told: Told) -> None:
        told.ring(bell)

    return [
        Tick(
            name="telling",
            when=IntervalTrigger(seconds=TELLING_SECONDS),
            act=partial(tell_waiting, database, teller, clock=clock, ring=ring),
        ),
        Tick(
            name="grouping",
            when=IntervalTrigger(seconds=GROUPING_SECONDS),
            act=partial(group_alike, database, clock=clock, rarity=rarity),
        ),
        *(
            Tick(
                name=f"collecting_{search.kind}",
                when=IntervalTrigger(seconds=COLLECTING_SECONDS),
                act=partial(
                    collect, database, search, clock=clock, desk_of=lambda: conversation.desk
                ),
            )
            for search in (UNCHOSEN, REFUSED)
        ),
        Tick(
            name="expiring",
            when=IntervalTrigger(seconds=EXPIRY_SECONDS),
            act=partial(expire, database, clock, bell, ended),
        ),
    ]
