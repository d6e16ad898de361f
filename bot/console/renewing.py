"""After something was published: this process answers with it before the page is shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from aiohttp import web

from bot.console.keys import CONSOLE

# Seconds. The loops that look for what is new take over what lasts longer.
PATIENCE: Final = 5.0


async def renewed(request: web.Request) -> None:
    """Answer with what was just published; the other processes look for it each second."""
    house = request.app[CONSOLE]
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await house.edition.renew()
            await house.orders.renew()
