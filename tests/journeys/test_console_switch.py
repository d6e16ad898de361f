"""The program serves the console beside the chat, unless it is switched off."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.program import running


@pytest.mark.parametrize(
    ("switch", "status"), [("on", HTTPStatus.OK), ("off", HTTPStatus.NOT_FOUND)]
)
async def test_the_console_is_there_when_it_is_on(
    tmp_path: Path, unused_tcp_port: int, switch: str, status: HTTPStatus
) -> None:
    async with (
        running(tmp_path, unused_tcp_port, CONSOLE=switch) as program,
        aiohttp.ClientSession() as http,
    ):
        for path, wanted in (("/console/sign-in", status), ("/", HTTPStatus.OK)):
            async with http.get(f"{program.url}{path}") as answer:
                assert answer.status == wanted
