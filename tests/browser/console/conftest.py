"""The chat and the console of one running program, side by side in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Page

from bot.bootstrap import House, build
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.officials.models import EVERYWHERE, Role
from bot.settings import Settings
from bot.web.app import create_app
from tests.browser.conftest import Chat
from tests.fakes.console import Reception
from tests.fakes.furnished import furnish


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def opened_windows_are_closed(browser: Browser) -> AsyncIterator[None]:
    """Close every window a test opened: one left open asks the program on and on."""
    before = browser.contexts
    yield
    for context in browser.contexts:
        if context not in before:
            await context.close()


@dataclass
class Both:
    """The running program, with citizens before it and officials behind."""

    house: House
    address: str
    reception: Reception
    browser: Browser

    async def citizen(self) -> Chat:
        """Give the window of somebody who opens the chat."""
        page = await (await self.browser.new_context(locale="vi-VN")).new_page()
        await page.goto(self.address)
        return Chat(page)

    async def official(
        self,
        way: str = "talks",
        *,
        role: Role = Role.PREPARER,
        office: str = EVERYWHERE,
        script: bool = True,
    ) -> Page:
        """Give the window of a new official of ``role``, open at ``way`` of the console."""
        seat = await self.reception(role, office=office)
        # From now on there is somebody who answers; the program looks for that each second.
        await self.house.orders.renew()
        context = await self.browser.new_context(
            locale="vi-VN", java_script_enabled=script, viewport={"width": 360, "height": 740}
        )
        own = "https://127.0.0.1/"
        await context.add_cookies(
            [{"name": "__Host-console", "value": seat.token, "url": own, "secure": True}]
        )
        page = await context.new_page()
        await page.goto(f"{self.address}console/{way}")
        return page


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def both(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, desk: Desk
) -> AsyncIterator[Both]:
    """The program started once for all that happens between citizens and officials."""
    folder = tmp_path_factory.mktemp("both")
    # What is edited is laid over what is stored.
    furnish(folder)
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    async with build(settings, desk=desk) as house, house.working():
        app = create_app(house)
        mount(app, create_console(house))
        async with TestClient(TestServer(app)) as client:
            address = str(client.make_url("/"))
            yield Both(house, address, Reception(house, client), browser)
