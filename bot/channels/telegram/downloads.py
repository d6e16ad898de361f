"""Files of citizens, fetched from Telegram by their ids (core.telegram.org/bots/api#getfile).

The address of a file holds the bot's token: it stands in no error and in no log.
"""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode

import httpx
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.errors import Missing, NotDownloaded
from bot.channels.pace.budget import Budget
from bot.channels.telegram.faults import Courier, asked, trust
from bot.channels.telegram.shapes import is_number, word

# Seconds: for one answer or one piece, and for the whole of a file.
PIECE_SECONDS: Final = 15.0
WHOLE_SECONDS: Final = 90.0
CONNECTIONS: Final = 4
# Folders and a name, as photos/file_5.jpg; nothing that leads out of the bot's own.
PATH_SHAPE: Final = re.compile(
    r"(?!\.{1,2}(?:/|$))[^/\x00-\x20]+(?:/(?!\.{1,2}(?:/|$))[^/\x00-\x20]+)*"
)
LONGEST_PATH: Final = 512
TOO_BIG: Final = "file is too big"


class Downloads:
    """Fetches files, at most ``CONNECTIONS`` at once."""

    def __init__(self, *, base_url: str, token: str, proxy: str | None, budget: Budget) -> None:
        """Ask the Bot API at ``base_url`` as the bot of ``token``, whose ``budget`` it is."""
        self._calls = f"{base_url}/bot{token}"
        self._files = f"{base_url}/file/bot{token}"
        self._budget = budget
        self._asking = Courier(proxy=proxy, read_timeout=PIECE_SECONDS, pool_timeout=5)
        self._client = httpx.AsyncClient(
            proxy=proxy,
            verify=trust(),
            timeout=httpx.Timeout(PIECE_SECONDS, pool=WHOLE_SECONDS),
            limits=httpx.Limits(max_connections=CONNECTIONS),
            # Packed, a small piece could hold more than may be read at once.
            headers={"Accept-Encoding": "identity"},
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._asking.shutdown()
        await self._client.aclose()

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in a file; see ``FileChannel``."""
        if silence := await self._budget.hushed():
            raise NotDownloaded(Missing.UNREACHABLE, retry_after=silence)
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                path = await self._path(reference, most)
                return await self._content(path, most)
        except TimeoutError:
            raise NotDownloaded(Missing.UNREACHABLE) from None

    async def _path(self, reference: str, most: int) -> str:
        """Ask where a file lies; for an hour at least it stays there."""
        wish = urlencode({"file_id": reference})
        try:
            told = await self._asking.post(f"{self._calls}/getFile?{wish}")
        except TelegramError as error:
            raise _missing(error) from None
        found = told if isinstance(told, dict) else {}
        size, path = found.get("file_size"), word(found, "file_path")
        if is_number(size) and size > most:
            raise NotDownloaded(Missing.LARGE)
        if len(path) > LONGEST_PATH or not PATH_SHAPE.fullmatch(path):
            raise NotDownloaded(Missing.GONE)
        return quote(path)

    async def _content(self, path: str, most: int) -> bytes:
        content = bytearray()
        try:
            async with self._client.stream("GET", f"{self._files}/{path}") as answer:
                if answer.status_code != HTTPStatus.OK:
                    raise _refused(answer.status_code)
                async for piece in answer.aiter_raw():
                    content += piece
                    # What was told of its size is not proven; no more of it is read than may be.
                    if len(content) > most:
                        raise NotDownloaded(Missing.LARGE)
        except httpx.HTTPError:
            raise NotDownloaded(Missing.UNREACHABLE) from None
        return bytes(content)


def _missing(error: TelegramError) -> NotDownloaded:
    if isinstance(error, BadRequest | Forbidden):
        large = TOO_BIG in error.message.lower()
        return NotDownloaded(Missing.LARGE if large else Missing.GONE)
    return NotDownloaded(Missing.UNREACHABLE, retry_after=asked(error).retry_after)


def _refused(status: int) -> NotDownloaded:
    gone = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.BAD_REQUEST}
    return NotDownloaded(Missing.GONE if gone else Missing.UNREACHABLE)
