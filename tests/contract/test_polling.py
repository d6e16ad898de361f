"""Polling on both databases: nothing is confirmed before it is stored, and one alone asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select, text

from bot.bell import Bell
from bot.channels.errors import NotFetched, SendCode
from bot.channels.port import Batch
from bot.clock import Clock
from bot.intake.inbox import Inbox
from bot.intake.polling import FIRST_PAUSE, Polling
from bot.messages import ChannelName, OutgoingMessage
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.errors import NotStored
from bot.storage.tables import inbox as inbox_table
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message


@dataclass
class ScriptedProvider:
    """Holds numbered messages; remembers the cursors it was asked with."""

    waiting: dict[int, str] = field(default_factory=dict)
    cursors: list[int] = field(default_factory=list)
    fault: NotFetched | None = None
    name = ChannelName.TELEGRAM

    async def send(self, message: OutgoingMessage) -> str:
        return str(message.id)

    async def fetch(self, cursor: int, clock: Clock) -> Batch:  # noqa: ARG002
        self.cursors.append(cursor)
        if self.fault:
            raise self.fault
        found = {number: said for number, said in self.waiting.items() if number >= cursor}
        messages = [
            a_message(said, external_id=str(number), address=a_citizen("7", self.name))
            for number, said in found.items()
        ]
        return Batch(messages=tuple(messages), cursor=max(found, default=cursor - 1) + 1)


@pytest.fixture
async def inbox(database: Database) -> AsyncIterator[Inbox]:
    kept = Inbox(database, Bell(), Metrics.on(CollectorRegistry()))
    writing = asyncio.create_task(kept.writing())
    yield kept
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def _stored(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(select(inbox_table.c.text))).scalars())


async def test_a_batch_is_confirmed_once_it_is_stored(
    database: Database, inbox: Inbox, clock: FrozenClock
) -> None:
    provider = ScriptedProvider({5: "một", 6: "hai"})
    polling = Polling(provider, inbox, clock, leads=lambda: True)
    assert [await polling.once() for _ in range(2)] == [2, 0]
    assert provider.cursors == [0, 7]
    assert await _stored(database) == ["một", "hai"]


async def test_what_no_database_can_write_holds_up_nobody(
    database: Database, inbox: Inbox, clock: FrozenClock
) -> None:
    provider = ScriptedProvider({5: "một", 6: "\ud800", 7: "ba"})
    polling = Polling(provider, inbox, clock, leads=lambda: True)
    async with asyncio.timeout(20):
        assert [await polling.once() for _ in range(2)] == [3, 0]
    assert await _stored(database) == ["một", "ba"]


async def test_what_could_not_be_stored_is_fetched_again(
    database: Database, inbox: Inbox, clock: FrozenClock
) -> None:
    provider = ScriptedProvider({5: "một"})
    polling = Polling(provider, inbox, clock, leads=lambda: True)
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    with pytest.raises(NotStored):
        await polling.once()
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    assert await polling.once() == 1
    assert provider.cursors == [0, 0]
    assert await _stored(database) == ["một"]


async def _run(polling: Polling, until: Callable[[], bool]) -> None:
    stopping = asyncio.Event()
    running = asyncio.create_task(polling.polling(stopping))
    async with asyncio.timeout(10):
        while not until():  # noqa: ASYNC110 - the provider's side is the only sign
            await asyncio.sleep(0.01)
    stopping.set()
    await running


async def test_only_the_leader_asks(inbox: Inbox, clock: FrozenClock) -> None:
    provider, looks = ScriptedProvider(), 0

    def leads() -> bool:
        nonlocal looks
        looks += 1
        assert looks == 1 or provider.cursors == []
        return looks > 1

    await _run(Polling(provider, inbox, clock, leads=leads), lambda: len(provider.cursors) == 1)
    assert looks >= 2


async def test_a_pause_the_provider_wishes_is_kept(inbox: Inbox, clock: FrozenClock) -> None:
    fault = NotFetched(SendCode.RATE_LIMITED, retry_after=2 * FIRST_PAUSE)
    provider = ScriptedProvider(fault=fault)
    moments: list[float] = []

    def leads() -> bool:
        moments.append(asyncio.get_running_loop().time())
        return True

    await _run(Polling(provider, inbox, clock, leads=leads), lambda: len(moments) == 2)
    assert moments[1] - moments[0] >= 1.9 * FIRST_PAUSE


async def test_after_a_failure_it_asks_less_and_less(inbox: Inbox, clock: FrozenClock) -> None:
    provider = ScriptedProvider(fault=NotFetched(SendCode.UNREACHABLE))
    moments: list[float] = []

    def leads() -> bool:
        moments.append(asyncio.get_running_loop().time())
        return True

    await _run(Polling(provider, inbox, clock, leads=leads), lambda: len(moments) == 3)
    assert moments[1] - moments[0] >= 0.9
    assert moments[2] - moments[1] >= 1.9
