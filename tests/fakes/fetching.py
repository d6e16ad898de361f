"""What is due is fetched by hand, and waited for."""

from __future__ import annotations

import asyncio

from bot.intake.fetching import Fetching


async def fetched(fetching: Fetching) -> int:
    """Fetch some of what is due; give how many were tried."""
    taken = await fetching.taken()
    await asyncio.gather(*map(fetching.fetch, taken))
    return len(taken)
