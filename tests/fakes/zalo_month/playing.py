"""Plays the days of an account, step by step, and what is owed behind them."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk
from bot.storage.zalo_template_rows import Use
from tests.conftest import FrozenClock
from tests.fakes.readers import a_reader, subscribe_all
from tests.fakes.zalo import Rules
from tests.fakes.zalo_choice import choose_template
from tests.fakes.zalo_month.crowd import Crowd
from tests.fakes.zalo_month.news import News
from tests.fakes.zalo_month.office import OFFICE, Office
from tests.fakes.zalo_stage import ZaloStage, a_zalo_stage

STEP: Final = timedelta(hours=4)
# Steps of a day on which people are awake.
AWAKE: Final = 4
# Afterwards nobody does anything any more; tokens are still refreshed in time.
LONG: Final = timedelta(hours=12)
# What waits for a quota or a late window has ended by then.
AFTERWARDS: Final = timedelta(days=9)
LONGEST_NAP: Final = timedelta(minutes=1)
# Đồng.
OVER_QUOTA: Final = 55


@dataclass(frozen=True, kw_only=True)
class Scene:
    """How many people, for how many days; so many acts a day; the office's purse."""

    people: int
    days: int
    acts_a_day: float
    # How many had subscribed before.
    subscribed: int = 0
    paid: str = "pay"
    # Messages of the package a month; đồng for what goes beyond it, where the office pays.
    package: int = 500
    money: int = 1_000_000
    # Calls a minute the program allows itself, and Zalo.
    rate: int = 90
    allowed: int = 100
    seed: int = 1


@dataclass
class Month:
    """One account under a clock that jumps from step to step."""

    scene: Scene
    stage: ZaloStage
    folder: Path
    # Told the moment and the number of calls after each step.
    shows: Callable[[datetime, int], None] | None = None

    def __post_init__(self) -> None:
        dice = random.Random(self.scene.seed)
        zalo = self.stage.zalo
        zalo.oa.messages_a_month, zalo.oa.cloud_money = self.scene.package, self.scene.money
        people = [zalo.citizen(str(one), follows=True) for one in range(self.scene.people)]
        self.people = people
        self.office = Office(self.stage, dice)
        self.crowd = Crowd(self.stage, people, self.office, dice)
        self.news = News(self.stage)

    async def play(self) -> None:
        """Let the days go by, and what is owed then come to an end."""
        began = self.stage.clock.now()
        ends = began + timedelta(days=self.scene.days)
        await self._set_up(ends)
        await self._until(ends, STEP)
        await self._until(ends + AFTERWARDS, LONG, awake=False)

    async def _set_up(self, ends: datetime) -> None:
        await self.office.hire()
        for use in Use:
            await choose_template(self.stage.house, self.stage.zalo, OFFICE, use)
        now = self.stage.clock.now()
        readers = [
            a_reader("zalo", self.stage.address(one).user_id, office=OFFICE, agreed_at=now)
            for one in self.people[: self.scene.subscribed]
        ]
        if readers:
            await subscribe_all(self.stage.house.database, readers)
        await self.news.plan(self.folder, ends)

    async def _until(self, ends: datetime, step: timedelta, *, awake: bool = True) -> None:
        """Go from step to step by the clock, however much of it was spent within one."""
        mark = self.stage.clock.now()
        while mark < ends:
            if awake:
                await self._people_act(mark)
                await self.news.begins()
            await self._goes_on()
            mark += step
            await self.stage.passes(max(mark - self.stage.clock.now(), timedelta(0)))

    async def _people_act(self, now: datetime) -> None:
        hour = now.astimezone(VIETNAM).hour
        if 6 <= hour < 22:
            await self.crowd.act(self.scene.acts_a_day / AWAKE)

    async def _goes_on(self) -> None:
        """Do all that can be done now."""
        await self.news.reads()
        await self.stage.takes_in()
        await self.office.works()
        await self.stage.gives_out()
        await self.news.sends()
        await self.stage.zalo.webhooks.settle()
        if self.shows:
            self.shows(self.stage.clock.now(), self.stage.zalo.ledger.calls.total())


@asynccontextmanager
async def a_month(
    folder: Path, desk: Desk, clock: FrozenClock, scene: Scene, **settings: str
) -> AsyncIterator[Month]:
    """Open an account with its people."""
    price = OVER_QUOTA if scene.paid == "pay" else None
    told = {"ZALO_RATE": str(scene.rate), "ZALO_PAID": scene.paid, **settings}
    async with a_zalo_stage(
        folder,
        desk,
        clock,
        rules=Rules(price_over_quota=price, oa_rate=scene.allowed),
        office=OFFICE,
        **told,
    ) as stage:
        stage.napping.longest = LONGEST_NAP
        yield Month(scene, stage, folder)
