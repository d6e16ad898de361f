"""Looks at each account's own page at Zalo (getoa) as a process starts; so it knows its line.

Once a day the leader reads them all, see ``bot.upkeep.zalo``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Protocol

import structlog

from bot.bell import nap
from bot.channels.zalo.accounts import Accounts, AccountsClosed, AccountStatus
from bot.channels.zalo.asking import Asking
from bot.channels.zalo.faults import ZaloFault, meaning
from bot.channels.zalo.lines import Lines

PATH: Final = "/v2.0/oa/getoa"
# Seconds.
SOON: Final = 60.0
log = structlog.get_logger()


class Pages(Protocol):
    """Where it is kept what accounts' pages told."""

    async def tell(self, oa_id: str, told: Mapping[str, Any]) -> None:
        """Keep what the page of an account tells now; that it could not be kept is no loss."""
        ...


async def page_of(asking: Asking, oa: str) -> Mapping[str, Any]:
    """Give what an account's page tells.

    Raises:
        ZaloFault: as ``Asking`` does.
    """
    return (await asking.get(oa, PATH)).data


class Looking:
    """Keeps what is known of the accounts themselves up to date."""

    def __init__(self, asking: Asking, accounts: Accounts, pages: Pages, lines: Lines) -> None:
        """Ask by ``asking`` and keep it in ``pages``."""
        self._asking = asking
        self._accounts = accounts
        self._pages = pages
        self._lines = lines

    async def looking(self, stopping: asyncio.Event) -> None:
        """Look at every account once; again only while nobody can tell which there are."""
        while not stopping.is_set():
            try:
                await self.look()
            except AccountsClosed as error:
                log.warning("zalo_accounts_not_looked_at", error=str(error))
                await nap(stopping, SOON)
            else:
                return

    async def look(self) -> None:
        """Look at every account that may speak."""
        for one in await self._accounts.every():
            if one.status is AccountStatus.CONNECTED:
                await self._look_at(one.oa_id)

    async def _look_at(self, oa: str) -> None:
        try:
            told = await page_of(self._asking, oa)
        except ZaloFault as fault:
            self._lines.note(oa, meaning(fault))
            return
        self._lines.works(oa)
        await self._pages.tell(oa, told)
