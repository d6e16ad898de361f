"""Devices an officer signed in on before, so that strangers' guesses do not slow the owner."""

from __future__ import annotations

from typing import Final

from bot.casework.deeds import Acting
from bot.console.cookies import fresh_token, hash_of
from bot.console.people.doorway import Caller, Doorway
from bot.officials.models import OfficerId
from bot.storage.device_rows import is_known, remember_device

NOBODY: Final = OfficerId(0)


async def attempts_key(
    doorway: Doorway, kind: str, subject: str, *, officer: OfficerId, caller: Caller
) -> str:
    """Give what attempts of a kind are counted under: a known device, else whom they are about.

    Nothing of what was typed stands in it: somebody may type a password for a name.
    """
    if caller.device:
        device = _of(caller.device, officer)
        async with doorway.database.reading() as connection:
            if await is_known(connection, device, officer):
                return f"{kind}@device:{device}"
    return f"{kind}:{hash_of(subject)}"


async def remember(acting: Acting, officer: OfficerId, caller: Caller) -> str:
    """Know the caller's device from now on as one of the officer's; give what it keeps."""
    token = caller.device or fresh_token()
    await remember_device(acting.connection, _of(token, officer), officer, now=acting.now)
    return token


def _of(token: str, officer: OfficerId) -> str:
    # Several officers share a machine: for each of them it is another device.
    return hash_of(f"{token}:{officer}")
