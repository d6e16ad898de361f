"""Calls in an account's name: with its token, and counted among the calls of its minute."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.channels.zalo.answers import Answered
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.shapes import Json


class Tokens(Protocol):
    """Makes calls with an account's token; see ``bot.channels.zalo.tokens``."""

    async def calling(self, oa_id: str, call: Callable[[str], Awaitable[Answered]]) -> Answered:
        """Make a call with a token; where Zalo refuses the token, once more with another."""
        ...


class Calling:
    """Implements ``bot.channels.zalo.asking.Asking``."""

    def __init__(self, client: ZaloClient, tokens: Tokens) -> None:
        """Call by ``client`` with the tokens of ``tokens``."""
        self._client = client
        self._tokens = tokens

    async def get(
        self, oa: str, path: str, asked: Json | None = None, *, host: Host = Host.API
    ) -> Answered:
        """Ask; see ``Asking``."""
        return await self._tokens.calling(
            oa, lambda token: self._client.get(path, asked, token=token, host=host)
        )

    async def post(self, oa: str, path: str, told: Json, *, host: Host = Host.API) -> Answered:
        """Tell; see ``Asking``."""
        return await self._tokens.calling(
            oa, lambda token: self._client.post(path, told, token=token, host=host)
        )
