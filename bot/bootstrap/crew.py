"""Work that goes on side by side: how it is begun, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import Final, Self

# Seconds that begun work has at the end.
LAST_MOMENTS: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Tasks that run together; ``workers`` end by themselves once they are told to stop.

    ``writers`` serve the others to the last, ``pollers`` bring in more work.
    """

    writers: tuple[asyncio.Task[None], ...]
    workers: tuple[asyncio.Task[None], ...]
    pollers: tuple[asyncio.Task[None], ...]

    @classmethod
    def begun(
        cls,
        *,
        writers: Iterable[Coroutine[None, None, None]],
        workers: Iterable[Coroutine[None, None, None]],
        pollers: Iterable[Coroutine[None, None, None]],
    ) -> Self:
        """Begin all of it."""
        return cls(
            writers=tuple(map(_task, writers)),
            workers=tuple(map(_task, workers)),
            pollers=tuple(map(_task, pollers)),
        )

    @property
    def tasks(self) -> tuple[asyncio.Task[None], ...]:
        """All of them."""
        return (*self.writers, *self.workers, *self.pollers)

    async def ended(self) -> None:
        """Let begun work be finished, now that the workers are told to stop; cut off the rest."""
        # What polling had not stored stays with its provider.
        for task in self.pollers:
            task.cancel()
        # What a database that never answers holds up is begun anew after the next start.
        _, held_up = await asyncio.wait(self.workers, timeout=LAST_MOMENTS)
        for task in (*self.writers, *held_up):
            task.cancel()
        await asyncio.wait(self.tasks)

    def tell_fault(self) -> None:
        """Raise what one of them failed with."""
        for task in self.tasks:
            if not task.cancelled():
                task.result()


def _task(work: Coroutine[None, None, None]) -> asyncio.Task[None]:
    return asyncio.create_task(work, name=getattr(work, "__qualname__", "work"))
