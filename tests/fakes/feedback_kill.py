"""Citizens file cases and officers answer them while both programs are killed at random.

A case is acknowledged when its reference was read in the chat, an act when its process said it was
stored. Compared afterwards: what was acknowledged is there, once; who waits heard of each step
once.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import aiohttp
from sqlalchemy import func, select, update

from bot.feedback.moves import Act
from bot.feedback.reference import Unread, read_reference, shown
from bot.officials.models import Role
from bot.storage.database import Database, create_database
from bot.storage.feedback_tables import cases, events
from bot.storage.tables import inbox, outbox
from bot.vault.keyring import new_key
from tests.conftest import FrozenClock
from tests.fakes.answering_cases import OFFICE
from tests.fakes.chambers import Chamber
from tests.fakes.program import running

PATIENCE: Final = 120.0
MOST_TURNS: Final = 60
VISITORS: Final = 3
_REFERENCE: Final = re.compile(r"PA-\w{4}-\w{4}-\w")
# What is pressed of what is offered; anything else asked is answered in words.
_PRESSED: Final = (
    *("b:begin", ":notice:agree", ":photo:none", ":call:no", ":near:other", ":when:days"),
    ":summary:send",
)
_TOLD: Final = {Act.ASSIGN: "đã giao", Act.ANSWER: "đã xử lý xong"}


@dataclass
class Verdict:
    """What came of it; every list is to be empty."""

    filed: list[str] = field(default_factory=list)
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    told_twice: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Name everything that must not be."""
        found = {
            "lost": self.lost,
            "filed twice": self.doubled,
            "not told": self.untold,
            "told twice": self.told_twice,
            "acts that were said to be stored and are not": self.undone,
        }
        return [f"{fault}: {which}" for fault, which in found.items() if which]

    def __str__(self) -> str:
        return (
            f"{len(self.filed)} cases acknowledged, {sum(self.acts.values())} acts, kills: "
            f"{dict(self.kills)}; {len(self.lost)} lost, {len(self.doubled)} filed twice, "
            f"{len(self.untold)} not told, {len(self.told_twice)} told twice, "
            f"{len(self.undone)} acts gone"
        )


@dataclass
class Citizen:
    """Files one matter in a chat of its own; whatever breaks off is said again."""

    url: str
    name: str

    async def files(self, http: aiohttp.ClientSession) -> str:
        """Go on until the reference is read."""
        said = {"text": f"rác đổ đầy đầu ngõ {self.name} thôn Đông mấy hôm nay không ai dọn"}
        for _ in range(MOST_TURNS):
            reply = await self._heard(http, said)
            if found := _REFERENCE.search(reply["text"]):
                return found[0]
            offered = [one["value"] for one in reply.get("choices", ())]
            pressed = (one for end in _PRESSED for one in offered if one.endswith(end))
            press = next(pressed, "")
            said = {"choice": press} if press else {"text": f"đầu ngõ {self.name}"}
        raise AssertionError(f"{self.name} never got a reference; said last: {said}")

    async def _heard(self, http: aiohttp.ClientSession, said: dict[str, str]) -> dict[str, Any]:
        while True:
            reply = await self._say(http, said)
            if reply is not None:
                return reply

    async def _say(
        self, http: aiohttp.ClientSession, said: dict[str, str]
    ) -> dict[str, Any] | None:
        """Give the last reply; nothing when the program was not there."""
        body = {"session": self.name, **said}
        with suppress(aiohttp.ClientError, TimeoutError):
            async with http.post(f"{self.url}/chat/messages?wait=10", json=body) as answer:
                if answer.status == 200:
                    replies = (await answer.json())["replies"]
                    return dict(replies[-1]) if replies else None
        await asyncio.sleep(0.2)
        return None


async def kill_feedback(folder: Path, url: str, port: int, *, matters: int, kills: int) -> Verdict:
    """File and answer ``matters`` or more, until both programs were killed ``kills`` times in all.

    ``url`` is an empty PostgreSQL: an embedded file is served by one process alone.
    """
    database = create_database(url)
    verdict = Verdict()
    await Chamber(database, FrozenClock()).hire("minh", Role.APPROVER, OFFICE)
    over = asyncio.Event()
    tasks = [
        asyncio.create_task(_serving(folder, url, port, verdict, kills // 2, over)),
        asyncio.create_task(_answering(url, verdict, kills - kills // 2, over)),
    ]
    async with asyncio.timeout(PATIENCE * (1 + kills)):
        here = f"http://127.0.0.1:{port}"
        await _filed(here, matters, verdict, lambda: verdict.kills.total() < kills)
        await _all_answered(database, verdict)
    over.set()
    await asyncio.gather(*tasks)
    await _compare(database, verdict)
    await database.close()
    return verdict


async def _filed(
    url: str, matters: int, verdict: Verdict, is_going_on: Callable[[], bool]
) -> None:
    """File ``matters``, and further ones as long as it is going on."""
    numbers = count()

    async def visitor(http: aiohttp.ClientSession) -> None:
        while (number := next(numbers)) < matters or is_going_on():
            verdict.filed.append(await Citizen(url, f"n{number}").files(http))

    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(visitor(http) for _ in range(VISITORS)))


async def _serving(
    folder: Path, url: str, port: int, verdict: Verdict, kills: int, over: asyncio.Event
) -> None:
    plain = url.replace("postgresql+asyncpg://", "postgresql://")
    database = create_database(url)
    keys = {"DATA_KEYS": new_key("a"), "SEALED_KEYS": new_key("b")}
    while not over.is_set():
        async with running(folder, port, DATABASE_URL=plain, **keys) as program:
            if kills:
                await _a_moment(over, 0.2, 3.0)
                if not over.is_set():
                    kills -= 1
                    verdict.kills["serving"] += 1
                    program.process.send_signal(signal.SIGKILL)
                    await program.process.wait()
                    await _let_its_claims_run_out(database)
            else:
                await over.wait()
    await database.close()


async def _let_its_claims_run_out(database: Database) -> None:
    """Let the minute pass for which nobody takes up what the dead program was at."""
    async with database.writing() as connection:
        for claims in (inbox, outbox):
            held = claims.c.claimed_until.is_not(None)
            gone = {claims.c.claimed_until: func.now()}
            await connection.execute(update(claims).where(held).values(gone))


async def _answering(url: str, verdict: Verdict, kills: int, over: asyncio.Event) -> None:
    while not over.is_set():
        async with _answerer(url, verdict) as process:
            if kills:
                await _a_moment(over, 1.5, 4.0)
                kills -= 1
                verdict.kills["answering"] += 1
            else:
                await over.wait()
            with suppress(ProcessLookupError):
                process.kill()


@asynccontextmanager
async def _answerer(url: str, verdict: Verdict) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.answering_cases", url),
        env={"PATH": os.defpath},
        stdout=PIPE,
    )
    listening = asyncio.create_task(_listen(process, verdict))
    yield process
    await process.wait()
    await listening


async def _listen(process: Process, verdict: Verdict) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        # A line cut by the kill was not said.
        if line.endswith(b"\n"):
            state, reference = line.decode().split()
            verdict.acts[state, reference] += 1


async def _a_moment(over: asyncio.Event, least: float, most: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), random.uniform(least, most))


async def _all_answered(database: Database, verdict: Verdict) -> None:
    while True:
        async with database.reading() as connection:
            states = await connection.execute(select(cases.c.state))
        if all(state == "answered" for state in states.scalars()) and verdict.filed:
            return
        await asyncio.sleep(0.3)


async def _compare(database: Database, verdict: Verdict) -> None:
    async with database.reading() as connection:
        stored = (await connection.execute(select(cases))).all()
        done = (await connection.execute(select(events))).all()
        said = (await connection.execute(select(outbox).where(outbox.c.author == "office"))).all()
    by_reference = {row.reference: row for row in stored}
    for reference in verdict.filed:
        read = read_reference(reference)
        if isinstance(read, Unread) or read not in by_reference:
            verdict.lost.append(reference)
    matter = Counter(row.conversation for row in stored)
    verdict.doubled = [talk for talk, times in matter.items() if times > 1]
    if len(stored) < len(verdict.filed):
        verdict.lost.append(f"{len(verdict.filed) - len(stored)} of the matters")
    acts = {(row.case, row.did) for row in done}
    names = {"received": Act.ASSIGN, "assigned": Act.BEGIN, "in_progress": Act.ANSWER}
    verdict.undone = [
        f"{state} {reference}"
        for state, reference in verdict.acts
        if (by_reference[reference].id, names[state]) not in acts
    ]
    for row in stored:
        for act, words in _TOLD.items():
            times = sum(
                one.conversation == row.conversation
                and words in one.text
                and shown(row.reference) in one.text
                for one in said
            )
            if times != 1:
                (verdict.untold if not times else verdict.told_twice).append(
                    f"{act} {row.reference}"
                )
