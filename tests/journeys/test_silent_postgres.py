"""PostgreSQL falls silent, without a word that it is gone: nobody waits for it without end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from time import monotonic

import aiohttp
import pytest
from sqlalchemy import make_url

from bot.storage.server import JUST_NOW
from tests.conftest import open_database
from tests.fakes.furnished import telling_little
from tests.fakes.postgres import Postgres
from tests.fakes.program import Program, running
from tests.fakes.silent_line import SilentLine, silent_line

pytestmark = pytest.mark.postgres
# Seconds; the program's own bounds and what a busy machine adds to them.
BOUND = 25


@asynccontextmanager
async def _over_a_line(
    request: pytest.FixtureRequest, postgres: Postgres, folder: Path
) -> AsyncIterator[tuple[Program, SilentLine]]:
    port = request.getfixturevalue("unused_tcp_port_factory")()
    named = make_url(postgres.url)
    async with (
        open_database("postgres", request, folder) as database,
        telling_little(database, folder),
        silent_line(named.host or "127.0.0.1", named.port or 5432) as line,
    ):
        url = named.set(drivername="postgresql", host="127.0.0.1", port=line.port)
        address = url.render_as_string(hide_password=False)
        async with running(folder, port, DATABASE_URL=address) as program:
            yield program, line


async def _said(program: Program, session: str) -> tuple[int, float]:
    started = monotonic()
    body = {"session": session, "text": "khai sinh"}
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(BOUND)) as http,
        http.post(f"{program.url}/chat/messages", json=body) as answer,
    ):
        return answer.status, monotonic() - started


async def _answered(program: Program, session: str) -> bool:
    url = f"{program.url}/chat/replies?session={session}&wait={BOUND}"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status == HTTPStatus.OK and bool((await answer.json())["replies"])


async def _until_ready(program: Program) -> None:
    async with asyncio.timeout(BOUND):
        while True:
            if (await program.readiness())[0] == HTTPStatus.OK:
                return
            await asyncio.sleep(0.2)


async def test_connections_lost_on_the_way_are_replaced_and_everybody_is_answered(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    async with _over_a_line(request, postgres, tmp_path) as (program, line):
        assert await program.asks_on_the_web("khai sinh")
        line.lose_the_open_ones()
        # What was used a moment before it was lost is not asked for a sign of life first.
        await asyncio.sleep(2 * JUST_NOW)
        assert (await _said(program, "later"))[0] == HTTPStatus.ACCEPTED
        assert await _answered(program, "later")
        await _until_ready(program)


async def test_a_silent_server_is_told_as_503_by_readyz_too_and_does_not_hold_up_the_end(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    async with _over_a_line(request, postgres, tmp_path) as (program, line):
        line.fall_silent()
        said = await asyncio.gather(*(_said(program, f"s{one}") for one in range(5)))
        assert {status for status, _ in said} == {HTTPStatus.SERVICE_UNAVAILABLE}
        started = monotonic()
        status, told = await program.readiness()
        assert (status, told["parts"]["database"]) == (503, "TimeoutError")
        assert told["leader"] == "unknown"
        assert monotonic() - started < BOUND
        program.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(program.process.wait(), BOUND)


async def test_it_goes_on_by_itself_when_the_server_answers_again(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    async with _over_a_line(request, postgres, tmp_path) as (program, line):
        line.fall_silent()
        assert (await _said(program, "s"))[0] == HTTPStatus.SERVICE_UNAVAILABLE
        line.come_back()
        await _until_ready(program)
        assert await program.asks_on_the_web("khai sinh")
