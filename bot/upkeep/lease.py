"""A lease kept alive while it is needed, so that one process alone does a thing."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from time import monotonic
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.errors import BotError
from bot.storage.database import SIGN_OF_LIFE, Database
from bot.storage.leases import hold, holder_of, release

RENEWALS: Final = 3
NEVER: Final = datetime.min.replace(tzinfo=UTC)
log = structlog.get_logger()


class Holding(StrEnum):
    """Who holds a lease, as one who wishes for it sees it."""

    THIS = "this"
    ANOTHER = "another"
    LATE = "late"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


class LeaseTaken(BotError):
    """Another process does it; the message is that process's name."""


def name_of_this_process() -> str:
    """Give a name no other holder has: machine, process and a few random letters."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


class Lease:
    """The lease ``name`` as one holder sees it; runs out ``length`` after its last renewal."""

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        holder: str,
        clock: Clock,
        length: timedelta,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        """Wish to be ``holder`` of ``name``; ``elapsed`` gives seconds nobody can set back."""
        self.fault = ""
        self.renew_every = length.total_seconds() / RENEWALS
        self._length = length
        self._until = NEVER
        # A clock that is set back must not make a lease longer.
        self._bound = 0.0
        self._database = database
        self._name = name
        self._holder = holder
        self._clock = clock
        self._elapsed = elapsed

    @property
    def held(self) -> bool:
        """Whether it is ours still; true no longer than nobody else can have taken it."""
        return self._clock.now() < self._until and self._elapsed() < self._bound

    async def renew(self) -> bool:
        """Take the lease or prolong it; tell whether it is ours.

        A renewal that fails, or hangs, leaves what was held until it runs out.
        """
        now, started = self._clock.now(), self._elapsed()
        try:
            async with asyncio.timeout(self.renew_every):
                ours = await hold(
                    self._database, self._name, self._holder, now=now, length=self._length
                )
        except (SQLAlchemyError, OSError) as error:
            self.fault = type(error).__name__
            log.warning("lease_not_renewed", lease=self._name, error=self.fault)
        else:
            self.fault = ""
            self._until = now + self._length if ours else NEVER
            self._bound = started + self._length.total_seconds()
        return self.held

    async def holding(self) -> Holding:
        """Look who holds it; ``LATE`` when a renewal of the holder's is overdue."""
        overdue = self._length / RENEWALS / 2
        try:
            async with asyncio.timeout(min(SIGN_OF_LIFE, self.renew_every)):
                holder = await self._holder_for(timedelta())
                punctual = await self._holder_for(overdue)
        except (SQLAlchemyError, OSError):
            return Holding.UNKNOWN
        if not holder:
            return Holding.NOBODY
        if not punctual:
            return Holding.LATE
        return Holding.THIS if punctual == self._holder else Holding.ANOTHER

    async def _holder_for(self, longer: timedelta) -> str:
        now = self._clock.now()
        return await holder_of(self._database, self._name, now=now, longer=longer)

    async def renewing(self) -> None:
        """Renew until cancelled."""
        while True:
            await asyncio.sleep(self.renew_every)
            await self.renew()

    async def give_back(self) -> None:
        """Let another have it at once; what cannot be given back runs out."""
        if not self.held:
            return
        self._until = NEVER
        try:
            async with asyncio.timeout(self.renew_every):
                await release(self._database, self._name, self._holder)
        except (SQLAlchemyError, OSError) as error:
            log.warning("lease_not_given_back", lease=self._name, error=type(error).__name__)


@asynccontextmanager
async def held(
    database: Database, name: str, *, clock: Clock, length: timedelta
) -> AsyncIterator[Lease]:
    """Hold the lease ``name`` through the block; ``length`` after a death it is free.

    Raises:
        LeaseTaken: another process has it.
    """
    lease = Lease(database, name, holder=name_of_this_process(), clock=clock, length=length)
    if not await lease.renew():
        raise LeaseTaken(await holder_of(database, name, now=clock.now()))
    renewing = asyncio.create_task(lease.renewing())
    try:
        yield lease
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        await lease.give_back()
