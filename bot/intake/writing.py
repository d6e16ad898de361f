"""Writes what many hand in, as many at once as there are, in one transaction each time.

One transaction for each call would write a tenth as many; see benchmarks/.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final, Generic, TypeVar

import structlog

from bot.storage.database import OUT_OF_REACH
from bot.storage.errors import NotStored, Unwritable, fault_of

Handed = TypeVar("Handed")
Stored = TypeVar("Stored")
# Calls.
MOST_IN_ONE: Final = 200
# Seconds.
REMEMBERED: Final = 30.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Handed, Stored]):
    handed: Handed
    stored: asyncio.Future[Stored]


class Writer(Generic[Handed, Stored]):
    """The one writer of its kind in a process; run ``writing`` beside it."""

    def __init__(
        self,
        insert: Callable[[Sequence[Handed]], Awaitable[Sequence[Stored]]],
        written: Callable[[], None],
        most: int = MOST_IN_ONE,
    ) -> None:
        """Write with ``insert``, which gives what became of each, and tell ``written`` after.

        At most ``most`` calls go into one transaction.
        """
        self._insert = insert
        self._most = most
        self._written = written
        self._queue: asyncio.Queue[_Waiting[Handed, Stored]] = asyncio.Queue()
        self._closed = False
        self._fault = ""
        self._failed_at = 0.0

    @property
    def fault(self) -> str:
        """What kept the last calls from being stored, empty when nothing did lately."""
        # Forgotten after a while: called no more it could never show that it works again.
        return self._fault if monotonic() < self._failed_at + REMEMBERED else ""

    async def handed(self, one: Handed, *, patience: float) -> Stored:
        """Give what became of ``one``, once it is durable.

        Who waits longer than ``patience`` seconds is told to come again.

        Raises:
            Unwritable: no database could take it.
            NotStored: the database could not take it now, or the writer is closed.
        """
        if self._closed:
            raise NotStored("closed")
        stored: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(one, stored)
        self._queue.put_nowait(waiting)
        try:
            async with asyncio.timeout(patience):
                return await stored
        except TimeoutError as error:
            raise NotStored("late") from error

    def close(self) -> None:
        """Refuse what is waiting and what comes: nobody would see to it."""
        self._closed = True
        while not self._queue.empty():
            _refuse(self._queue.get_nowait(), NotStored("closed"))

    async def writing(self) -> None:
        """Write what is waiting, again and again, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < self._most and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            # Who gave up waiting was told that nothing is stored.
            batch = [waiting for waiting in batch if not waiting.stored.done()]
            if batch:
                await self._write(batch)

    async def _write(self, batch: Sequence[_Waiting[Handed, Stored]]) -> None:
        try:
            stored = await self._insert([waiting.handed for waiting in batch])
        except Exception as error:  # noqa: BLE001 - who waits is told, and the writer lives on
            await self._write_singly(batch, error)
            return
        for waiting, outcome in zip(batch, stored, strict=True):
            if not waiting.stored.done():
                waiting.stored.set_result(outcome)
        self._fault = ""
        self._written()

    async def _write_singly(
        self, batch: Sequence[_Waiting[Handed, Stored]], error: Exception
    ) -> None:
        # A database out of reach refuses each of them: asking again would only take longer.
        if len(batch) > 1 and not isinstance(error, OUT_OF_REACH):
            for waiting in batch:
                await self._write([waiting])
            return
        fault = Unwritable if _is_of_the_message(error) else NotStored
        log.error("not_stored", calls=len(batch), error=fault_of(error))
        # A database out of reach is seen by asking it, and gone as soon as it answers.
        if fault is NotStored and not isinstance(error, OSError):
            self._failed_at, self._fault = monotonic(), fault_of(error)
        for waiting in batch:
            _refuse(waiting, fault(fault_of(error)))


def _is_of_the_message(error: BaseException | None) -> bool:
    """Tell whether a value could not even be put into the database's form."""
    while error is not None and not isinstance(error, ValueError):
        error = error.__cause__
    return error is not None


def _refuse(waiting: _Waiting[Handed, Stored], why: NotStored) -> None:
    if not waiting.stored.done():
        waiting.stored.set_exception(why)
