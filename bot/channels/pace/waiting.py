"""Those who wait for a turn, and the task that calls them: replies before news, each as they came.

Which turn is given, and when, is the pace's own affair; this is what every pace does alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import structlog

from bot.messages import Priority

log = structlog.get_logger()


class NoTurn(Exception):
    """There is no turn within one's patience; there is surely none for ``wait`` seconds."""

    def __init__(self, wait: float) -> None:
        """Keep how long to stay away."""
        super().__init__(f"none for {wait:.1f} s")
        self.wait = wait


class Over(Protocol):
    """What can be given and not be used."""

    def over(self) -> None:
        """Note that it is used, or never will be."""


T = TypeVar("T", bound=Over)


@dataclass(eq=False, slots=True, kw_only=True)
class Waiting(Generic[T]):
    """One who waits to call about ``chat``, until ``ends``; for ``held`` see ``Turn.is_held``."""

    chat: str
    priority: Priority
    ends: float
    called: asyncio.Future[T]
    held: bool = False


class Waiters(Generic[T]):
    """Those who wait, in two lines."""

    def __init__(self) -> None:
        """Start empty."""
        self._lines: dict[Priority, list[Waiting[T]]] = {one: [] for one in Priority}

    def __len__(self) -> int:
        """Give how many wait."""
        return sum(map(len, self._lines.values()))

    def __iter__(self) -> Iterator[Waiting[T]]:
        """Go through those who wait, the next first."""
        for priority in Priority:
            yield from tuple(self._lines[priority])

    def join(self, one: Waiting[T]) -> None:
        """Stand at the end of one's line."""
        self._lines[one.priority].append(one)

    def leave(self, one: Waiting[T]) -> None:
        """Stand there no more."""
        if one in self._lines[one.priority]:
            self._lines[one.priority].remove(one)

    def ends(self) -> float:
        """Give when the first loses patience."""
        return min((one.ends for one in self), default=float("inf"))

    def send_away(self, now: float, opens: Callable[[Waiting[T]], float]) -> None:
        """Tell those whose patience is over, or ends before there can be a turn for them."""
        for one in self:
            surely = max(opens(one), now)
            if one.ends < surely or one.ends <= now:
                self._fail(one, NoTurn(surely - now))

    def fail_all(self, error: Exception) -> None:
        """Have nobody wait any more."""
        for one in self:
            self._fail(one, error)

    def _fail(self, one: Waiting[T], error: Exception) -> None:
        self.leave(one)
        if not one.called.done():
            one.called.set_exception(error)


class Calling(Generic[T]):
    """Calls those who wait, by a task that lives while anybody does."""

    def __init__(self, waiters: Waiters[T], call: Callable[[], Awaitable[None]]) -> None:
        """Have ``call`` call who is next, or sleep until something has ``changed``."""
        self.changed = asyncio.Event()
        self._waiters = waiters
        self._call = call
        self._task: asyncio.Task[None] | None = None

    async def wait(self, chat: str, priority: Priority, *, ends: float, held: bool = False) -> T:
        """Wait for a turn until ``ends``; one that comes too late for who gave up is over.

        Raises:
            NoTurn: it does not come in time, or is known not to come.
        """
        called: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        one = Waiting(chat=chat, priority=priority, ends=ends, called=called, held=held)
        self._waiters.join(one)
        self.changed.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._calling_all())
        try:
            return await called
        except asyncio.CancelledError:
            self._waiters.leave(one)
            if called.done() and not called.cancelled() and called.exception() is None:
                called.result().over()
            raise

    async def close(self) -> None:
        """Call nobody any more."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _calling_all(self) -> None:
        while self._waiters:
            try:
                await self._call()
            except Exception as error:
                log.exception("no_turns")
                self._waiters.fail_all(error)
