"""The program as a process of its own: started, ready, stopped as an operator does."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.fakes.forked import Forked
from tests.fakes.furnished import furnish

# Seconds; of use only where many run their tests on one machine.
PATIENCE = 120


async def _by_command(environment: Mapping[str, str], log: Path) -> asyncio.subprocess.Process:
    with log.open("wb") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=environment, stdout=out, stderr=out
        )


Start = Callable[[Mapping[str, str], Path], Awaitable[asyncio.subprocess.Process | Forked]]
_STARTS: Final[list[Start]] = [_by_command]


@contextmanager
def started_by(start: Start) -> Iterator[None]:
    """Let every program begin in another way, meanwhile."""
    _STARTS.append(start)
    yield
    _STARTS.remove(start)


@dataclass
class Program:
    """A running ``python -m bot serve``."""

    url: str
    log: Path
    process: asyncio.subprocess.Process | Forked

    async def readiness(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as http, http.get(f"{self.url}/readyz") as answer:
            return answer.status, await answer.json()

    async def asks_on_the_web(self, text: str) -> str:
        """Ask in the web chat and give the first reply."""
        body = {"session": "s", "text": text}
        url = f"{self.url}/chat/messages?wait=10"
        async with aiohttp.ClientSession() as http, http.post(url, json=body) as answer:
            assert answer.status == HTTPStatus.OK
            return str((await answer.json())["replies"][0]["text"])

    def events(self, name: str) -> list[dict[str, Any]]:
        """Give the log lines of one event so far."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        read = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in read if line["event"] == name]


@asynccontextmanager
async def running(folder: Path, port: int, **settings: str) -> AsyncIterator[Program]:
    """Run the program with its data in ``folder``; if it was not killed it must stop cleanly.

    An empty folder is furnished first: reading the content takes seconds. Laying out the console
    does too, so it is there for those alone who ask for it.
    """
    furnish(folder)
    told = {"DATA_DIR": str(folder), "PORT": str(port), "CONSOLE": "off", **settings}
    environment = {"PATH": os.defpath, **told}
    # Two programs may share a folder, and none may read the other's words for its own.
    log = folder / f"{port}.log"
    process = await _STARTS[-1](environment, log)
    program = Program(f"http://127.0.0.1:{port}", log, process)
    try:
        await _until_ready(program)
        yield program
    finally:
        if process.returncode is None:
            # Not by the process's own method: of one that was killed just now it would take the
            # ending away from who waits for it.
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
        ended = await asyncio.wait_for(process.wait(), PATIENCE)
    assert ended in (0, -signal.SIGKILL), log.read_text(encoding="utf-8")


async def _until_ready(program: Program) -> None:
    async with asyncio.timeout(PATIENCE):
        while program.process.returncode is None:
            with suppress(aiohttp.ClientError):
                if (await program.readiness())[0] == HTTPStatus.OK:
                    return
            await asyncio.sleep(0.1)
    raise AssertionError(program.log.read_text(encoding="utf-8"))
