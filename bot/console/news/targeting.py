"""To which followers an article goes: the choices of the form, where an account publishes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.news.here import realm_of
from bot.console.words import say
from bot.storage.zalo_account_rows import every_account
from broadcasts.targets import labels

# In the order in which people think of them; what a telephone is made by comes last.
PARTS: Final = ("ages", "genders", "provinces", "regions", "platforms", "telcos")
# A field of the form, what it asks and the codes to choose from.
Choice = tuple[str, str, Sequence[tuple[str, str]]]


async def targets_here(request: web.Request, office: str) -> Sequence[Choice]:
    """Give the choices for texts of ``office``; none where no account stands over it."""
    covers = realm_of(request).tree.covers
    async with request.app[CONSOLE].database.reading() as connection:
        accounts = await every_account(connection)
    if not any(covers(one.office, office) for one in accounts):
        return ()
    return [(name, say(f"targets.{name}"), list(labels()[name].items())) for name in PARTS]
