"""What was under way when a process was killed: each row it had begun, and how far it had come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import Final

from sqlalchemy import select

from bot.storage.broadcast_tables import deliveries
from bot.storage.database import Database
from broadcasts.models import DeliveryStatus

# Seconds. An answer older than this was surely read, and its ending written down.
JUST_NOW: Final = 2.0


class Stage(StrEnum):
    """How far a begun row had come, as its provider saw it."""

    # Its turn was there and the call let go; nothing arrived.
    LET_GO = "let go"
    # It arrived after the kill: it was on the line.
    ON_THE_LINE = "on the line"
    UNANSWERED = "unanswered"
    # The answer was on its way, or its ending not written yet.
    JUST_ANSWERED = "just answered"
    # None of these: there is no excuse for it.
    LONG_ANSWERED = "answered long before"


@dataclass
class Calls:
    """When the call to each chat came and was answered; chats are written to once."""

    came: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)

    def unanswered(self) -> set[str]:
        return self.came.keys() - self.answered.keys()

    def stage(self, chat: str, at: float) -> Stage:
        """Tell how far the call to a chat had come at a moment."""
        came, answered = self.came.get(chat), self.answered.get(chat)
        if came is None:
            return Stage.LET_GO
        if came > at:
            return Stage.ON_THE_LINE
        if answered is None or answered > at:
            return Stage.UNANSWERED
        return Stage.JUST_ANSWERED if at - answered < JUST_NOW else Stage.LONG_ANSWERED


@dataclass
class Shot:
    """One kill; ``unanswered`` are the calls then at work, ``begun`` the rows it left begun."""

    process: int
    unanswered: Collection[str]
    at: float = field(default_factory=monotonic)
    begun: Mapping[str, Stage] = field(default_factory=dict)

    async def look(self, database: Database, calls: Calls) -> None:
        """See what the dead process left; before anybody else takes its place."""
        self.begun = {
            chat: calls.stage(chat, self.at) for chat in await _begun(database, self.process)
        }

    @property
    def stages(self) -> Counter[Stage]:
        return Counter(self.begun.values())


async def _begun(database: Database, process: int) -> list[str]:
    wanted = select(deliveries.c.address).where(
        deliveries.c.status == DeliveryStatus.SENDING,
        deliveries.c.claimed_by.contains(f":{process}:"),
    )
    async with database.reading() as connection:
        return list((await connection.execute(wanted)).scalars())
