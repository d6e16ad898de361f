"""Holds calls of the emulator while they are under way, and tells when the program is to die."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Call(StrEnum):
    """What goes to Zalo, by the end of its path."""

    CREATE = "/article/create"
    POLL = "/article/verify"
    PUBLISH = "/article/update"
    BROADCAST = "/v2.0/oa/message"
    TEMPLATE = "/message/template"
    UPLOAD = "/upload/image"
    MESSAGE = "/message/cs"
    REFRESH = "/oa/access_token"


class Moment(StrEnum):
    """When its process dies: before Zalo did what it was asked for, or before it heard of it."""

    BEFORE = "before"
    AFTER = "after"


Volley = Mapping[Call, Moment]


def call_of(path: str) -> Call | None:
    """Give which of the calls goes to ``path``."""
    return next((one for one in Call if path.endswith(one)), None)


@dataclass
class Gun:
    """Aimed at a ``volley``: one call of each kind is held until all are, then ``loaded`` is set.

    ``passing`` are let through before. ``fired`` once the process is dead.
    """

    volley: dict[Call, Moment] = field(default_factory=dict)
    passing: Counter[Call] = field(default_factory=Counter)
    loaded: asyncio.Event = field(default_factory=asyncio.Event)
    held: set[Call] = field(default_factory=set)
    hit: Counter[tuple[Call, Moment]] = field(default_factory=Counter)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def aim(self, volley: Volley, *, passing: int = 0) -> None:
        """Hold a call of each kind, ``passing`` so many of them first."""
        self._load(volley, passing)

    def fired(self) -> None:
        """Let what was held end: nobody listens any more."""
        self._load({}, 0)

    def mount(self, app: web.Application) -> None:
        """Stand before every call of ``app``."""
        app.middlewares.append(self._stands)

    def _load(self, volley: Volley, passing: int) -> None:
        self.volley, self.held = dict(volley), set()
        self.passing = Counter(dict.fromkeys(volley, passing))
        self.loaded.clear()
        self._over.set()
        self._over = asyncio.Event()

    @web.middleware
    async def _stands(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        call = call_of(request.path)
        moment = self._drawn(call) if call else None
        if call is None or moment is None:
            return await handler(request)
        if moment is Moment.AFTER:
            await handler(request)
        await self._hold(call, moment)
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    def _drawn(self, call: Call) -> Moment | None:
        if self.passing[call]:
            self.passing[call] -= 1
            return None
        return self.volley.get(call)

    async def _hold(self, call: Call, moment: Moment) -> None:
        over = self._over
        if call not in self.held:
            self.hit[call, moment] += 1
        self.held.add(call)
        if self.held == self.volley.keys():
            self.loaded.set()
        await over.wait()
