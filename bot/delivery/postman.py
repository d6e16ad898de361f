"""The postman of one channel: takes stored replies, sends them, writes down what became of them.

The claim is committed before anything is sent. A reply whose sender died is uncertain and never
sent again by itself; a channel that is down only delays its own replies.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell, nap
from bot.channels.errors import SendCode, SendError
from bot.channels.port import Channel
from bot.clock import Clock
from bot.delivery.rests import LONGEST_REST, Rests
from bot.metrics import Metrics
from bot.officials.windows import WINDOWS
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
from bot.storage.parcel_rows import is_still_open
from bot.storage.release_waiting_rows import released
from bot.storage.tables import OutboxStatus
from bot.storage.telling_rows import told_in_vain

AT_ONCE: Final = 25
NAP: Final = 1.0
# As long as Telegram keeps what citizens wrote while we are away.
KEEP_TRYING: Final = timedelta(hours=24)
MOST_DOUBLINGS: Final = 6
# A provider that says no without a reason is asked so often for the same reply, not for a day.
MOST_REFUSED: Final = 5
# Where a provider has a window, what somebody has to mend or to pay for waits as long.
MENDED: Final = frozenset({SendCode.MISCONFIGURED, SendCode.NO_QUOTA})
# Each a second after the one before: so long a database may be away.
MOST_WRITES: Final = 300
LOST: Final = frozenset({SendCode.BLOCKED, SendCode.GONE, SendCode.MIGRATED})
DOWN: Final = frozenset({SendCode.UNREACHABLE, SendCode.MISCONFIGURED})
# Nothing was called, so it tells nothing of the line.
UNTRIED: Final = frozenset({SendCode.NO_TURN, SendCode.WINDOW_CLOSED, SendCode.NO_QUOTA})
Write = Callable[[AsyncConnection], Awaitable[None]]
log = structlog.get_logger()


class Postman:
    """Sends the replies of one channel; while it is down one reply goes ahead to try.

    Where each office has an account of its own there, one that is down holds up no other.
    """

    def __init__(
        self, database: Database, channel: Channel, *, clock: Clock, bell: Bell, metrics: Metrics
    ) -> None:
        """Send through ``channel`` what ``database`` holds for it."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._bell = bell
        self._metrics = metrics
        self._rests = Rests()
        self._stopping = asyncio.Event()

    @property
    def rest(self) -> float:
        """For how many seconds the account rests that rests longest; mostly 0."""
        return self._rests.longest

    async def delivering(self, stopping: asyncio.Event) -> None:
        """Send until ``stopping``; what was begun is finished."""
        self._stopping = stopping
        underway: dict[asyncio.Task[None], str] = {}
        with self._bell.listening(self._channel.name) as ear:
            while not stopping.is_set():
                await self._wake()
                taken = await self._guarded_take(Counter(underway.values()))
                for parcel in taken:
                    task = asyncio.create_task(self._carry(parcel))
                    underway[task] = parcel.message.address.account
                    task.add_done_callback(underway.pop)
                    # The citizen's next reply waits behind this one.
                    task.add_done_callback(lambda _: ear.heard.set())
                if not taken:
                    await ear.wait(NAP)
        await asyncio.gather(*underway)

    async def _guarded_take(self, busy: Counter[str]) -> tuple[Parcel, ...]:
        try:
            return await self._take(busy, self._rests.due())
        except OUT_OF_REACH as error:
            name = self._channel.name
            log.warning("postman_took_nothing", channel=name, error=fault_of(error))
            return ()
        except SQLAlchemyError:
            log.exception("postman_took_nothing", channel=self._channel.name)
            return ()

    async def _wake(self) -> None:
        """Let no account rest that somebody mended; only while some rest is it looked for."""
        resting = self._rests.resting - {""}
        if not resting:
            return
        try:
            async with self._database.reading() as connection:
                mended = await released(connection, self._channel.name, resting)
        except (SQLAlchemyError, OSError) as error:
            log.warning("nobody_woken", channel=self._channel.name, error=fault_of(error))
            return
        for one in mended:
            self._rests.end(one)

    async def round(self) -> int:
        """Send one reply to each of up to ``AT_ONCE`` citizens and wait for all; give how many."""
        await self._wake()
        parcels = await self._take(Counter(), self._rests.resting)
        await asyncio.gather(*map(self._carry, parcels))
        return len(parcels)

    async def _take(self, busy: Counter[str], due: frozenset[str]) -> tuple[Parcel, ...]:
        """Take one reply of each account that is ``due`` to be tried, and of others many."""
        trying = [one for one in sorted(due) if not busy[one]]
        resting = self._rests.resting
        room = 0 if "" in resting else AT_ONCE - busy.total()
        if room <= 0 and not trying:
            return ()
        now, name = self._clock.now(), self._channel.name
        async with self._database.writing() as connection:
            await doubt_abandoned(connection, now)
            await fail_unreachable(connection, name)
            taken: list[Parcel] = []
            for one in trying:
                taken += await claim_parcels(connection, name, now, 1, of=one)
            if room > 0:
                taken += await claim_parcels(connection, name, now, room, without=resting)
            return tuple(taken)

    async def _carry(self, parcel: Parcel) -> None:
        account = parcel.message.address.account
        rested = self._rests.of(account)
        try:
            fault = await self._deliver(parcel)
        except (SQLAlchemyError, OSError):
            # Its row stays claimed, and becomes uncertain when the claim runs out.
            log.exception("ending_not_written", reply=parcel.message.id)
            return
        if fault in DOWN:
            self._rests.lengthen(account, rested)
        elif fault not in UNTRIED:
            self._rests.end(account)

    async def _deliver(self, parcel: Parcel) -> SendCode | None:
        try:
            external_id = await self._channel.send(parcel.message)
        except SendError as error:
            return await self._failed(parcel, error)
        except Exception:  # an unknown fault leaves the outcome open
            log.exception("send_failed", reply=parcel.message.id)
            return await self._failed(parcel, SendError(SendCode.UNCERTAIN, retryable=False))

        async def sent(connection: AsyncConnection) -> None:
            await mark(connection, parcel.message.id, OutboxStatus.SENT, external_id=external_id)

        await self._written(parcel, sent)
        self._metrics.sent.labels(self._channel.name).inc()
        return None

    async def _written(self, parcel: Parcel, write: Write) -> None:
        """Write an ending, again and again while the database is away: else it would be doubted.

        Of what was lost on its way back nobody knows whether it was stored; it is not done twice.
        """
        again = 0
        while True:
            try:
                async with self._database.writing() as connection:
                    if not again or await is_still_open(connection, parcel):
                        await write(connection)
            except OUT_OF_REACH as error:
                again += 1
                if again > MOST_WRITES or self._stopping.is_set():
                    raise
                log.warning(
                    "ending_waits_for_store", reply=parcel.message.id, error=fault_of(error)
                )
                await nap(self._stopping, NAP)
            else:
                return

    async def _failed(self, parcel: Parcel, error: SendError) -> SendCode:
        self._metrics.send_errors.labels(self._channel.name, error.why).inc()
        now = self._clock.now()
        status = _status_after(parcel, error, now)

        async def failed(connection: AsyncConnection) -> None:
            await mark(
                connection,
                parcel.message.id,
                status,
                external_id=error.cut.last if error.cut else "",
                error_code=error.why,
                not_before=moment(now, _rest(parcel, error), embedded=self._database.embedded),
            )
            if error.why in LOST:
                await mark_unreachable(
                    connection, parcel.message.address.conversation, error.why, now
                )
                await told_in_vain(connection, parcel.message.address.conversation)

        await self._written(parcel, failed)
        if status is not OutboxStatus.CREATED:
            log.warning(
                "reply_not_sent",
                channel=self._channel.name,
                reply=parcel.message.id,
                status=status,
                code=error.why,
                detail=error.detail,
            )
        return error.why


def _status_after(parcel: Parcel, error: SendError, now: datetime) -> OutboxStatus:
    window = WINDOWS.get(parcel.message.address.channel)
    patience = window.open if window and error.code in MENDED else KEEP_TRYING
    refused = error.code is SendCode.REFUSED and parcel.attempts + 1 >= MOST_REFUSED
    if error.retryable and not refused and now - parcel.created_at < patience:
        return OutboxStatus.CREATED
    if error.why is SendCode.UNCERTAIN:
        return OutboxStatus.UNCERTAIN
    return OutboxStatus.FAILED


def _rest(parcel: Parcel, error: SendError) -> timedelta:
    wished = timedelta(seconds=error.retry_after or 0)
    backoff = timedelta(seconds=min(2 ** min(parcel.attempts, MOST_DOUBLINGS), LONGEST_REST))
    return max(wished, backoff)
