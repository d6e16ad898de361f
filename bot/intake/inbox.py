"""The door: messages are stored, many calls in one transaction, before anybody says 200."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

import structlog

from bot.bell import Bell
from bot.intake.writing import Writer
from bot.messages import CitizenAddress, IncomingMessage
from bot.metrics import Metrics
from bot.privacy import WITHHELD, mask
from bot.storage.database import OUT_OF_REACH, Database
from bot.storage.errors import NotStored, Unwritable, fault_of
from bot.storage.inbox_rows import Inserted, insert_messages
from bot.storage.subscriber_rows import lose
from broadcasts.models import SubscriberStatus

WORK: Final = "work"
# Seconds; who waits longer is told to come again.
PATIENCE: Final = 12.0
# Gives what is kept of the words as typed beside the message as it is stored.
Seal = Callable[[IncomingMessage, IncomingMessage], bytes | None]
log = structlog.get_logger()


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
        self._writer = Writer(self._insert, written=partial(bell.ring, WORK))

    @property
    def is_full(self) -> bool:
        """Whether so much waits for its answer that nothing more is taken."""
        return self._full()

    @property
    def fault(self) -> str:
        """What kept the last messages from being stored, empty when nothing did lately."""
        return self._writer.fault

    async def accept(self, messages: Sequence[IncomingMessage]) -> tuple[int, ...]:
        """Store ``messages`` without their personal data and give their rows, in order.

        Returns once they are durable. A message stored before gives its row again.

        Raises:
            Unwritable: no database could take one of them; the others are stored.
            NotStored: the database could not take all of them, or the inbox is full or closed.
        """
        if not messages:
            return ()
        kept = tuple(map(self.as_stored, messages))
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

    def as_stored(self, message: IncomingMessage) -> IncomingMessage:
        """Give ``message`` as its row holds it: what was hidden in it goes along sealed."""
        kept = self.as_kept(message)
        return replace(kept, sealed=self._seal(message, kept)) if self._seal else kept

    async def _handed(self, messages: tuple[IncomingMessage, ...]) -> tuple[int, ...]:
        if self.is_full:
            raise NotStored("full")
        return await self._writer.handed(messages, patience=PATIENCE)

    def close(self) -> None:
        """Refuse what is waiting and what comes: nobody would answer it."""
        self._writer.close()

    async def writing(self) -> None:
        """Write what is waiting, again and again, until cancelled."""
        await self._writer.writing()

    async def _insert(
        self, calls: Sequence[tuple[IncomingMessage, ...]]
    ) -> Sequence[tuple[int, ...]]:
        async with self._database.writing() as connection:
            inserted = await insert_messages(connection, [one for call in calls for one in call])
        self.count(inserted, (one for call in calls for one in call))
        return [tuple(inserted.rows[_key(one)] for one in call) for call in calls]

    def count(self, inserted: Inserted, messages: Iterable[IncomingMessage]) -> None:
        """Count messages that were stored, and those of them that were there before."""
        fresh = Counter(channel for channel, _ in inserted.fresh)
        for channel, all_told in Counter(m.address.channel for m in messages).items():
            self._metrics.accepted.labels(channel).inc(fresh[channel])
            self._metrics.repeated.labels(channel).inc(all_told - fresh[channel])


def _key(message: IncomingMessage) -> tuple[str, str]:
    return message.address.channel, message.external_id


def _is_final(fault: BaseException) -> bool:
    return isinstance(fault, Unwritable)
