"""What connecting asks of Zalo; ``bot.bootstrap.zalo`` gives the real one."""

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

    async def look(self, access: str) -> Mapping[str, Any]:
        """Give what the account's own page tells (getoa)."""
        ...
