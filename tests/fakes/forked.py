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
from collections.abc import Mapping, Sequence
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
    return fork_command(("serve",), environment, out=log, err=log)


def fork_command(
    words: Sequence[str], environment: Mapping[str, str], *, out: Path, err: Path
) -> Forked:
    """Start ``python -m bot`` with ``words``; what it says goes into the files, emptied before."""
    for file in (out, err):
        file.write_bytes(b"")
    told = (tuple(words), dict(environment), str(out), str(err))
    process = _CONTEXT.Process(target=_run, args=told, daemon=True)
    process.start()
    return Forked(process)


def _run(words: Sequence[str], environment: dict[str, str], out: str, err: str) -> None:
    for stream, name in ((1, out), (2, err)):
        # Behind what is there: both may be one file.
        file = os.open(name, os.O_WRONLY | os.O_APPEND)
        os.dup2(file, stream)
        os.close(file)
    # Undo what a shell does to those it starts in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()  # noqa: TID251 - it has an environment of its own
    os.environ.update(environment)  # noqa: TID251 - the same
    sys.argv = ["bot", *words]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
