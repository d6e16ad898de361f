"""A citizen who chats with the whole bot over a database, without a channel between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from prometheus_client import CollectorRegistry
from sqlalchemy import select

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.conversation.pipeline import Conversation
from bot.intake.worker import Worker
from bot.messages import ChannelName, MessageKind, Reply
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages
from bot.storage.tables import outbox
from broadcasts.reading import topics
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.console import little_desk

NUMBERS = count(1)


@dataclass
class Chatting:
    """Says things and reads what is answered."""

    database: Database
    clock: FrozenClock
    bot: Conversation
    worker: Worker

    async def says(
        self,
        *said: str,
        user: str = "nam",
        channel: ChannelName = ChannelName.WEB,
        kind: MessageKind = MessageKind.TEXT,
    ) -> str:
        """Say one thing after another; give the last reply, empty when there is none."""
        row = 0
        for text in said:
            number = next(NUMBERS)
            message = a_message(
                text, external_id=f"c{number}", address=a_citizen(user, channel), kind=kind
            )
            kept = self.bot.kept(replace(message, received_at=self.clock.now()))
            async with self.database.writing() as connection:
                (row,) = (await insert_messages(connection, [kept])).rows.values()
            await self.worker.round()
        async with self.database.reading() as connection:
            wanted = select(outbox.c.text).where(outbox.c.inbox_id == row).order_by(outbox.c.seq)
            return "\n".join((await connection.execute(wanted)).scalars())


def chatting(database: Database, clock: FrozenClock) -> Chatting:
    """Let citizens chat with a bot over ``database``."""
    bot = Conversation(replace(little_desk(), topics=topics()))
    worker = Worker(
        database,
        bot,
        clock=clock,
        bell=Bell(),
        metrics=Metrics.on(CollectorRegistry()),
        apology=Reply("Xin lỗi"),
        kept=KEPT,
    )
    return Chatting(database, clock, bot, worker)
