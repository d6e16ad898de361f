"""Files and places come to the turn as they were sent, and stay no longer than that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select, update

from bot.bell import Bell
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import Attachment, ChannelName, IncomingMessage, MessageKind, Position, Reply
from bot.metrics import Metrics
from bot.privacy import PersonalData
from bot.storage.database import Database
from bot.storage.tables import inbox as inbox_table
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message

FILE = Attachment(reference="AgAC", media="image/jpeg", size=9)
SENT = replace(
    a_message("ổ gà", kind=MessageKind.PHOTO, address=a_citizen("7", ChannelName.TELEGRAM)),
    attachment=FILE,
    position=Position(latitude=21.02851, longitude=105.8542),
    album="99",
)


@dataclass
class Listening:
    """Answers nothing and remembers what came."""

    came: list[IncomingMessage] = field(default_factory=list)

    def answer(
        self, message: IncomingMessage, state: ConversationState, *, now: datetime
    ) -> TurnResult:
        self.came.append(message)
        return TurnResult(outcome=Outcome.MEDIA, replies=(), state=replace(state, spoken_at=now))


async def _taken(
    database: Database, clock: FrozenClock, message: IncomingMessage, along: str | None = None
) -> IncomingMessage:
    """Store a message, with ``along`` in place of what was sent, and give it as a turn sees it."""
    metrics = Metrics.on(CollectorRegistry())

    def keep(one: IncomingMessage) -> IncomingMessage:
        told = "tố cáo" in one.text
        return replace(one, masked=(PersonalData.DENUNCIATION,)) if told else one

    door = Inbox(database, Bell(), metrics, keep=keep)
    writing = asyncio.create_task(door.writing())
    await door.accept([message])
    writing.cancel()
    if along is not None:
        async with database.writing() as connection:
            await connection.execute(update(inbox_table).values(along=along))
    listening = Listening()
    worker = Worker(
        database,
        listening,
        clock=clock,
        bell=Bell(),
        metrics=metrics,
        apology=Reply("x"),
        kept=frozenset(),
    )
    assert await worker.round() == 1
    (came,) = listening.came
    return came


async def _left(database: Database) -> list[str | None]:
    async with database.reading() as connection:
        return list((await connection.execute(select(inbox_table.c.along))).scalars())


async def test_what_went_along_comes_to_the_turn_and_is_then_forgotten(
    database: Database, clock: FrozenClock
) -> None:
    came = await _taken(database, clock, SENT)
    assert came == SENT
    assert await _left(database) == [None]


async def test_a_file_that_goes_with_a_denunciation_is_not_kept_at_all(
    database: Database, clock: FrozenClock
) -> None:
    came = await _taken(database, clock, replace(SENT, text="tố cáo ông ấy"))
    assert came.attachment is None


async def test_words_alone_have_nothing_along(database: Database, clock: FrozenClock) -> None:
    came = await _taken(database, clock, a_message())
    assert (came.attachment, came.position, came.album) == (None, None, "")


@pytest.mark.parametrize("along", ["{", "[]", '{"attachment":{"colour":1}}', '{"position":[1]}'])
async def test_what_another_release_wrote_costs_nobody_the_words(
    database: Database, clock: FrozenClock, along: str
) -> None:
    came = await _taken(database, clock, SENT, along)
    assert (came.text, came.attachment) == ("ổ gà", None)
