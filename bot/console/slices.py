"""A long list given to a thread slice by slice, so that it fills neither memory nor the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, TypeVar

from bot.storage.paging import Page

T = TypeVar("T")
SLICE: Final = 500
# Seconds until a slice is given up: its loop may have ended meanwhile.
PATIENCE: Final = 60.0


def in_slices(read: Callable[[str], Awaitable[Page[T]]]) -> Iterator[T]:
    """Give the rows of the pages ``read`` gives, each fetched by this loop when a thread is there.

    Call it on the loop; go through it in a thread.
    """
    return _drawn(read, asyncio.get_running_loop())


def _drawn(
    read: Callable[[str], Awaitable[Page[T]]], loop: asyncio.AbstractEventLoop
) -> Iterator[T]:
    async def fetch(after: str) -> Page[T]:
        return await read(after)

    after = ""
    while True:
        page = asyncio.run_coroutine_threadsafe(fetch(after), loop).result(PATIENCE)
        yield from page.rows
        after = page.next
        if not after:
            return
