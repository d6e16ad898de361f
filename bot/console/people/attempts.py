"""Attempts to come in are counted, per account or per device on which its officer came in before.

So strangers' guesses do not slow the owner.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.cookies import hash_of
from bot.console.people.devices import device_of
from bot.console.people.doorway import Caller, Doorway, Reason, Refused
from bot.officials.models import OfficerId
from bot.officials.throttle import Tried
from bot.storage.device_rows import is_known
from bot.storage.throttle_rows import account_key, count_attempt, device_key, to_wait

NOBODY: Final = OfficerId(0)


async def counted(
    doorway: Doorway, tried: Tried, *, officer: OfficerId, login: str, caller: Caller
) -> str | Refused:
    """Count an attempt; give what it is counted under, or how long to wait.

    Who must wait costs no write. ``officer`` is ``NOBODY`` for a ``login`` that nobody has.
    """
    now = doorway.clock.now()
    async with doorway.database.reading() as connection:
        key = await _key(connection, tried, officer=officer, login=login, caller=caller)
        left = await to_wait(connection, key, now=now)
    if not left:
        async with doorway.database.writing() as connection:
            left = await count_attempt(connection, key, now=now)
    return Refused(reason=Reason.WAIT, wait=left) if left else key


async def _key(
    connection: AsyncConnection, tried: Tried, *, officer: OfficerId, login: str, caller: Caller
) -> str:
    """Nothing of what was typed stands in it: somebody may type a password for a name."""
    if caller.device:
        device = device_of(caller.device, officer)
        if await is_known(connection, device, officer):
            return device_key(tried, device)
    return account_key(tried, hash_of(login) if officer == NOBODY else str(officer))
