"""The door: messages are stored, many calls in one transaction, before anybody says 200.

One transaction for each call would write a tenth as many; see benchmarks/.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

import structlog

from bot.bell import Bell
from bot.messages import CitizenAddress, IncomingMessage
from bot.metrics import Metrics
from bot.privacy import WITHHELD, mask
from bot.storage.database import OUT_OF_REACH, Database
from bot.storage.errors import NotStored, Unwritable, fault_of
from bot.storage.inbox_rows import insert_messages
from bot.storage.subscriber_rows import lose
from broadcasts.models import SubscriberStatus

MOST_IN_ONE: Final = 200
WORK: Final = "work"
# Seconds; who waits longer is told to come again.
PATIENCE: Final = 12.0
REMEMBERED: Final = 30.0
# Gives what is kept of the words as typed beside the message as it is stored.
Seal = Callable[[IncomingMessage, IncomingMessage], bytes | None]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Waiting:
    messages: tuple[IncomingMessage, ...]
    stored: asyncio.Future[tuple[int, ...]]


def masked(message: IncomingMessage) -> IncomingMessage:
    """Give ``message`` without the personal data in its words."""
    hidden = mask(message.text)
    return replace(message, text=hidden.text, masked=hidden.kinds)


class Inbox:
    """Stores what citizens said; run ``writing`` beside it, it is the one writer of a process."""

    def __init__(
        self,
        database: Database,
        bell: Bell,
        metrics: Metrics,
        *,
        keep: Callable[[IncomingMessage], IncomingMessage] = masked,
        full: Callable[[], bool] = lambda: False,
        seal: Seal | None = None,
    ) -> None:
        """Store in ``database`` what ``keep`` leaves, and wake the worker through ``bell``.

        While it is ``full`` nothing is taken. What was typed goes along, as ``seal`` closes it.
        """
        self._seal = seal
        self._full = full
        self._keep = keep
        self._database = database
        self._bell = bell
        self._metrics = metrics
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._closed = False
        self._fault = ""
        self._failed_at = 0.0

    @property
    def fault(self) -> str:
        """What kept the last messages from being stored, empty when nothing did lately."""
        # Forgotten after a while: sent no more messages it could never show that it works again.
        return self._fault if monotonic() < self._failed_at + REMEMBERED else ""

    async def accept(self, messages: Sequence[IncomingMessage]) -> tuple[int, ...]:
        """Store ``messages`` without their personal data and give their rows, in order.

        Returns once they are durable. A message stored before gives its row again.

        Raises:
            Unwritable: no database could take one of them; the others are stored.
            NotStored: the database could not take all of them, or the inbox is full or closed.
        """
        if not messages:
            return ()
        kept = tuple(map(self._as_stored, messages))
        try:
            return await self._handed(kept)
        except Unwritable:
            if len(kept) == 1:
                raise
        told = await asyncio.gather(
            *(self._handed((one,)) for one in kept), return_exceptions=True
        )
        raise min((one for one in told if isinstance(one, BaseException)), key=_is_final)

    async def part(self, left: Sequence[CitizenAddress], at: datetime) -> None:
        """Send no news to who blocked us; where that is not stored the next message tells it."""
        if not left:
            return
        try:
            async with self._database.writing() as connection:
                for one in left:
                    await lose(connection, one.conversation, SubscriberStatus.BLOCKED, at)
        except OUT_OF_REACH as error:
            log.warning("leaving_not_stored", error=fault_of(error))

    def as_kept(self, message: IncomingMessage) -> IncomingMessage:
        """Give ``message`` as it is stored; of a withheld one no file is."""
        kept = self._keep(message)
        withheld = not set(WITHHELD).isdisjoint(kept.masked)
        return replace(kept, attachment=None) if withheld else kept

    def _as_stored(self, message: IncomingMessage) -> IncomingMessage:
        kept = self.as_kept(message)
        return replace(kept, sealed=self._seal(message, kept)) if self._seal else kept

    async def _handed(self, messages: tuple[IncomingMessage, ...]) -> tuple[int, ...]:
        if self._closed:
            raise NotStored("closed")
        if self._full():
            raise NotStored("full")
        waiting = _Waiting(messages, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(waiting)
        try:
            async with asyncio.timeout(PATIENCE):
                return await waiting.stored
        except TimeoutError as error:
            raise NotStored("late") from error

    def close(self) -> None:
        """Refuse what is waiting and what comes: nobody would answer it."""
        self._closed = True
        while not self._queue.empty():
            _settle(self._queue.get_nowait(), NotStored("closed"))

    async def writing(self) -> None:
        """Write what is waiting, again and again, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < MOST_IN_ONE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            # Who gave up waiting was told that nothing is stored.
            batch = [waiting for waiting in batch if not waiting.stored.done()]
            if batch:
                await self._write(batch)

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        try:
            rows = await self._insert([m for waiting in batch for m in waiting.messages])
        except Exception as error:  # noqa: BLE001 - who waits is told, and the writer lives on
            await self._write_singly(batch, error)
            return
        for waiting in batch:
            _settle(
                waiting, tuple(rows[m.address.channel, m.external_id] for m in waiting.messages)
            )
        self._fault = ""
        self._bell.ring(WORK)

    async def _write_singly(self, batch: Sequence[_Waiting], error: Exception) -> None:
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
            _settle(waiting, fault(fault_of(error)))

    async def _insert(self, messages: Sequence[IncomingMessage]) -> Mapping[tuple[str, str], int]:
        async with self._database.writing() as connection:
            inserted = await insert_messages(connection, messages)
        fresh = Counter(channel for channel, _ in inserted.fresh)
        for channel, all_told in Counter(m.address.channel for m in messages).items():
            self._metrics.accepted.labels(channel).inc(fresh[channel])
            self._metrics.repeated.labels(channel).inc(all_told - fresh[channel])
        return inserted.rows


def _is_of_the_message(error: BaseException | None) -> bool:
    """Tell whether a value could not even be put into the database's form."""
    while error is not None and not isinstance(error, ValueError):
        error = error.__cause__
    return error is not None


def _is_final(fault: BaseException) -> bool:
    return isinstance(fault, Unwritable)


def _settle(waiting: _Waiting, outcome: tuple[int, ...] | NotStored) -> None:
    if waiting.stored.done():
        return
    if isinstance(outcome, NotStored):
        waiting.stored.set_exception(outcome)
    else:
        waiting.stored.set_result(outcome)
