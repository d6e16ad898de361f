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

from bot.bell import Bell, nap
from bot.channels.errors import SendCode, SendError
from bot.channels.port import Channel
from bot.clock import Clock
from bot.metrics import Metrics
from bot.storage.database import OUT_OF_REACH, Database
from bot.storage.errors import fault_of
from bot.storage.moments import moment
from bot.storage.outbox_rows import (
    Parcel,
    claim_parcels,
    doubt_abandoned,
    fail_unreachable,
    mark,
    mark_unreachable,
)
from bot.storage.tables import OutboxStatus
from bot.storage.telling_rows import told_in_vain

AT_ONCE: Final = 25
NAP: Final = 1.0
FIRST_REST: Final = 1.0
LONGEST_REST: Final = 60.0
# As long as Telegram keeps what citizens wrote while we are away.
KEEP_TRYING: Final = timedelta(hours=24)
MOST_DOUBLINGS: Final = 6
LOST: Final = frozenset({SendCode.BLOCKED, SendCode.GONE, SendCode.MIGRATED})
DOWN: Final = frozenset({SendCode.UNREACHABLE, SendCode.MISCONFIGURED})
log = structlog.get_logger()


class Postman:
    """Sends the replies of one channel; while the channel is down one reply goes ahead to try."""

    def __init__(
        self, database: Database, channel: Channel, *, clock: Clock, bell: Bell, metrics: Metrics
    ) -> None:
        """Send through ``channel`` what ``database`` holds for it."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._bell = bell
        self._metrics = metrics
        self.rest = 0.0

    async def delivering(self, stopping: asyncio.Event) -> None:
        """Send until ``stopping``; what was begun is finished."""
        underway: set[asyncio.Task[None]] = set()
        with self._bell.listening(self._channel.name) as ear:
            while not stopping.is_set():
                if self.rest:
                    await nap(stopping, self.rest)
                taken = await self._guarded_take(underway=len(underway))
                for parcel in taken:
                    task = asyncio.create_task(self._carry(parcel))
                    underway.add(task)
                    task.add_done_callback(underway.discard)
                    # The citizen's next reply waits behind this one.
                    task.add_done_callback(lambda _: ear.heard.set())
                if not taken:
                    await ear.wait(NAP)
        await asyncio.gather(*underway)

    async def _guarded_take(self, underway: int) -> tuple[Parcel, ...]:
        try:
            return await self._take(underway)
        except OUT_OF_REACH as error:
            name = self._channel.name
            log.warning("postman_took_nothing", channel=name, error=fault_of(error))
            return ()
        except SQLAlchemyError:
            log.exception("postman_took_nothing", channel=self._channel.name)
            return ()

    async def round(self) -> int:
        """Send one reply to each of up to ``AT_ONCE`` citizens and wait for all; give how many."""
        parcels = await self._take(underway=0)
        await asyncio.gather(*map(self._carry, parcels))
        return len(parcels)

    async def _take(self, underway: int) -> tuple[Parcel, ...]:
        now = self._clock.now()
        room = (1 if self.rest else AT_ONCE) - underway
        if room <= 0:
            return ()
        async with self._database.writing() as connection:
            await doubt_abandoned(connection, now)
            await fail_unreachable(connection, self._channel.name)
            return await claim_parcels(connection, self._channel.name, now, room)

    async def _carry(self, parcel: Parcel) -> None:
        rested = self.rest
        try:
            fault = await self._deliver(parcel)
        except (SQLAlchemyError, OSError):
            # Its row stays claimed, and becomes uncertain when the claim runs out.
            log.exception("ending_not_written", reply=parcel.message.id)
            return
        if fault in DOWN:
            # Those sent together count as one failure.
            self.rest = max(self.rest, min(max(rested * 2, FIRST_REST), LONGEST_REST))
        else:
            self.rest = 0.0

    async def _deliver(self, parcel: Parcel) -> SendCode | None:
        try:
            external_id = await self._channel.send(parcel.message)
        except SendError as error:
            return await self._failed(parcel, error)
        except Exception:  # an unknown fault leaves the outcome open
            log.exception("send_failed", reply=parcel.message.id)
            return await self._failed(parcel, SendError(SendCode.UNCERTAIN, retryable=False))
        async with self._database.writing() as connection:
            await mark(connection, parcel.message.id, OutboxStatus.SENT, external_id=external_id)
        self._metrics.sent.labels(self._channel.name).inc()
        return None

    async def _failed(self, parcel: Parcel, error: SendError) -> SendCode:
        self._metrics.send_errors.labels(self._channel.name, error.code).inc()
        now = self._clock.now()
        status = _status_after(parcel, error, now)
        async with self._database.writing() as connection:
            await mark(
                connection,
                parcel.message.id,
                status,
                error_code=error.code,
                not_before=moment(now, _rest(parcel, error), embedded=self._database.embedded),
            )
            if error.code in LOST:
                await mark_unreachable(
                    connection, parcel.message.address.conversation, error.code, now
                )
                await told_in_vain(connection, parcel.message.address.conversation)
        if status is not OutboxStatus.CREATED:
            log.warning(
                "reply_not_sent",
                channel=self._channel.name,
                reply=parcel.message.id,
                status=status,
                code=error.code,
                detail=error.detail,
            )
        return error.code


def _status_after(parcel: Parcel, error: SendError, now: datetime) -> OutboxStatus:
    if error.retryable and now - parcel.created_at < KEEP_TRYING:
        return OutboxStatus.CREATED
    if error.code is SendCode.UNCERTAIN:
        return OutboxStatus.UNCERTAIN
    return OutboxStatus.FAILED


def _rest(parcel: Parcel, error: SendError) -> timedelta:
    wished = timedelta(seconds=error.retry_after or 0)
    backoff = timedelta(seconds=min(2 ** min(parcel.attempts, MOST_DOUBLINGS), LONGEST_REST))
    return max(wished, backoff)
