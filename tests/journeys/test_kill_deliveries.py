"""The program is killed while it sends: no reply goes out twice, none is lost without a word."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select, update

from bot.storage.database import Database, create_database
from bot.storage.tables import OutboxStatus, outbox
from tests.conftest import NOON
from tests.fakes.furnished import furnish_little
from tests.fakes.program import running
from tests.fakes.telegram import TOKEN, FakeTelegram

CITIZENS = 80
UNDER_WAY = (OutboxStatus.CREATED, OutboxStatus.SENDING)


class SlowTelegram(FakeTelegram):
    """Thinks a while before it shows a message, as the real one may."""

    async def call(self, request: web.Request) -> web.Response:
        response = await super().call(request)
        if request.match_info["method"] == "sendMessage":
            await asyncio.sleep(random.uniform(0.05, 0.2))
        return response


async def _states(database: Database) -> dict[str, str]:
    """Give what became of each citizen's reply."""
    async with database.reading() as connection:
        rows = await connection.execute(select(outbox.c.user_id, outbox.c.status))
    return {row.user_id: row.status for row in rows}


async def _until_settled(database: Database) -> None:
    async with asyncio.timeout(60):
        while True:
            states = await _states(database)
            if len(states) == CITIZENS and not {*UNDER_WAY} & {*states.values()}:
                return
            await asyncio.sleep(0.1)


async def _claims_run_out(database: Database) -> None:
    async with database.writing() as connection:
        sending = outbox.c.status == OutboxStatus.SENDING
        await connection.execute(update(outbox).where(sending).values(claimed_until=NOON))


async def test_after_kill_9_no_reply_is_sent_twice_and_what_is_in_doubt_is_marked(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    url = f"sqlite+aiosqlite:///{furnish_little(tmp_path)}"
    fake = SlowTelegram()
    for user in range(1, CITIZENS + 1):
        fake.says("xin chào", user)
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", fake.call)
    async with TestServer(app) as server:
        told = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": str(server.make_url("")).rstrip("/")}
        killed_after = random.randint(1, CITIZENS // 2)
        async with running(tmp_path, unused_tcp_port, **told) as program:
            async with asyncio.timeout(60):
                while len(fake.sent) < killed_after:  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.005)
            program.process.kill()
        database = create_database(url)
        await _claims_run_out(database)
        async with running(tmp_path, unused_tcp_port, **told):
            await _until_settled(database)
        states = await _states(database)
        await database.close()
    received = Counter(str(one["chat_id"]) for one in fake.sent)
    assert set(received.values()) == {1}
    assert set(states.values()) <= {OutboxStatus.SENT, OutboxStatus.UNCERTAIN}
    missing = {user for user in states if user not in received}
    assert {states[user] for user in missing} <= {OutboxStatus.UNCERTAIN}
    assert OutboxStatus.UNCERTAIN in states.values()
