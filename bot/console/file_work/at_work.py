"""Long files at work: read and stored beside the loop, one by one, while pages look on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Generic, Protocol, TypeVar

import structlog

from bot.console.file_work.sorts import Sort
from bot.console.knowledge.importing import Busy, Handed

# Files of which is remembered what came of them, and those that may be at work or in line.
KEPT: Final = 8
MOST_WAITING: Final = 3
log = structlog.get_logger()

# A file's number, and whether it is stored or only tried.
Job = tuple[int, bool]
Taken = TypeVar("Taken")
Taken_co = TypeVar("Taken_co", covariant=True)


class Taking(Protocol[Taken_co]):
    """What takes a file over."""

    def watched(self, progress: Callable[[int], None], /) -> Taking[Taken_co]:
        """Tell ``progress`` how many rows were seen."""
        ...

    async def take(self, path: Path, /) -> Taken_co:
        """Take over what is good in a file, and tell all of it."""
        ...


@dataclass(slots=True, kw_only=True)
class Work(Generic[Taken]):
    """How far it is with a file of about ``total`` rows.

    At its end there is what was ``taken``, or a ``fault`` where it is none of its sort; with
    neither it broke off, and what was stored until then stays.
    """

    total: int = 0
    rows: int = 0
    taken: Taken | None = None
    fault: str = ""
    ended: bool = False

    def see(self, rows: int) -> None:
        """Note how many rows were seen."""
        self.rows = rows


class FilesAtWork(Generic[Taken]):
    """Tries and takes over files of one sort for the pages of one process."""

    def __init__(self, sort: Sort) -> None:
        """Begin with none."""
        self.sort = sort
        self._one = asyncio.Lock()
        self._works: dict[Job, Work[Taken]] = {}
        self._tasks: dict[Job, asyncio.Task[None]] = {}

    def of(self, job: Job) -> Work[Taken] | None:
        """Give the work on a file, or what is remembered of it in this process."""
        return self._works.get(job)

    def require_room(self, job: Job) -> None:
        """Ask whether a file could be worked on now, or is being worked on.

        Raises:
            Busy: too many wait already.
        """
        if job not in self._tasks and len(self._tasks) >= MOST_WAITING:
            raise Busy

    async def work(
        self,
        job: Job,
        handed: Handed,
        taking: Taking[Taken],
        after: Callable[[Taken], Awaitable[None]],
        *,
        wait: float,
    ) -> Work[Taken]:
        """Work on a file unless that was done already, or goes on; wait ``wait`` seconds for it.

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
        """Forget what came of a file: it may say something else by now."""
        if job not in self._tasks:
            self._works.pop(job, None)

    async def stop(self) -> None:
        """Leave what is under way; a file taken again stores the rest."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(
        self,
        job: Job,
        handed: Handed,
        taking: Taking[Taken],
        after: Callable[[Taken], Awaitable[None]],
    ) -> Work[Taken]:
        self.require_room(job)
        for old in [one for one, work in self._works.items() if work.ended][: -KEPT + 1]:
            del self._works[old]
        work = self._works[job] = Work[Taken]()
        task = asyncio.create_task(self._run(work, handed, taking, after))
        self._tasks[job] = task
        task.add_done_callback(lambda ended: self._noted(job, ended))
        return work

    async def _run(
        self,
        work: Work[Taken],
        handed: Handed,
        taking: Taking[Taken],
        after: Callable[[Taken], Awaitable[None]],
    ) -> None:
        try:
            async with self._one:
                with TemporaryDirectory() as folder:
                    path = Path(folder) / self.sort.file
                    await asyncio.to_thread(path.write_bytes, handed.body)
                    work.total = await asyncio.to_thread(self.sort.rows, path)
                    taken = await taking.watched(work.see).take(path)
                await after(taken)
            work.taken = taken
        except self.sort.fault as fault:
            work.fault = self.sort.named(fault, handed)
        finally:
            work.ended = True

    def _noted(self, job: Job, task: asyncio.Task[None]) -> None:
        del self._tasks[job]
        if not task.cancelled() and (fault := task.exception()):
            log.warning("list_failed", fault=type(fault).__name__)
