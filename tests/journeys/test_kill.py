"""The program is killed in the middle of its work: each message is answered once all the same."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select, update

from bot.messages import IncomingMessage
from bot.storage.database import Database, create_database
from bot.storage.inbox_rows import insert_messages
from bot.storage.tables import inbox, outbox, turns
from tests.conftest import NOON, open_database
from tests.factories import a_citizen, a_message
from tests.fakes.furnished import furnish_little, telling_little
from tests.fakes.postgres import Postgres
from tests.fakes.program import running

MESSAGES = int(os.environ.get("KILL_MESSAGES", "200"))  # noqa: TID251 - benchmarks/ ask for more
SESSIONS = 40
PROCESSES = 3
WAITING = 300
SAID = "đăng ký khai sinh"
QUICK = {"CHAT_RATE_PER_MINUTE": "600"}


async def _say(http: aiohttp.ClientSession, port: int, number: int) -> bool:
    body = {"session": f"s{number % SESSIONS}", "id": f"m{number}", "text": SAID}
    try:
        async with http.post(f"http://127.0.0.1:{port}/chat/messages", json=body) as answer:
            return answer.status == HTTPStatus.ACCEPTED
    except aiohttp.ClientError:
        return False


async def _say_all(ports: Sequence[int], numbers: Sequence[int]) -> set[int]:
    """Say every message to one of the processes; give those that were taken."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as http:
        calls = (_say(http, ports[number % len(ports)], number) for number in numbers)
        taken = await asyncio.gather(*calls)
    return {number for number, ok in zip(numbers, taken, strict=True) if ok}


async def _answered(database: Database) -> int:
    async with database.reading() as connection:
        count = await connection.execute(select(func.count()).select_from(turns))
        return int(count.scalar_one())


async def _until_answered(url: str, count: int = MESSAGES) -> None:
    await _until(url, lambda answered: answered == count)


async def _until_in_the_middle(url: str) -> None:
    enough = random.randint(1, MESSAGES // 2)
    await _until(url, lambda answered: answered >= enough)


async def _until(url: str, reached: Callable[[int], bool]) -> None:
    database = create_database(url)
    async with asyncio.timeout(120):
        while not reached(await _answered(database)):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
    await database.close()


async def _each_once(url: str) -> None:
    database = create_database(url)
    async with database.reading() as connection:
        stored = (await connection.execute(select(inbox.c.external_id))).scalars().all()
        replies = Counter((await connection.execute(select(outbox.c.inbox_id))).scalars())
    await database.close()
    assert len(stored) == len(set(stored)) == MESSAGES
    assert len(replies) == MESSAGES
    assert set(replies.values()) == {1}


async def _claims_run_out(url: str) -> None:
    database = create_database(url)
    async with database.writing() as connection:
        waiting = inbox.c.claimed_until.is_not(None)
        await connection.execute(update(inbox).where(waiting).values(claimed_until=NOON))
    await database.close()


async def test_after_kill_9_each_message_is_answered_once(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    numbers = list(range(MESSAGES))
    url = f"sqlite+aiosqlite:///{furnish_little(tmp_path)}"
    async with running(tmp_path, unused_tcp_port, **QUICK) as program:
        saying = asyncio.create_task(_say_all([unused_tcp_port], numbers))
        await _until_in_the_middle(url)
        program.process.kill()
        taken = await saying
    async with running(tmp_path, unused_tcp_port, **QUICK):
        await _say_all([unused_tcp_port], [one for one in numbers if one not in taken])
        await _until_answered(url)
    await _each_once(url)


@pytest.mark.postgres
async def test_one_of_three_processes_is_killed_and_the_others_finish(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    async with (
        open_database("postgres", request, tmp_path) as database,
        telling_little(database, tmp_path),
    ):
        pass
    numbers = list(range(MESSAGES))
    factory = request.getfixturevalue("unused_tcp_port_factory")
    ports = [factory() for _ in range(PROCESSES)]
    url = postgres.url
    plain = url.replace("postgresql+asyncpg://", "postgresql://")
    async with AsyncExitStack() as stack:
        starts = [running(tmp_path, port, DATABASE_URL=plain, **QUICK) for port in ports]
        programs = await asyncio.gather(*map(stack.enter_async_context, starts))
        saying = asyncio.create_task(_say_all(ports, numbers))
        await _until_in_the_middle(url)
        programs[0].process.kill()
        taken = await saying
        await _say_all(ports[1:], [one for one in numbers if one not in taken])
        await programs[0].process.wait()
        await _claims_run_out(url)
        await _until_answered(url)
    await _each_once(url)


async def test_a_stop_in_the_middle_finishes_what_was_begun_and_leaves_the_rest(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    url = f"sqlite+aiosqlite:///{furnish_little(tmp_path)}"
    database = create_database(url)
    async with database.writing() as connection:
        await insert_messages(connection, [_waiting(number) for number in range(WAITING)])
    async with running(tmp_path, unused_tcp_port) as program:
        async with asyncio.timeout(60):
            while not await _answered(database):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)
        program.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.process.wait(), 20) == 0
        assert len(program.events("stopped")) == 1
    async with database.reading() as connection:
        left = (await connection.execute(select(inbox).where(inbox.c.done.is_(False)))).all()
    assert 0 < len(left) == WAITING - await _answered(database)
    assert {(row.claimed_until, row.attempts) for row in left} == {(None, 0)}
    await database.close()
    async with running(tmp_path, unused_tcp_port):
        await _until_answered(url, WAITING)


def _waiting(number: int) -> IncomingMessage:
    citizen = a_citizen(f"s{number % SESSIONS}")
    return a_message(SAID, external_id=str(number), address=citizen)
