"""The program is killed in the middle of its work and started again: each is answered once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from http import HTTPStatus
from pathlib import Path

import aiohttp
from sqlalchemy import select

from bot.storage.database import create_database
from bot.storage.tables import inbox, outbox, turns
from tests.fakes.program import running

MESSAGES = int(os.environ.get("KILL_MESSAGES", "300"))  # noqa: TID251 - benchmarks/ ask for more
SESSIONS = 40


async def _say(http: aiohttp.ClientSession, port: int, number: int) -> bool:
    body = {"session": f"s{number % SESSIONS}", "id": f"m{number}", "text": "mở quán cà phê"}
    try:
        async with http.post(f"http://127.0.0.1:{port}/chat/messages", json=body) as answer:
            return answer.status == HTTPStatus.ACCEPTED
    except aiohttp.ClientError:
        return False


async def _say_all(port: int, numbers: list[int]) -> list[int]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as http:
        taken = await asyncio.gather(*(_say(http, port, number) for number in numbers))
    return [number for number, ok in zip(numbers, taken, strict=True) if ok]


async def test_after_kill_9_each_message_is_answered_once(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    numbers = list(range(MESSAGES))
    async with running(tmp_path, unused_tcp_port, CHAT_RATE_PER_MINUTE="600") as program:
        saying = asyncio.create_task(_say_all(unused_tcp_port, numbers))
        await asyncio.sleep(0.6)
        program.process.kill()
        taken = set(await saying)
    async with running(tmp_path, unused_tcp_port, CHAT_RATE_PER_MINUTE="600"):
        await _say_all(unused_tcp_port, [number for number in numbers if number not in taken])
        await _until_answered(tmp_path)
    database = create_database(f"sqlite+aiosqlite:///{tmp_path / 'hanhchinh.sqlite3'}")
    async with database.reading() as connection:
        stored = (await connection.execute(select(inbox.c.external_id))).scalars().all()
        replies = Counter((await connection.execute(select(outbox.c.inbox_id))).scalars())
    await database.close()
    assert len(stored) == len(set(stored)) == MESSAGES
    assert len(replies) == MESSAGES
    assert set(replies.values()) == {1}


async def _until_answered(folder: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{folder / 'hanhchinh.sqlite3'}")
    async with asyncio.timeout(60):
        while True:
            async with database.reading() as connection:
                answered = (await connection.execute(select(turns.c.inbox_id))).all()
            if len(answered) == MESSAGES:
                break
            await asyncio.sleep(0.2)
    await database.close()


async def test_a_clean_stop_ends_with_zero(tmp_path: Path, unused_tcp_port: int) -> None:
    async with running(tmp_path, unused_tcp_port, CHAT_RATE_PER_MINUTE="600") as program:
        await _say_all(unused_tcp_port, list(range(20)))
        program.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.process.wait(), 10) == 0
