"""The program in a process that need not read its modules first: most of a start goes into them.

One process has read them and splits off a new one for each start (``multiprocessing``'s fork
server): with settings, log, threads, connections and an end of its own, ``kill -9`` too. How
``python -m bot`` comes to itself from nothing is tested in ``integration/test_beginning.py``.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.fakes.read_ahead"])
# Seconds between two looks whether it has ended.
LOOK_EVERY: Final = 0.02


class Forked:
    """Stands where ``asyncio.subprocess.Process`` does."""

    def __init__(self, process: ForkServerProcess) -> None:
        """Take over a process that was started."""
        assert process.pid
        self.pid: int = process.pid
        self._process = process

    @property
    def returncode(self) -> int | None:
        """How it ended; of one that was killed the signal, below nought."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Wait for its end."""
        code = self.returncode
        while code is None:
            await asyncio.sleep(LOOK_EVERY)
            code = self.returncode
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


async def fork(environment: Mapping[str, str], log: Path) -> Forked:
    """Start ``python -m bot serve`` with nothing but ``environment``; it writes into ``log``."""
    process = _CONTEXT.Process(target=_serve, args=(dict(environment), str(log)), daemon=True)
    process.start()
    return Forked(process)


def _serve(environment: dict[str, str], log: str) -> None:
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for stream in (1, 2):
        os.dup2(out, stream)
    os.close(out)
    os.environ.clear()  # noqa: TID251 - it has an environment of its own
    os.environ.update(environment)  # noqa: TID251 - the same
    sys.argv = ["bot", "serve"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
