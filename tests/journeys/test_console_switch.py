"""The program serves no console when it is switched off; other journeys go through it."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import aiohttp

from tests.fakes.program import running


async def test_switched_off_there_is_no_console(tmp_path: Path, unused_tcp_port: int) -> None:
    async with (
        running(tmp_path, unused_tcp_port, CONSOLE="off") as program,
        aiohttp.ClientSession() as http,
    ):
        for path, status in (("/console/sign-in", HTTPStatus.NOT_FOUND), ("/", HTTPStatus.OK)):
            async with http.get(f"{program.url}{path}") as answer:
                assert answer.status == status
