"""Wakes whoever waits in this process; the tables stay the truth, a missed ring only delays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


def answered(inbox_id: int) -> str:
    """Give the name that rings when a message has its answer."""
    return f"answered:{inbox_id}"


class Ear:
    """Hears one name; rings between two waits are not lost."""

    def __init__(self) -> None:
        """Start without having heard anything."""
        self.heard = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Sleep until the name rings, at most ``seconds``; tell whether it rang."""
        try:
            async with asyncio.timeout(seconds):
                await self.heard.wait()
        except TimeoutError:
            return False
        self.heard.clear()
        return True


class Bell:
    """Rings for a name; everybody listening for that name wakes."""

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._ears: dict[str, set[Ear]] = {}

    def ring(self, name: str) -> None:
        """Wake those who listen for ``name``."""
        for ear in self._ears.get(name, ()):
            ear.heard.set()

    def ring_all(self) -> None:
        """Wake everybody, so that they see at once that work ends."""
        for name in self._ears:
            self.ring(name)

    @contextmanager
    def listening(self, name: str) -> Iterator[Ear]:
        """Listen for ``name`` for as long as the block runs."""
        ear = Ear()
        ears = self._ears.setdefault(name, set())
        ears.add(ear)
        try:
            yield ear
        finally:
            ears.discard(ear)
            if not ears:
                del self._ears[name]


async def nap(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep for ``seconds``, or until ``stopping``."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
