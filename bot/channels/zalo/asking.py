"""How an account's calls are made by whoever does not care for its tokens."""

from __future__ import annotations

from typing import Protocol

from bot.channels.zalo.answers import Answered
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.shapes import Json


class Asking(Protocol):
    """Calls Zalo in an account's name, once more with a new token where the old one was refused.

    Raises:
        ZaloRefused: Zalo said no; the call was not carried out.
        ZaloUnreachable: there was no answer; it tells whether the call surely never left.
        OddAnswer: something else answered.
    """

    async def get(
        self, oa: str, path: str, asked: Json | None = None, *, host: Host = Host.API
    ) -> Answered:
        """Ask with ``asked`` as arguments."""
        ...

    async def post(self, oa: str, path: str, told: Json, *, host: Host = Host.API) -> Answered:
        """Tell ``told``."""
        ...
