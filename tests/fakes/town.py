"""The whole program over one folder, stopped and started again while days go by."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import House, build
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.feedback.limits import Limit, shipped
from bot.feedback.models import Case, CaseId, Event
from bot.feedback.reference import read_reference
from bot.officials.models import OfficerId, Role
from bot.officials.office_entries import Entry
from bot.officials.own_limits import OwnLimit
from bot.settings import Settings
from bot.settings.zalo import ZaloSettings
from bot.storage.case_rows import events_of, find_reference
from bot.storage.standing_rows import put_standing
from bot.storage.unit_rows import UnitWish, add_unit
from bot.web.app import create_app
from tests.conftest import FrozenClock
from tests.fakes.console import Reception, Seat, Shown
from tests.fakes.sides import telegram_settings
from tests.fakes.telegram import FakeTelegram, serving_telegram
from tests.fakes.zalo import Clock, FakeZalo, Rules, serving_zalo
from tests.fakes.zalo_bot import FakeZaloBot, serving_zalo_bot
from tests.fakes.zalo_bot_sides import zalo_bot_told
from tests.fakes.zalo_sides import connect, zalo_settings

OFFICE: Final = "mau-xa"
UNIT: Final = "Tổ môi trường"
PAPER: Final = "QĐ 12/QĐ-UBND ngày 02/11/2026"
STAFF: Final = {"minh": Role.PREPARER, "hoa": Role.APPROVER}


@dataclass
class Town:
    """Citizens before the program, its officers behind it; ``clock`` is the program's.

    MINH prepares answers, HOA gives out the work and signs.
    """

    folder: Path
    desk: Desk
    clock: FrozenClock
    telegram: FakeTelegram
    zalo_bot: FakeZaloBot
    zalo: FakeZalo
    house: House = field(init=False)
    web: TestClient[web.Request, web.Application] = field(init=False)
    staff: dict[str, OfficerId] = field(default_factory=dict)
    post: str = ""
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        enter = self._running.enter_async_context
        self.house = await enter(build(self._settings, clock=self.clock, desk=self.desk))
        app = create_app(self.house)
        mount(app, create_console(self.house))
        self.web = await enter(TestClient(TestServer(app)))
        self.zalo.app.events_to = str(self.web.make_url("/webhooks/zalo"))
        await enter(self.house.working())

    @property
    def _settings(self) -> Settings:
        """Whatever has a webhook is called by it."""
        telegram = telegram_settings(self.folder, self.telegram.url, "webhook")
        files = ",".join(one.url.removeprefix("http://") for one in (self.zalo_bot, self.zalo))
        bot = zalo_bot_told(self.zalo_bot.url, "webhook")
        zalo = zalo_settings(self.folder, self.zalo, **bot | {"ZALO_FILE_HOSTS": files})
        named = {one: getattr(zalo, one) for one in ZaloSettings.model_fields}
        return telegram.model_copy(update=named)

    async def stop(self) -> None:
        await self._running.aclose()

    async def restart(self) -> None:
        """End all of it and begin anew with what is stored, as after an update."""
        await self.stop()
        await self.start()

    async def furnish(self) -> None:
        """Hire the staff, form a unit, ask for a second pair of eyes, confirm the limits.

        The account of Zalo is the office's.
        """
        await connect(self.house, self.zalo, OFFICE)
        for name, role in STAFF.items():
            hired = (await self._reception(role, office=OFFICE)).officer
            assert hired is not None
            self.staff[name] = hired
        minh = self.staff["minh"]
        wish = UnitWish(
            office=OFFICE, name=UNIT, topics=("moi_truong",), members=frozenset({minh})
        )
        async with self.house.database.writing() as connection:
            self.post = f"u{await add_unit(connection, wish)}o{minh}"
            await put_standing(
                connection, settings_of_the_office(), at=self.clock.now(), change=None
            )
        await self.house.orders.renew()

    @property
    def _reception(self) -> Reception:
        return Reception(self.house, self.web)

    async def seat(self, name: str) -> Seat:
        """Give the browser of one of the staff, signed in just now."""
        return await self._reception.again(self.staff[name])

    async def does(self, name: str, path: str, /, **form: str) -> Shown:
        """Let one of the staff send a form, which must be taken."""
        done = await (await self.seat(name)).post(path, **form)
        assert done.status == 303, (path, done.status, done.text)
        assert "failed=" not in done.where, done.where
        return done

    async def signs(self, name: str, case: CaseId) -> None:
        """Let one of the staff read the answer that waits, and give it."""
        page = (await (await self.seat(name)).get(f"/cases/{case}")).text
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version, page
        await self.does(name, f"/cases/{case}/approve", version=version[1])

    async def case(self, reference: str) -> Case:
        async with self.house.database.reading() as connection:
            found = await find_reference(connection, str(read_reference(reference)))
            assert found is not None
            return found

    async def events(self, case: CaseId) -> tuple[Event, ...]:
        async with self.house.database.reading() as connection:
            return await events_of(connection, case)


def settings_of_the_office() -> list[Entry]:
    """Give what the office set: its limits are confirmed, so citizens are told their days."""
    limits = [
        Entry(office=OFFICE, key=f"deadline:{one.id}", value=_confirmed(one).value)
        for one in shipped()
        if one.local
    ]
    return [Entry(office=OFFICE, key="rule:case_four_eyes", value={"on": True}), *limits]


def _confirmed(limit: Limit) -> OwnLimit:
    return OwnLimit(number=limit.number, unit=str(limit.unit), confirmed=True, paper=PAPER)


@asynccontextmanager
async def open_town(folder: Path, desk: Desk, clock: FrozenClock) -> AsyncIterator[Town]:
    """Open the program with its staff at work."""
    rules = Rules(receipts=False, oa_rate=100_000)
    async with (
        serving_telegram() as telegram,
        serving_zalo_bot() as zalo_bot,
        serving_zalo(clock=Clock(clock.now), rules=rules) as zalo,
    ):
        town = Town(folder, desk, clock, telegram, zalo_bot, zalo)
        await town.start()
        try:
            await town.furnish()
            yield town
        finally:
            await town.stop()
