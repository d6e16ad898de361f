"""What the image says of itself holds on the program: its health check."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.web.app import create_app
from tests.fakes.house import PaperHouse

DOCKERFILE = (Path(__file__).parents[2] / "Dockerfile").read_text(encoding="utf-8")


def _health_check() -> list[str]:
    joined = DOCKERFILE.replace("\\\n", "")
    found = re.search(r"^HEALTHCHECK .*?CMD (\[.*\])$", joined, re.MULTILINE)
    assert found
    command: list[str] = json.loads(found[1])
    assert command[0] == "python"
    return [sys.executable, *command[1:]]


async def _healthy(port: int | None) -> bool:
    # A proxy that the engine set for its containers must not be asked.
    environment = {"PATH": os.defpath, "PORT": str(port), "http_proxy": "http://127.0.0.1:9"}
    check = await asyncio.create_subprocess_exec(
        *_health_check(), env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    return await check.wait() == 0


@pytest.mark.parametrize(("fault", "healthy"), [("", True), ("OperationalError", False)])
async def test_the_health_check_tells_ready_from_not_ready(fault: str, healthy: bool) -> None:
    paper = PaperHouse(parts={"database": fault})
    async with TestServer(create_app(paper)) as server:
        assert await _healthy(server.port) is healthy


async def test_the_health_check_fails_where_nothing_listens(unused_tcp_port: int) -> None:
    assert not await _healthy(unused_tcp_port)
