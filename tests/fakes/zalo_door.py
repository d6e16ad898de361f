"""The door of Zalo's webhook and who sorts behind it, over a database, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import Table, insert, select

from bot.bell import Bell
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.signature import Prefix, Signature
from bot.handling.typed import AsTyped
from bot.intake.arrivals import Arrivals, Beside
from bot.intake.happenings import Happenings
from bot.intake.inbox import Inbox
from bot.intake.sorting import Sorter
from bot.intake.tallies import Marks
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.errors import NotStored
from bot.storage.tables import inbox as inbox_table
from bot.storage.zalo_tables import zalo_accounts
from bot.vault import Vaults
from tests.conftest import FrozenClock
from tests.fakes.filers import OFFICE, Filers
from tests.fakes.zalo import Clock, FakeZalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.people import Account

WINDOW = timedelta(hours=13)
PAUSE = timedelta(hours=12)
# How often Zalo tells again of what nobody thanked it for.
AGAIN = 5


async def nobody() -> None:
    """Stand behind nobody."""


# Written out, all knowledge would be.
@dataclass(repr=False)
class Doorway:
    """One process: what arrives there, and its sorter; ``zalo`` makes the calls."""

    filers: Filers
    zalo: FakeZalo
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    arrivals: Arrivals = field(init=False)
    sorter: Sorter = field(init=False)
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        filers, metrics, bell = self.filers, Metrics.on(self.registry), Bell()
        assert filers.vault
        self.marks = Marks(filers.database, filers.clock)
        beside = Beside(
            database=filers.database,
            vault=filers.vault,
            clock=filers.clock,
            bell=bell,
            metrics=metrics,
            marks=self.marks,
        )
        typed = AsTyped(Vaults(data=filers.vault, sealed=filers.sealed))
        app = self.zalo.app
        secrets = (app.webhook_secret, app.secret)
        self.arrivals = Arrivals(
            beside, Signature(app.app_id, secrets, list(Prefix), window=WINDOW)
        )
        happenings = Happenings(
            inbox=Inbox(filers.database, bell, metrics, seal=typed.sealed),
            own=filers.talking.granting.own,
            office=lambda _: OFFICE,
            pause=PAUSE,
        )
        self.sorter = Sorter(beside, happenings, behind=nobody)

    @property
    def database(self) -> Database:
        return self.filers.database

    async def takes(self, *events: Event) -> None:
        """Bring calls in this order, each kept before the next."""
        for event in events:
            await self._takes(event)

    async def _takes(self, event: Event) -> None:
        """Bring a call again that a busy machine did not keep in time, as Zalo does."""
        for left in reversed(range(AGAIN)):
            try:
                await self.arrivals.take(event.body, event.headers)
            except NotStored:
                if not left:
                    raise
            else:
                return

    async def sorts(self) -> None:
        """Sort until nothing is due."""
        while await self.sorter.round():
            pass

    async def rows(self, table: Table = inbox_table) -> list[Any]:
        async with self.database.reading() as connection:
            return list(await connection.execute(select(table).order_by(*table.primary_key)))

    async def texts(self) -> list[str]:
        return [row.text for row in await self.rows()]

    async def connects(self, account: Account | None = None, office: str = OFFICE) -> None:
        row = {
            "oa_id": (account or self.zalo.oa).oa_id,
            "office": office,
            "status": AccountStatus.CONNECTED,
        }
        async with self.database.writing() as connection:
            await connection.execute(insert(zalo_accounts).values(row))

    def citizen(self, key: str = "7") -> Citizen:
        return self.zalo.citizen(key)

    def follower(self, key: str = "7") -> Follower:
        return Follower(self.zalo.oa.oa_id, self.citizen(key).user_id)

    def counted(self, ending: str) -> float:
        labels = {"ending": ending}
        return self.registry.get_sample_value("bot_arrivals_sorted_total", labels) or 0


@asynccontextmanager
async def a_doorway(filers: Filers, zalo: FakeZalo) -> AsyncIterator[Doorway]:
    """Another process over the same database."""
    made = Doorway(filers, zalo)
    writing = asyncio.create_task(made.arrivals.writing())
    try:
        yield made
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)


def an_emulator(clock: FrozenClock) -> FakeZalo:
    """Give a Zalo that tells by ``clock``, and calls nobody by itself."""
    return FakeZalo(clock=Clock(clock.now))
