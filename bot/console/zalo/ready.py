"""The app of this deployment at Zalo, where the environment names one and there are keys."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.casework.zalo.port import Zalo
from bot.console.keys import CONSOLE
from bot.settings import Settings
from bot.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What connecting needs."""

    zalo: Zalo
    vault: Vault
    settings: Settings


def ready(request: web.Request) -> Ready | None:
    """Give what connecting needs; nothing where something of it is not set."""
    house = request.app[CONSOLE]
    if house.zalo is None or house.vaults.data is None:
        return None
    return Ready(zalo=house.zalo, vault=house.vaults.data, settings=house.settings)
