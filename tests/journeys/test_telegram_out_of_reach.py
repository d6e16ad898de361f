"""Telegram cannot be reached: the program serves everybody else and says so without shouting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.furnished import furnish_little
from tests.fakes.program import Program, running
from tests.fakes.telegram import TOKEN, FakeTelegram

# Long enough for some more tries, none of which is worth a word.
SECONDS = 2


@pytest.fixture
def ports(unused_tcp_port_factory: Callable[[], int]) -> tuple[int, int]:
    return unused_tcp_port_factory(), unused_tcp_port_factory()


async def test_the_web_chat_goes_on_and_telegram_is_answered_when_it_comes(
    tmp_path: Path, ports: tuple[int, int]
) -> None:
    mine, theirs = ports
    url = f"http://127.0.0.1:{theirs}"
    async with running(tmp_path, mine, TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=url) as program:
        assert "KHAI SINH" in await program.asks_on_the_web("làm giấy khai sinh cần gì")
        await _until_told(program, "unreachable")
        await asyncio.sleep(SECONDS)
        status, told = await program.readiness()
        assert (status, told["channels"]) == (HTTPStatus.OK, {"telegram": "unreachable"})
        failures = program.events("channel_fails")
        assert {one["way"] for one in failures} == {"receive"}
        assert len(failures) == 1
        fake = await _tries_of(program, theirs)
    assert len(fake.sent) == 1
    assert TOKEN not in program.log.read_text(encoding="utf-8")


async def _tries_of(program: Program, port: int) -> FakeTelegram:
    """Bring Telegram up with a question waiting there, and see it answered."""
    fake = FakeTelegram()
    fake.says("xin chào")
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", fake.call)
    async with TestServer(app, port=port), asyncio.timeout(60):
        while not fake.sent or not program.events("channel_works_again"):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await _until_told(program, "ok")
    return fake


async def _until_told(program: Program, state: str) -> None:
    """Wait until the program says of Telegram that it is in this ``state``."""
    async with asyncio.timeout(60):
        while (await program.readiness())[1]["channels"] != {"telegram": state}:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_tries_come_later_and_later(tmp_path: Path, unused_tcp_port: int) -> None:
    furnish_little(tmp_path)
    moments: list[float] = []
    loop = asyncio.get_running_loop()

    async def slam(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        moments.append(loop.time())
        writer.close()

    server = await asyncio.start_server(slam, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": url}
    async with (
        server,
        running(tmp_path, unused_tcp_port, **telegram) as program,
        asyncio.timeout(60),
    ):
        while len(moments) < 5:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
        assert len(program.events("channel_fails")) == 1
    # Two ways try side by side; with one second between all tries it would be two seconds.
    assert moments[4] - moments[0] > 2.5
