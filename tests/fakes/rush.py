"""A long broadcast through the real channel to a strict Telegram, while citizens ask."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any, Final

import aiohttp

from bot.channels.errors import SendCode, SendError
from bot.channels.pace.budget import Budget
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.introduction import Introduction
from bot.channels.uploads import Shelf
from bot.delivery.shared_slots import SharedSlots
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority, Reply
from bot.storage.database import create_database
from tests.fakes.shelf import PaperCopies, PaperShelf
from tests.fakes.telegram_rules import TOKEN, Call, Fate, Rules

SAMPLED: Final = 0.05
FIRST_CITIZEN: Final = 5_000_000
CITIZENS: Final = 400


@dataclass
class Strict:
    """A strict Telegram that runs beside."""

    url: str

    async def log(self) -> list[Call]:
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/_log") as answer:
            return [Call(**one | {"fate": Fate(one["fate"])}) for one in await answer.json()]

    async def set_fates(self, **told: Any) -> None:
        async with aiohttp.ClientSession() as http:
            await http.post(f"{self.url}/_fates", json=told)


@asynccontextmanager
async def strict_telegram(port: int, rules: Rules) -> AsyncIterator[Strict]:
    """Run a strict Telegram in a process of its own."""
    command = (sys.executable, "-m", "tests.fakes.telegram_rules", str(port))
    process = await asyncio.create_subprocess_exec(*command, json.dumps(asdict(rules)))
    strict = Strict(f"http://127.0.0.1:{port}")
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    await strict.log()
                    break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
        yield strict
    finally:
        process.terminate()
        await process.wait()


def channel_to(url: str, budget: Budget, shelf: Shelf | None = None) -> TelegramChannel:
    return TelegramChannel(
        TOKEN,
        base_url=url,
        proxy=None,
        introduction=Introduction.read(),
        budget=budget,
        shelf=shelf or PaperShelf(),
        copies=PaperCopies(),
        answers=PaperCopies(),
    )


@dataclass
class Rush:
    """What one process sent, and how long citizens waited; times in seconds.

    ``own`` is what they waited for us: without the silences Telegram asked for, ``silent`` in all,
    in which nobody may be answered.
    """

    waits: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    silent: float = 0.0
    endings: Counter[str] = field(default_factory=Counter)
    allowed: float = 0.0
    began: float = 0.0
    ended: float = 0.0

    @property
    def p95(self) -> float:
        return p95(self.own)


def p95(waits: Iterable[float]) -> float:
    in_order = sorted(waits)
    return in_order[int(0.95 * len(in_order))] if in_order else 0.0


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How much is sent for how long; ``first`` is the first of the broadcast's chats."""

    seconds: float
    first: int = 1
    at_work: int = 40
    replies_per_second: float = 2.0
    seed: int = 1
    per_second: int = 30


async def rush(channel: TelegramChannel, crowd: Crowd) -> Rush:
    """Broadcast as fast as is allowed for so long, and answer whoever asks meanwhile."""
    seen = Rush(began=monotonic())
    seen.ended = seen.began + crowd.seconds
    people = iter(range(crowd.first, sys.maxsize))
    async with asyncio.TaskGroup() as all_of_them:
        for _ in range(crowd.at_work):
            all_of_them.create_task(_broadcast(channel, people, seen.ended, seen))
        all_of_them.create_task(answering(channel, crowd, seen))
    return seen


async def answering(channel: TelegramChannel, crowd: Crowd, seen: Rush) -> None:
    """Answer whoever asks, and note how long they wait, until the rush has ``ended``."""
    async with asyncio.TaskGroup() as both:
        both.create_task(_citizens(channel, crowd, seen.ended, seen))
        both.create_task(_watch(channel, seen.ended, seen))


async def _broadcast(
    channel: TelegramChannel, people: Iterator[int], ends: float, seen: Rush
) -> None:
    """Write to one after the other, as an engine does: again only what surely never left."""
    for number in people:
        while (left := ends - monotonic()) > 0:
            message = _message(number, number, "tin", Priority.BROADCAST, patience=left)
            ending = await _sent(channel, message)
            seen.endings[ending] += 1
            if ending not in (SendCode.NO_TURN, SendCode.RATE_LIMITED, SendCode.UNREACHABLE):
                break
        else:
            return


async def _citizens(channel: TelegramChannel, crowd: Crowd, ends: float, seen: Rush) -> None:
    dice = random.Random(crowd.seed)
    async with asyncio.TaskGroup() as answering:
        number = 0
        while monotonic() < ends:
            await asyncio.sleep(dice.expovariate(crowd.replies_per_second))
            number += 1
            citizen = FIRST_CITIZEN + dice.randrange(CITIZENS)
            answering.create_task(_answer(channel, citizen, number, crowd.seed, seen))


async def _answer(
    channel: TelegramChannel, citizen: int, number: int, seed: int, seen: Rush
) -> None:
    asked, silent = monotonic(), seen.silent
    message = _message(number, citizen, f"đáp {seed}.{number}", Priority.REPLY)
    while (ending := await _sent(channel, message)) in (SendCode.RATE_LIMITED, SendCode.NO_TURN):
        seen.endings[f"reply {ending}"] += 1
        await asyncio.sleep(SAMPLED)
    seen.endings[f"reply {ending}"] += 1
    waited = monotonic() - asked
    seen.waits.append(waited)
    seen.own.append(max(waited - (seen.silent - silent), 0.0))


async def _watch(channel: TelegramChannel, ends: float, seen: Rush) -> None:
    """Sum up how many messages the budget allowed, and how long the silences were."""
    before = monotonic()
    while (now := monotonic()) < ends:
        if channel.silence:
            seen.silent += now - before
        else:
            seen.allowed += channel.rate * (now - before)
        before = now
        await asyncio.sleep(SAMPLED)


async def _sent(channel: TelegramChannel, message: OutgoingMessage) -> str:
    try:
        await channel.send(message)
    except SendError as error:
        return error.code
    return "sent"


def main(url: str, database_url: str, crowd: dict[str, Any]) -> None:
    """Be one of several processes of a bot, and print what was seen."""
    seen = asyncio.run(_among_others(url, database_url, Crowd(**crowd)))
    sys.stdout.write(json.dumps(vars(seen)))


async def _among_others(url: str, database_url: str, crowd: Crowd) -> Rush:
    database = create_database(database_url)
    slots = SharedSlots(database, "telegram:123456", crowd.per_second)
    budget = Budget(crowd.per_second, slots=slots)
    # The first connection lasts.
    await budget.hushed()
    channel = channel_to(url, budget)
    seen = await rush(channel, crowd)
    await channel.close()
    await database.close()
    return seen


def _message(
    number: int, chat: int, text: str, priority: Priority, *, patience: float | None = None
) -> OutgoingMessage:
    return OutgoingMessage(
        id=number,
        address=CitizenAddress(channel=ChannelName.TELEGRAM, user_id=str(chat)),
        reply=Reply(f"{text} {number}"),
        priority=priority,
        patience=patience,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
