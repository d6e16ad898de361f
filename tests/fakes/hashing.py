"""A hasher that costs nothing, for tests that are about something else than hashing."""

from __future__ import annotations

from bot.console.people.hashing import Crowded
from bot.officials.passwords import canonical


class PlainHasher:
    """Keeps passwords as they are, and what it was asked to hold them against."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        # As when more wait than the real one lets in.
        self.crowded = False

    async def hash(self, password: str) -> str:
        if self.crowded:
            raise Crowded
        return f"plain {canonical(password)}"

    async def verify(self, stored: str, password: str) -> bool:
        if self.crowded:
            raise Crowded
        self.asked.append(stored)
        return stored.partition(" ")[2] == canonical(password) != ""

    def outdated(self, stored: str) -> bool:
        return stored.startswith("old ")
