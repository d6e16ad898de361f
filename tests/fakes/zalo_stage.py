"""A house before the emulator of Zalo, step by step, under a clock that moves when all is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from bot.bootstrap import House, build
from bot.bootstrap.cupboard import Cupboard
from bot.bootstrap.zalo_channel import ZaloParts, zalo_channel
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.pace import MinutePace
from bot.channels.zalo.paces import Paces
from bot.conversation.desk import Desk
from bot.delivery.postman import Postman
from bot.delivery.shelf import SqlShelf
from bot.delivery.zalo_calls import SqlCallLog
from bot.messages import ChannelName, CitizenAddress
from bot.metrics import Metrics
from bot.web.app import create_app
from tests.conftest import FrozenClock
from tests.fakes.zalo import Clock, FakeZalo, Rules, serving_zalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_sides import OFFICE, connect, zalo_settings

# Of the machine's time: so long nobody moves before the clock does.
STILL: Final = 0.004
SECOND: Final = timedelta(seconds=1)


@dataclass
class Napping:
    """Sleeps by a clock that nobody else moves: ``longest`` at most, once all others rest."""

    clock: FrozenClock
    longest: timedelta = SECOND

    async def __call__(self, changed: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(STILL):
                await changed.wait()
                return
        self.clock.move(min(timedelta(seconds=seconds), self.longest))


@dataclass
class ZaloStage:
    """What ``serve`` runs for Zalo, each part one round after the other."""

    house: House
    zalo: FakeZalo
    clock: FrozenClock
    web: TestClient[web.Request, web.Application]
    parts: ZaloParts
    channel: ZaloChannel
    metrics: Metrics
    napping: Napping
    postmen: dict[ChannelName, Postman] = field(init=False)

    def __post_init__(self) -> None:
        made = {one.name: one for one in self.house.channels} | {self.channel.name: self.channel}
        house, metrics = self.house, self.metrics
        self.postmen = {
            name: Postman(house.database, one, clock=house.clock, bell=house.bell, metrics=metrics)
            for name, one in made.items()
        }

    def address(self, person: Citizen) -> CitizenAddress:
        """Give where somebody is written to."""
        return Follower(person.account.oa_id, person.user_id).address

    async def takes_in(self) -> None:
        """Sort what came and answer it, until nothing is left."""
        assert self.house.zalo_door
        sorter, worker = self.house.zalo_door.sorter, self.house.worker
        while await sorter.round() or await worker.round():
            pass

    async def gives_out(self, channel: ChannelName = ChannelName.ZALO) -> int:
        """Send what waits and may go now; give how many replies were tried."""
        tried = 0
        while count := await self.postmen[channel].round():
            tried += count
        return tried

    async def passes(self, by: timedelta) -> None:
        """Let time go by: Zalo does what is due, tokens are looked after."""
        self.clock.move(by)
        await self.zalo.tick()
        await self.parts.tokens.tend()


@asynccontextmanager
async def a_zalo_stage(
    folder: Path,
    desk: Desk,
    clock: FrozenClock,
    *,
    rules: Rules | None = None,
    office: str = OFFICE,
    **settings: str,
) -> AsyncIterator[ZaloStage]:
    """Open a house at which nothing runs by itself but the door.

    Its ``office`` has the emulator's first account.
    """
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        zalo = await enter(serving_zalo(clock=Clock(clock.now), rules=rules))
        told = zalo_settings(folder, zalo, **settings)
        house = await enter(build(told, clock=clock, desk=desk))
        napping = Napping(clock)
        parts = _parts(house, clock, napping)
        channel = zalo_channel(told, parts, _cupboard(house))
        stack.push_async_callback(_close, house, channel)
        client = await enter(TestClient(TestServer(create_app(house))))
        assert house.zalo_door
        for one in (house.inbox, house.zalo_door.arrivals):
            stack.callback(asyncio.create_task(one.writing()).cancel)
        zalo.app.events_to = str(client.make_url("/webhooks/zalo"))
        await connect(house, zalo, office)
        await house.orders.renew()
        metrics = Metrics.on(CollectorRegistry())
        yield ZaloStage(house, zalo, clock, client, parts, channel, metrics, napping)


def _parts(house: House, clock: FrozenClock, napping: Napping) -> ZaloParts:
    """Make what calls accounts' names, whose pace naps by ``clock``."""
    assert house.zalo
    assert house.vaults.data
    most = house.settings.zalo_rate
    made = ZaloParts.of(house.zalo, most, house.database, clock, house.vaults.data)
    pace = partial(MinutePace, now=lambda: clock.now().timestamp(), nap=napping)
    paces = Paces(lambda oa: SqlCallLog(house.database, f"zalo:{oa}", clock), most, made=pace)
    calling = Calling(house.zalo.client, made.tokens, paces, made.marks.count)
    return replace(made, paces=paces, calling=calling)


def _cupboard(house: House) -> Cupboard:
    shelf = SqlShelf(house.database, house.clock)
    return Cupboard(shelf, house.copies, house.answer_files, house.vaults.data)


async def _close(house: House, channel: ZaloChannel) -> None:
    for one in (*house.channels, channel):
        await one.close()
    if house.zalo:
        await house.zalo.close()
