"""Devices an officer signed in on before."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.console.cookies import fresh_token, hash_of
from bot.console.people.doorway import Caller
from bot.officials.models import OfficerId
from bot.storage.device_rows import remember_device


async def remember(acting: Acting, officer: OfficerId, caller: Caller) -> str:
    """Know the caller's device from now on as one of the officer's; give what it keeps."""
    token = caller.device or fresh_token()
    await remember_device(acting.connection, device_of(token, officer), officer, now=acting.now)
    return token


def device_of(token: str, officer: OfficerId) -> str:
    """Give under what the device that keeps ``token`` is known as one of the officer's."""
    # Several officers share a machine: for each of them it is another device.
    return hash_of(f"{token}:{officer}")
