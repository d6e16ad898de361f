"""Zalo's clock, which a test or a page moves on, and what is to happen by it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# The windows of Zalo are told without a zone; those of the country are meant.
VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
Deed = Callable[[], Awaitable[object]]


def _wall() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


class Clock:
    """Aware UTC: what ``source`` tells (the machine's clock when none is given), moved on."""

    def __init__(self, source: Callable[[], datetime] = _wall) -> None:
        self._source = source
        self.ahead = timedelta(0)
        self.moved = asyncio.Event()

    @classmethod
    def standing(cls, at: datetime) -> Clock:
        """A clock that stands still until it is moved."""
        return cls(lambda: at)

    def now(self) -> datetime:
        return self._source() + self.ahead

    def ms(self) -> int:
        """Milliseconds since 1970, as Zalo stamps."""
        return int(self.now().timestamp() * 1000)

    @staticmethod
    def wall_ms() -> int:
        """Milliseconds since 1970 by the machine, however far this clock was moved."""
        return int(time.time() * 1000)

    def local(self) -> datetime:
        """The present moment in Vietnam."""
        return self.now().astimezone(VIETNAM)

    def month(self) -> str:
        """The month by which quotas are counted: 2026-11."""
        return f"{self.local():%Y-%m}"

    def advance(self, by: timedelta) -> None:
        """Move on; what became due begins at once when the emulator serves."""
        self.ahead += by
        self.moved.set()

    def back(self) -> None:
        """Tell what the source tells again; what was made in a time to come stays as it is."""
        self.ahead = timedelta(0)


class Agenda:
    """What is to happen at a moment of the clock: retries, moderation, readiness."""

    # Seconds of the machine after which a running clock is looked at anew.
    LOOK: Final = 0.25

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[tuple[datetime, int, Deed]] = []
        self._numbers = itertools.count()
        self._turn = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def next_at(self) -> datetime | None:
        return self._waiting[0][0] if self._waiting else None

    def after(self, delay: timedelta, deed: Deed) -> None:
        heapq.heappush(self._waiting, (self._clock.now() + delay, next(self._numbers), deed))

    async def run_due(self) -> None:
        """Do what is due, in order of its time."""
        async with self._turn:
            while self._waiting and self._waiting[0][0] <= self._clock.now():
                await self._do(heapq.heappop(self._waiting))

    async def _do(self, entry: tuple[datetime, int, Deed]) -> None:
        """Do one thing; what is broken off is done anew when the emulator serves again."""
        try:
            await entry[2]()
        except asyncio.CancelledError:
            heapq.heappush(self._waiting, entry)
            raise

    async def keep(self) -> None:
        """Do what becomes due, for ever."""
        while True:
            await self.run_due()
            self._clock.moved.clear()
            try:
                async with asyncio.timeout(self.LOOK):
                    await self._clock.moved.wait()
            except TimeoutError:
                continue
