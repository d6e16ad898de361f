"""How many open connections wait for replies; without limits one caller could take them all."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from bot.web.refusals import Refusal, too_soon

SEATS_PER_SESSION: Final = 8
SEATS_OF_A_KIND: Final = 4_000
COME_BACK_SECONDS: Final = 5


class Seat(StrEnum):
    """What a connection waits for; each kind has its own places, so neither crowds out the other.

    Streams stay for minutes, waits for one reply at most half a minute.
    """

    STREAM = "stream"
    WAIT = "wait"


class Seats:
    """The places for connections that wait, and the tasks that sit there."""

    def __init__(
        self,
        *,
        each: int = SEATS_PER_SESSION,
        per_address: int = SEATS_OF_A_KIND,
        total: int = SEATS_OF_A_KIND,
    ) -> None:
        """Give ``each`` session its places; of a kind, an address and all together have theirs."""
        self.each = each
        self.per_address = per_address
        self.total = total
        self._waiting: defaultdict[str, list[asyncio.Task[object]]] = defaultdict(list)
        self._kinds: Counter[Seat] = Counter()
        self._addresses: Counter[tuple[Seat, str]] = Counter()

    @property
    def taken(self) -> int:
        """How many sit now, of every kind."""
        return self._kinds.total()

    @contextmanager
    def take(self, session: str, address: str, *, kind: Seat) -> Iterator[None]:
        """Hold a place for the current task as long as the block runs.

        Raises:
            Refusal: none is free, of this session, of its address or in all.
        """
        task = asyncio.current_task()
        reason = self._full(session, address, kind=kind)
        if reason or task is None:
            raise reason or RuntimeError("only a task can wait")
        self._waiting[session].append(task)
        self._kinds[kind] += 1
        self._addresses[kind, address] += 1
        try:
            yield
        finally:
            self._leave(session, task)
            self._kinds[kind] -= 1
            self._addresses[kind, address] -= 1
            if not self._addresses[kind, address]:
                del self._addresses[kind, address]

    def empty(self) -> None:
        """Send everybody home: who waits here must not keep the program from stopping."""
        for tasks in self._waiting.values():
            for task in tasks:
                task.cancel()

    def _full(self, session: str, address: str, *, kind: Seat) -> Refusal | None:
        seconds = COME_BACK_SECONDS
        if len(self._waiting.get(session, ())) >= self.each:
            return too_soon("too_many_open", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
        if self._addresses[kind, address] >= self.per_address:
            return too_soon("crowded_address", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
        if self._kinds[kind] >= self.total:
            return too_soon("house_full", HTTPStatus.SERVICE_UNAVAILABLE, seconds=seconds)
        return None

    def _leave(self, session: str, task: asyncio.Task[object]) -> None:
        self._waiting[session].remove(task)
        if not self._waiting[session]:
            del self._waiting[session]
