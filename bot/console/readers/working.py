"""Lists of readers at work: read and stored beside the loop, one by one, while pages look on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog
from aiohttp import web

from bot.console.knowledge.importing import Busy, Handed
from bot.newsroom.reader_file import UnreadableList, read_readers
from bot.newsroom.reader_lists import Taken, Taking

# Lists of which is remembered what came of them, and those that may be at work or in line.
KEPT: Final = 8
MOST_WAITING: Final = 3
FILE: Final = "list.csv"
log = structlog.get_logger()

# A list's number, and whether it is stored or only tried.
Job = tuple[int, bool]
After = Callable[[Taken], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Work:
    """How far it is with a list of about ``total`` rows.

    At its end there is what was ``taken``, or a ``fault`` where it is no list; with neither it
    broke off, and what was stored until then stays.
    """

    total: int
    rows: int = 0
    taken: Taken | None = None
    fault: str = ""
    ended: bool = False

    def see(self, rows: int) -> None:
        """Note how many rows were seen."""
        self.rows = rows


class ReaderLists:
    """Tries and takes over lists for the pages of one process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._one = asyncio.Lock()
        self._works: dict[Job, Work] = {}
        self._tasks: dict[Job, asyncio.Task[None]] = {}

    def of(self, job: Job) -> Work | None:
        """Give the work on a list, or what is remembered of it in this process."""
        return self._works.get(job)

    def require_room(self, job: Job) -> None:
        """Ask whether a list could be worked on now, or is being worked on.

        Raises:
            Busy: too many wait already.
        """
        if job not in self._tasks and len(self._tasks) >= MOST_WAITING:
            raise Busy

    async def work(
        self, job: Job, handed: Handed, taking: Taking, after: After, *, wait: float
    ) -> Work:
        """Work on a list unless that was done already, or goes on; wait ``wait`` seconds for it.

        Raises:
            Busy: too many wait already.
        """
        known = self._works.get(job)
        if known is None or (known.ended and not known.taken and not known.fault):
            known = self._begin(job, handed, taking, after)
        if task := self._tasks.get(job):
            await asyncio.wait([task], timeout=wait)
        return known

    def forget(self, job: Job) -> None:
        """Forget what came of a list: it may say something else by now."""
        if job not in self._tasks:
            self._works.pop(job, None)

    async def stop(self) -> None:
        """Leave what is under way; a list taken again stores the rest."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, job: Job, handed: Handed, taking: Taking, after: After) -> Work:
        self.require_room(job)
        for old in [one for one, work in self._works.items() if work.ended][: -KEPT + 1]:
            del self._works[old]
        work = self._works[job] = Work(total=handed.body.count(b"\n"))
        task = asyncio.create_task(self._run(work, handed, taking, after))
        self._tasks[job] = task
        task.add_done_callback(lambda ended: self._noted(job, ended))
        return work

    async def _run(self, work: Work, handed: Handed, taking: Taking, after: After) -> None:
        try:
            async with self._one:
                with TemporaryDirectory() as folder:
                    path = Path(folder) / FILE
                    await asyncio.to_thread(path.write_bytes, handed.body)
                    taken = await replace(taking, progress=work.see).take(path)
                await after(taken)
            work.taken = taken
        except UnreadableList as fault:
            work.fault = _named(fault, handed)
        finally:
            work.ended = True

    def _noted(self, job: Job, task: asyncio.Task[None]) -> None:
        del self._tasks[job]
        if not task.cancelled() and (fault := task.exception()):
            log.warning("list_failed", fault=type(fault).__name__)


READER_LISTS = web.AppKey("reader_lists", ReaderLists)


async def stop_lists(app: web.Application) -> None:
    """Leave what is under way when the console is put away."""
    await app[READER_LISTS].stop()


def looked_at(handed: Handed) -> None:
    """Look whether a file begins as a list does; it blocks.

    Raises:
        UnreadableList: it does not; the message says in Vietnamese what to do.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(handed.body)
        try:
            next(iter(read_readers(path, ())), None)
        except UnreadableList as fault:
            raise UnreadableList(_named(fault, handed)) from fault


def _named(fault: UnreadableList, handed: Handed) -> str:
    return str(fault).replace(FILE, handed.name, 1)
