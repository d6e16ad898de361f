"""What a citizen hears on whichever channel, and a watch over who holds up the loop meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from blockbuster import blockbuster_ctx

from bot.bootstrap import House

PATIENCE: Final = 20.0


@dataclass(frozen=True)
class Heard:
    """One message as it arrived: its text and its buttons, label and value or address.

    ``pictures`` are shown, ``files`` offered under their names; all by their bytes.
    """

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    pictures: tuple[bytes, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@asynccontextmanager
async def unblocked() -> AsyncIterator[None]:
    """Fail what of the program's own holds up its loop; before it serves, it may."""
    with blockbuster_ctx(["bot", "knowledge"]) as watch:
        for call in watch.functions.values():
            call.can_block_in("bot/web/app.py", "create_app")
        yield


@asynccontextmanager
async def asking(house: House) -> AsyncIterator[None]:
    """Let a program work that asks its provider, and lead from its first moment.

    Where it is not known yet who leads, polling looks again a second later.
    """
    await house.ticking.lease.renew()
    async with house.working():
        yield
