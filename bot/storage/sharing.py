"""A share of the database's connections, for those who must never take all of them.

Whoever works inside ``sharing`` waits for a place of the share before a connection is asked for.
Transactions inside one another need one place, so nobody waits for what they hold themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Final

Share = asyncio.Semaphore
_SHARE: Final[ContextVar[Share | None]] = ContextVar("share", default=None)


@contextmanager
def sharing(share: Share | None) -> Iterator[None]:
    """Let every transaction within, tasks begun there too, take a place of ``share``."""
    before = _SHARE.set(share)
    try:
        yield
    finally:
        _SHARE.reset(before)


@asynccontextmanager
async def place() -> AsyncIterator[None]:
    """Wait for a place of the share that is worked within, if any, and hold it."""
    share = _SHARE.get()
    if share is None:
        yield
        return
    async with share:
        with sharing(None):
            yield
