"""The postman of one channel: takes stored replies, sends them, writes down what became of them.

The claim is committed before anything is sent. A reply whose sender died is uncertain and never
sent again by itself; a channel that is down only delays its own replies.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell
from bot.channels.errors import SendCode, SendError
from bot.channels.port import Channel
from bot.clock import Clock
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.outbox_rows import (
    Parcel,
    claim_parcels,
    doubt_abandoned,
    mark,
    mark_unreachable,
)
from bot.storage.tables import OutboxStatus

ROUND: Final = 25
NAP: Final = 1.0
MOST_TRIES: Final = 10
LONGEST_PAUSE: Final = timedelta(minutes=10)
LOST: Final = frozenset({SendCode.BLOCKED, SendCode.GONE})
log = structlog.get_logger()


class Postman:
    """Sends the replies of one channel."""

    def __init__(
        self, database: Database, channel: Channel, *, clock: Clock, bell: Bell, metrics: Metrics
    ) -> None:
        """Send through ``channel`` what ``database`` holds for it."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._bell = bell
        self._metrics = metrics

    async def delivering(self, stopping: asyncio.Event) -> None:
        """Send until ``stopping``; a round that was begun is finished."""
        with self._bell.listening(self._channel.name) as ear:
            while not stopping.is_set():
                if not await self._guarded_round():
                    await ear.wait(NAP)

    async def _guarded_round(self) -> int:
        try:
            return await self.round()
        except (SQLAlchemyError, OSError):
            log.exception("postman_round_failed", channel=self._channel.name)
            return 0

    async def round(self) -> int:
        """Send one reply to each of up to ``ROUND`` citizens; give their number."""
        now = self._clock.now()
        async with self._database.writing() as connection:
            await doubt_abandoned(connection, now)
            parcels = await claim_parcels(connection, self._channel.name, now, ROUND)
        await asyncio.gather(*map(self._deliver, parcels))
        return len(parcels)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            external_id = await self._channel.send(parcel.message)
        except SendError as error:
            await self._failed(parcel, error)
        except Exception:  # one of the five places: an unknown fault leaves the outcome open
            log.exception("send_failed", reply=parcel.message.id)
            await self._failed(parcel, SendError(SendCode.UNCERTAIN, retryable=False))
        else:
            async with self._database.writing() as connection:
                await mark(
                    connection, parcel.message.id, OutboxStatus.SENT, external_id=external_id
                )
            self._metrics.sent.labels(self._channel.name).inc()

    async def _failed(self, parcel: Parcel, error: SendError) -> None:
        self._metrics.send_errors.labels(self._channel.name, error.code).inc()
        now = self._clock.now()
        status = _status_after(parcel, error)
        async with self._database.writing() as connection:
            await mark(
                connection,
                parcel.message.id,
                status,
                error_code=error.code,
                not_before=_next_try(parcel, error, now),
            )
            if error.code in LOST:
                await mark_unreachable(
                    connection, parcel.message.address.conversation, error.code, now
                )


def _status_after(parcel: Parcel, error: SendError) -> OutboxStatus:
    if error.retryable and parcel.attempts + 1 < MOST_TRIES:
        return OutboxStatus.CREATED
    if error.code is SendCode.UNCERTAIN:
        return OutboxStatus.UNCERTAIN
    return OutboxStatus.FAILED


def _next_try(parcel: Parcel, error: SendError, now: datetime) -> datetime:
    wished = timedelta(seconds=error.retry_after or 0)
    backoff = min(timedelta(seconds=2**parcel.attempts), LONGEST_PAUSE)
    return now + max(wished, backoff)
