"""After something was published: this process answers with it before the page is shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

import structlog
from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.ports import ConsoleHouse

# Seconds. The loops that look for what is new take over what lasts longer.
PATIENCE: Final = 5.0
log = structlog.get_logger()


async def renewed(request: web.Request) -> None:
    """Answer with what was just published; the other processes look for it each second."""
    renewal = asyncio.ensure_future(_renewal(request.app[CONSOLE]))
    renewal.add_done_callback(_noted)
    with suppress(TimeoutError):
        # One who waits no longer stops nothing: what is begun is told when it is done.
        await asyncio.wait_for(asyncio.shield(renewal), PATIENCE)


async def _renewal(house: ConsoleHouse) -> None:
    await house.edition.renew()
    await house.orders.renew()


def _noted(renewal: asyncio.Future[None]) -> None:
    if not renewal.cancelled() and renewal.exception() is not None:
        log.warning("renewal_failed", fault=type(renewal.exception()).__name__)
