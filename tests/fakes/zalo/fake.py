"""One Zalo: its three hosts on one port of loopback, and the people who use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Final

from aiohttp import web

from tests.fakes.zalo.calls import calls
from tests.fakes.zalo.citizens import Citizen, Doors
from tests.fakes.zalo.clock import Clock
from tests.fakes.zalo.consent import PERMISSION
from tests.fakes.zalo.errors import Host
from tests.fakes.zalo.people import Account, App, Json
from tests.fakes.zalo.rooms import Rooms
from tests.fakes.zalo.rules import Rules
from tests.fakes.zalo.world import World

LARGEST_CALL: Final = 60_000_000


class FakeZalo(Rooms):
    """An emulator to start and stop; what it knows stays while it is stopped.

    ``app`` and ``oa`` are there from the beginning, more of both can be opened.
    """

    def __init__(self, *, clock: Clock | None = None, rules: Rules | None = None) -> None:
        super().__init__(World(clock=clock or Clock(), rules=rules or Rules()))
        self.clock, self.rules = self.world.clock, self.world.rules
        self.ledger, self.weather = self.world.ledger, self.world.weather
        self.app = self.open_app()
        self.oa = self.open_oa()
        # What else answers on this port, such as the page on which one plays a citizen.
        self.mounts: list[Callable[[web.Application], None]] = []
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return self.world.url

    @property
    def oauth_url(self) -> str:
        return f"{self.url}/{Host.OAUTH}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/{Host.API}"

    @property
    def business_url(self) -> str:
        return f"{self.url}/{Host.BUSINESS}"

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; started again, on the same port as before."""
        self._runner = web.AppRunner(self.application(), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.url = f"http://127.0.0.1:{self.port}"
        await self.webhooks.start()
        self._keeping = asyncio.create_task(self.world.agenda.keep())

    async def stop(self) -> None:
        """Be out of reach."""
        if self._keeping:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        await self.webhooks.stop()
        if self._runner:
            await self._runner.cleanup()

    def application(self) -> web.Application:
        """All calls by their hosts and paths."""
        app = web.Application(client_max_size=LARGEST_CALL)
        app.router.add_post(f"/{Host.OAUTH}/v4/oa/access_token", self.oauth.token)
        app.router.add_get("/media/{known}/{name}", self.media.serve)
        app.router.add_get(f"/{Host.OAUTH}{PERMISSION}", self.consent.show)
        app.router.add_post(f"/{Host.OAUTH}{PERMISSION}", self.consent.give)
        for host, method, path, kind, handler in calls(self):
            app.router.add_route(method, f"/{host}{path}", self.gate.opens(host, kind, handler))
        for mount in self.mounts:
            mount(app)
        return app

    def open_app(self, **facts: Any) -> App:
        app = App(**facts)
        self.world.apps[app.app_id] = app
        return app

    def open_oa(self, name: str = "Phường Thử Nghiệm", **facts: Any) -> Account:
        """Open an OA; it belongs to the first app unless another is given."""
        account = Account(**{"app": self.app, "name": name, **facts})
        self.world.accounts[account.oa_id] = account
        return account

    def citizen(self, key: str = "7", oa: Account | None = None, **facts: Any) -> Citizen:
        """Somebody before an OA, the same for the same key."""
        account = oa or self.oa
        new = Citizen(account, key, doors=self._doors, **facts)
        known = account.people.setdefault(new.user_id, new)
        assert isinstance(known, Citizen)
        return known

    def mint(self, oa: Account | None = None) -> Json:
        """A first pair of tokens, as from the API Explorer."""
        return self.oauth.mint(oa or self.oa)

    def fail(self, where: str, code: int, times: int | None = 1) -> None:
        """Answer the next calls of a kind, path or host with an error of the table."""
        self.weather.fail(where, code, times)

    async def advance(self, by: timedelta) -> None:
        """Move the clock and do what became due, step by step as it does."""
        until = self.clock.now() + by
        agenda = self.world.agenda
        while (due := agenda.next_at) is not None and due <= until:
            self.clock.advance(max(due - self.clock.now(), timedelta(0)))
            await agenda.run_due()
        self.clock.advance(max(until - self.clock.now(), timedelta(0)))
        await self.tick()

    async def tick(self) -> None:
        """Do what became due by a clock that somebody else moved."""
        await self.world.agenda.run_due()
        await self.webhooks.settle()

    @property
    def _doors(self) -> Doors:
        return Doors(self.world, self.webhooks, self.messages, self.media)


@asynccontextmanager
async def serving_zalo(
    *, clock: Clock | None = None, rules: Rules | None = None, port: int = 0
) -> AsyncIterator[FakeZalo]:
    """An emulator for as long as the context lasts."""
    fake = FakeZalo(clock=clock, rules=rules)
    await fake.start(port)
    try:
        yield fake
    finally:
        await fake.stop()
