"""Files of citizens that lie at an address, fetched from the hosts that are known and no others.

An address comes from outside: whoever could name any would have us call our own network. It may
hold a key, so it stands in no error and in no log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from bot.channels.errors import Missing, NotDownloaded
from bot.channels.resolving import PublicResolver

# Seconds: for one answer or one piece, and for the whole of a file.
PIECE_SECONDS: Final = 15.0
WHOLE_SECONDS: Final = 90.0
CONNECTIONS: Final = 4
PIECE: Final = 64 * 1024
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST})


class Addressed:
    """Fetches files, at most ``CONNECTIONS`` at once."""

    def __init__(self, hosts: Collection[str], *, seconds: float = WHOLE_SECONDS) -> None:
        """Fetch from ``hosts`` and what is below them, by https on its own port alone.

        One that is named with a port is a machine of one's own, asked by plain http there.
        """
        self._hosts = frozenset(one.lower() for one in hosts)
        self._seconds = seconds
        self._line: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is at an address; see ``FileChannel``."""
        address = self._allowed(reference)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._content(address, most)
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise NotDownloaded(Missing.UNREACHABLE) from None

    def _allowed(self, reference: str) -> URL:
        try:
            address = URL(reference)
            if self._knows(address):
                return address
        except ValueError:
            pass
        raise NotDownloaded(Missing.GONE)

    def _knows(self, address: URL) -> bool:
        host = (address.host or "").lower().rstrip(".")
        if address.user is not None or address.password is not None:
            return False
        if address.scheme == "http":
            return f"{host}:{address.port}" in self._hosts
        below = any(host == one or host.endswith(f".{one}") for one in self._hosts)
        return address.scheme == "https" and address.is_default_port() and below

    async def _content(self, address: URL, most: int) -> bytes:
        content = bytearray()
        async with self._session.get(address, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK:
                gone = answer.status in GONE
                raise NotDownloaded(Missing.GONE if gone else Missing.UNREACHABLE)
            async for piece in answer.content.iter_chunked(PIECE):
                content += piece
                # What was told of its size is not proven; no more of it is read than may be.
                if len(content) > most:
                    raise NotDownloaded(Missing.LARGE)
        return bytes(content)

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The one session, opened by the first call: without a running loop there is none."""
        if self._line is None:
            self._line = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=CONNECTIONS, resolver=PublicResolver(self._hosts)
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=PIECE_SECONDS),
                # Packed, a small piece could hold more than may be read at once.
                headers={"Accept-Encoding": "identity"},
                auto_decompress=False,
            )
        return self._line
