"""How many open connections wait for replies; without a limit one page could take them all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from bot.web.refusals import too_soon

SEATS_PER_SESSION: Final = 8
SEATS_IN_ALL: Final = 5_000
COME_BACK_SECONDS: Final = 5


class Seats:
    """The places for connections that wait, and the tasks that sit there."""

    def __init__(self, *, each: int = SEATS_PER_SESSION, total: int = SEATS_IN_ALL) -> None:
        """Give ``each`` session its places, and no more than ``total`` to all of them."""
        self.each = each
        self.total = total
        self.taken = 0
        self._waiting: defaultdict[str, list[asyncio.Task[object]]] = defaultdict(list)

    @contextmanager
    def take(self, session: str) -> Iterator[None]:
        """Hold a place for the current task as long as the block runs.

        Raises:
            Refusal: none is free, of this session or in all.
        """
        task = asyncio.current_task()
        seated = self._waiting.get(session, ())
        if self.taken >= self.total or len(seated) >= self.each or task is None:
            status = HTTPStatus.TOO_MANY_REQUESTS
            raise too_soon("too_many_open", status, seconds=COME_BACK_SECONDS)
        self.taken += 1
        self._waiting[session].append(task)
        try:
            yield
        finally:
            self._leave(session, task)

    def empty(self) -> None:
        """Send everybody home: who waits here must not keep the program from stopping."""
        for tasks in self._waiting.values():
            for task in tasks:
                task.cancel()

    def _leave(self, session: str, task: asyncio.Task[object]) -> None:
        self.taken -= 1
        self._waiting[session].remove(task)
        if not self._waiting[session]:
            del self._waiting[session]
