"""What officers' acts ask of Zalo; ``bot.bootstrap`` gives the real ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.channels.zalo.pairs import Pair


class Zalo(Protocol):
    """The app of this deployment at Zalo.

    Each call raises ``ZaloFault`` when Zalo refuses or does not answer.
    """

    def link(self, verifier: str, state: str) -> str:
        """Give the page on which an account's administrator agrees; ``state`` may be empty."""
        ...

    async def exchange(self, code: str, verifier: str) -> Pair:
        """Redeem the code that came back with the consent; it works once."""
        ...

    async def refresh(self, refresh: str) -> Pair:
        """Give the next pair; ``refresh`` and what came with it are dead from then on."""
        ...

    async def look(self, access: str) -> Mapping[str, Any]:
        """Give what the account's own page tells (getoa)."""
        ...


class Reading(Protocol):
    """Reads of an account what is kept of it; each call raises ``ZaloFault`` as ``Zalo`` does."""

    async def templates(self, oa: str) -> int:
        """Read the templates of an account and keep them; give how many."""
        ...

    async def page(self, oa: str) -> None:
        """Read the account's own page (getoa) and keep it."""
        ...

    async def quotas(self, oa: str) -> None:
        """Read what is left to an account and keep it."""
        ...

    async def count(self) -> None:
        """Write down now what was counted of Zalo's answers; else it is within seconds."""
        ...
