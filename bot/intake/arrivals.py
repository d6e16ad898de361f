"""The door of Zalo's webhook: a call is proved, kept sealed, and only then thanked for.

Zalo wants its 200 within two seconds and switches a webhook off that is late too often, so nothing
is read here but whose call it is; ``sorting`` does the rest. Facts and doubts: docs/zalo.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Final

import structlog

from bot.bell import Bell
from bot.channels.errors import ForgedWebhook, StaleWebhook, UnreadableWebhook
from bot.channels.zalo.envelope import Envelope, opened
from bot.channels.zalo.events import Nothing, read_event
from bot.channels.zalo.signature import Signature
from bot.clock import Clock
from bot.intake.crowd import Crowd
from bot.intake.tallies import Marks
from bot.intake.writing import Writer
from bot.messages import ChannelName
from bot.metrics import Metrics
from bot.storage.arrival_rows import Arrival, insert_arrivals
from bot.storage.database import Database
from bot.vault import Vault, place

SORT: Final = "sort"
# Seconds. Who cannot be thanked in time calls again; a call that was kept is then known.
PATIENCE: Final = 1.5
# Bytes. A person's words are shorter by far; larger is what names thousands of them.
LARGE: Final = 65_536
# Calls: a slow disk takes a tenth of a second to keep a transaction, whatever is in it.
MOST_AT_ONCE: Final = 1_000
# Others stand behind a crowd so long at most: it is gone by then, or comes for ever.
LONGEST_BEHIND: Final = 5.0
NAP: Final = 0.25
TELL_EVERY: Final = 60.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the door and who sorts behind it have in common; ``vault`` seals and opens calls."""

    database: Database
    vault: Vault
    clock: Clock
    bell: Bell
    metrics: Metrics
    marks: Marks


class Arrivals:
    """Keeps calls; run ``writing`` beside it, it is the one writer of a process."""

    name: Final = ChannelName.ZALO

    def __init__(self, beside: Beside, signature: Signature) -> None:
        """Keep what ``signature`` proves."""
        self._beside = beside
        self._signature = signature
        self._crowd = Crowd()
        self._tells_again = 0.0
        self._writer = Writer(
            self._insert, written=partial(beside.bell.ring, SORT), most=MOST_AT_ONCE
        )

    def looks_signed(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a call says that it is signed; see ``Door``."""
        return self._signature.looks_signed(headers)

    async def take(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep one call; returns once it is durable. One that was kept before is thanked for.

        A large one that asks nothing of us, as a tag put on thousands, is thanked for and counted.

        Raises:
            ForgedWebhook: Zalo did not make it, or long ago.
            NotStored: it could not be kept in time.
        """
        with self._crowd.served():
            call = self._proved(body, headers)
            if len(body) > LARGE and isinstance(read_event(call), Nothing):
                self._beside.marks.count(call.oa, f"too_large:{call.event}")
                return
            await self._writer.handed(self._sealed(call, body), patience=PATIENCE)

    def _proved(self, body: bytes, headers: Mapping[str, str]) -> Envelope:
        """Prove a call on its raw bytes; what holds no moment nobody can have signed."""
        try:
            call = opened(body)
        except UnreadableWebhook as error:
            raise ForgedWebhook("no moment") from error
        now = self._beside.clock.now()
        try:
            proved = self._signature.proved(body, headers, accounts=(call.oa,), now=now)
        except StaleWebhook:
            self._tell_stale(now - call.at)
            raise
        self._beside.marks.count(call.oa, proved.mark)
        return call

    def _tell_stale(self, age: timedelta) -> None:
        """Log it, seldom: where Zalo signs what is yet to come, a clock is wrong, likely ours."""
        if monotonic() >= self._tells_again:
            self._tells_again = monotonic() + TELL_EVERY
            log.warning("zalo_call_outside_window", seconds_old=round(age.total_seconds()))

    def _sealed(self, call: Envelope, body: bytes) -> Arrival:
        return Arrival(
            channel=self.name,
            key=call.key,
            subject=call.subject,
            event=call.event,
            happened_at=call.at,
            received_at=self._beside.clock.now(),
            body_sealed=self._beside.vault.seal(body, place_of(self.name, call.key)),
        )

    async def _insert(self, came: Sequence[Arrival]) -> Sequence[None]:
        async with self._beside.database.writing() as connection:
            fresh = await insert_arrivals(connection, came)
        self._beside.metrics.arrived.labels("new").inc(len(fresh))
        self._beside.metrics.arrived.labels("repeated").inc(len(came) - len(fresh))
        return [None] * len(came)

    async def writing(self) -> None:
        """Write what is waiting, again and again, until cancelled."""
        await self._writer.writing()

    def close(self) -> None:
        """Refuse what is waiting and what comes: it will be told again."""
        self._writer.close()

    @property
    def fault(self) -> str:
        """What kept the last calls from being kept, empty when nothing did lately."""
        return self._writer.fault

    async def behind(self) -> None:
        """Wait, some seconds at most, while many come: their thanks are due before all else."""
        until = monotonic() + LONGEST_BEHIND
        while self._crowd.is_there and monotonic() < until:  # noqa: ASYNC110 - calls are no event
            await asyncio.sleep(NAP)


def place_of(channel: str, key: str) -> str:
    """Name the place a call is sealed for."""
    return place("arrivals", "body_sealed", channel, key)
