"""Accounts of Zalo that need somebody: they stand first on the page of who may connect them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.zalo.alarming import alarmed
from bot.casework.zalo.wording import alarm_sentences
from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.officials.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ZaloAlarm:
    """An account, and what is to be done about it."""

    name: str
    sentences: Sequence[str]


async def zalo_alarms(
    request: web.Request, actor: Actor, connection: AsyncConnection
) -> Sequence[ZaloAlarm]:
    """Give the accounts ``actor`` may mend that need it."""
    if not actor.may_somewhere(Action.ZALO_CONNECT):
        return ()
    now = request.app[CONSOLE].clock.now()
    found = await alarmed(connection, actor.offices(Action.ZALO_CONNECT), now)
    return [
        ZaloAlarm(
            name=account.name or account.oa_id,
            sentences=alarm_sentences(account, kinds, waiting),
        )
        for account, kinds, waiting in found
    ]
