"""Zalo is asked while an officer waits for the page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final, TypeVar

from bot.casework.zalo.port import Reading
from bot.channels.zalo.faults import Crowded, NoToken, ZaloFault, ZaloRefused

# Seconds for a few calls, in turn with the replies to citizens.
PATIENCE: Final = 20.0
T = TypeVar("T")


class NotAsked(Exception):
    """Zalo could not be asked; ``failed`` names the notice that says why."""

    def __init__(self, failed: str) -> None:
        """Keep the name of the notice."""
        super().__init__(failed)
        self.failed = failed


async def asked(reading: Reading, calls: Awaitable[T]) -> T:
    """Wait for ``calls`` of ``reading``; what Zalo refused stands on the next page already.

    Raises:
        NotAsked: nothing, or not all, was read.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await calls
    except (TimeoutError, Crowded) as error:
        raise NotAsked("zalo_slow") from error
    except (ZaloRefused, NoToken) as error:
        raise NotAsked("zalo_refused") from error
    except ZaloFault as error:
        raise NotAsked("zalo_unanswered") from error
    finally:
        await reading.count()
