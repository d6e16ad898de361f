"""Makes ready what masking needs first with the first text that has figures in it.

The patterns are compiled when they are wanted; all of them take most of a second, which the first
citizen to write a number would wait.
"""

from __future__ import annotations

import asyncio
from typing import Final

from bot.privacy.phrases import LIVING, TOLD, Rule

# Seconds: who is there at the start is served first.
AFTER: Final = 5.0


async def warm(after: float = AFTER) -> None:
    """Compile all patterns, one after the other in a thread, ``after`` some seconds."""
    await asyncio.sleep(after)
    for rule in (*TOLD, *LIVING):
        await asyncio.to_thread(_compile, rule)


def _compile(rule: Rule) -> None:
    _ = rule.fits
