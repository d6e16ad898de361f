"""A hasher that costs nothing, for tests that are about something else than hashing."""

from __future__ import annotations

import asyncio

from bot.officials.passwords import canonical


class PlainHasher:
    """Keeps passwords as they are, and what it was asked to hold them against."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        # Cleared, it works as long as a real one under a flood.
        self.free = asyncio.Event()
        self.free.set()

    async def hash(self, password: str) -> str:
        return f"plain {canonical(password)}"

    async def verify(self, stored: str, password: str) -> bool:
        self.asked.append(stored)
        await self.free.wait()
        return stored.partition(" ")[2] == canonical(password) != ""

    def outdated(self, stored: str) -> bool:
        return stored.startswith("old ")
