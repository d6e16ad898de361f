"""The program with its database and a clock: ticks, engine and lanes, killed and started again."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from bot.bell import Bell
from bot.clock import VIETNAM
from bot.delivery.ledger import SqlLedger
from bot.newsroom.realm import Realm
from bot.storage.broadcast_tables import schedules
from bot.storage.claim_rows import Owner, outlive
from bot.storage.database import Database
from bot.upkeep.news import news_ticks
from bot.upkeep.ticking import Tick
from broadcasts.delivery.engine import Engine
from broadcasts.delivery.lane import Lane
from broadcasts.models import Route
from tests.conftest import FrozenClock
from tests.fakes.years.postbox import Postbox

SECOND: Final = timedelta(seconds=1)
# The engine looks again after a rest; what only waits for the morning is looked at seldom.
LONGEST_REST: Final = timedelta(minutes=13)
LANES: Final = (Route.TELEGRAM, Route.ZALO_CS)


class OfficeHours:
    """The engine's hours by the realm that is in force."""

    def __init__(self, realm: Callable[[], Realm]) -> None:
        self._realm = realm

    def quiet_until(self, office: str, at: datetime) -> datetime | None:
        return self._realm().standing(office).rules.quiet_until(at)


class Program:
    """What ``serve`` does with news, one step after the other."""

    def __init__(
        self, database: Database, clock: FrozenClock, realm: Callable[[], Realm], seed: int
    ) -> None:
        self.database = database
        self.clock = clock
        self.realm = realm
        self.boxes: Mapping[Route, Postbox] = {
            route: Postbox(clock, random.Random(seed)) for route in LANES
        }
        self.before_reminding: list[Callable[[], Awaitable[None]]] = []
        self._began = clock.now()
        self._start()

    def _start(self) -> None:
        self._busy = True
        self._due: datetime | None = None
        self._asked = False
        self._rest = SECOND
        ticks = {
            one.name: one for one in news_ticks(self.database, self.clock, self.realm, Bell())
        }
        self._ticks: Mapping[str, Tick] = ticks
        self.remind_at = self._next_reminder(self.clock.now())
        hours = OfficeHours(self.realm)
        self._ledger = SqlLedger(self.database, Owner(name="years"), clock=self.clock, bell=Bell())
        self._engine = Engine(self._ledger, {}, clock=self.clock, hours=hours, leads=lambda: True)
        self._lanes = [
            Lane(
                route,
                box,
                self._ledger,
                clock=self.clock,
                hours=hours,
                elapsed=self._elapsed,
            )
            for route, box in self.boxes.items()
        ]
        self._beat_at = self.clock.now()

    def _elapsed(self) -> float:
        return (self.clock.now() - self._began).total_seconds()

    async def restart(self) -> None:
        """Come back after a death: what was at work then is unknown."""
        async with self.database.writing() as connection:
            await outlive(connection)
        self._start()

    async def wake(self) -> None:
        """Look again at what people may have changed."""
        self._asked, self._rest = False, SECOND
        self._busy = bool(await self._ledger.running())
        self._beat_at = self.clock.now()

    async def clear_days_off(self) -> None:
        """Do what comes every hour, where a day was closed in the one before."""
        await self._ticks["clear_days_off"].act()

    async def next_at(self) -> datetime:
        """Give when there is something to do by the clock."""
        if not self._asked:
            wanted = select(func.min(schedules.c.next_due_at)).where(
                schedules.c.status == "active"
            )
            async with self.database.reading() as connection:
                self._due = (await connection.execute(wanted)).scalar()
            self._asked = True
        moments = [self.remind_at, *filter(None, [self._due]), *([self._beat_at] * self._busy)]
        return max(min(moments), self.clock.now())

    async def step(self) -> None:
        """Do what is due by now."""
        now = self.clock.now()
        if self._due is not None and self._due <= now:
            await self._ticks["dispatch"].act()
            await self.wake()
        if self.remind_at <= now:
            for look in self.before_reminding:
                await look()
            await self._ticks["remind"].act()
            self.remind_at = self._next_reminder(now + SECOND)
            # Of a day's later ticks those of Mondays are played; the others find the same.
            while now.weekday() and self.remind_at.date() == now.astimezone(VIETNAM).date():
                self.remind_at = self._next_reminder(self.remind_at + SECOND)
        if self._busy and self._beat_at <= now:
            await self._beat()

    async def _beat(self) -> None:
        before = sum(box.calls for box in self.boxes.values())
        await self._engine.lay_out()
        rests = [await lane.round() for lane in self._lanes]
        await self._engine.look()
        if sum(box.calls for box in self.boxes.values()) > before or 0.0 in rests:
            self._rest = SECOND
        else:
            self._rest = min(self._rest * 2, LONGEST_REST)
        self._beat_at = self.clock.now() + self._rest
        if 0.0 not in rests and not await self._ledger.running():
            self._busy = False
            await self._ticks["fulfil"].act()

    def _next_reminder(self, now: datetime) -> datetime:
        fires: datetime = self._ticks["remind"].when.get_next_fire_time(
            None, now.astimezone(VIETNAM)
        )
        return fires
