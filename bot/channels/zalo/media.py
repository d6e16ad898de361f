"""Pictures and files on their way to Zalo: brought once, named by the account's id for them then.

An id counts for its account alone and lasts seven days. Sizes: docs.zaloplatforms.com/docs/OA,
upload/image and upload/file.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

from PIL import Image, UnidentifiedImageError

from bot.channels.uploads import Upload, Uploads, waiting
from bot.channels.zalo import client
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.rendering import CARRIES
from bot.channels.zalo.shapes import word
from bot.messages import Enclosure, Reply

LASTS: Final = timedelta(days=6, hours=12).total_seconds()
IMAGE: Final = "image"
FILE: Final = "file"
PATHS: Final = {IMAGE: "/v2.0/oa/upload/image", FILE: "/v2.0/oa/upload/file"}
# What is not readable any more beside a text is rather shown on the page.
SMALLEST_SIDE: Final = 1280
# As long as the table of ids holds.
LONGEST_ID: Final = 300
SIDES: Final = (2048, 1600, SMALLEST_SIDE)
QUALITY: Final = 82
DRAWN: Final = "image/jpeg"
# Makes one upload in an account's name.
Brings = Callable[[str, client.Upload], Awaitable[Answered]]


class Media:
    """Knows the ids of files at each account, and has each brought by one call alone."""

    def __init__(self, uploads: Uploads) -> None:
        """Keep ids with ``uploads``."""
        self._uploads = uploads
        # Pictures by their digest that were drawn smaller and not brought yet.
        self._drawn: dict[str, bytes] = {}

    async def fitting(self, oa: str, reply: Reply) -> Reply:
        """Give ``reply`` with each picture that is too large as small as it can be sent."""
        if not any(map(_is_large, reply.enclosures)):
            return reply
        fitted = [await self._fitting(oa, one) for one in reply.enclosures]
        return replace(reply, enclosures=tuple(fitted))

    @asynccontextmanager
    async def known(self, oa: str, one: Enclosure, bring: Brings) -> AsyncIterator[str]:
        """Give the account's id of a file, brought by ``bring`` if there is none.

        Raises:
            SendError: there is none now.
        """
        kind = IMAGE if one.is_picture else FILE
        if one.private:
            content = await self._uploads.private(one)
            yield await _brought(bring, kind, one, content)
            return
        upload = _upload(oa, one)
        async with self._uploads.known(upload) as known:
            if known:
                yield known
                return
            content = self._drawn.get(one.digest) or await self._uploads.content(one.file)
            brought = await _brought(bring, kind, one, content)
            await self._uploads.remember(upload, brought)
            self._drawn.pop(one.digest, None)
            yield brought

    async def forget(self, oa: str, one: Enclosure, known: str) -> None:
        """Have a file brought anew whose id Zalo does not know any more."""
        if not one.private:
            await self._uploads.forget(_upload(oa, one), known)

    async def _fitting(self, oa: str, one: Enclosure) -> Enclosure:
        if not _is_large(one):
            return one
        small = self._drawn.get(one.digest) or await self._smaller(oa, one)
        return replace(one, size=len(small), media=DRAWN) if small is not None else one

    async def _smaller(self, oa: str, one: Enclosure) -> bytes | None:
        """Draw a picture smaller; empty where that was done before and Zalo has it."""
        async with self._uploads.known(_upload(oa, one)) as known:
            if known:
                return b""
            content = await self._uploads.content(one.file)
        drawn = await asyncio.to_thread(smaller, content, CARRIES.picture_bytes)
        if drawn is not None:
            self._drawn[one.digest] = drawn
        return drawn


def smaller(content: bytes, most: int) -> bytes | None:
    """Draw a picture in ``most`` bytes at least 1,280 points long; nothing where it cannot be."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as found:
            for side in SIDES:
                drawn = _drawn(found, side)
                if len(drawn) <= most:
                    return drawn
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    return None


def _drawn(found: Image.Image, side: int) -> bytes:
    made = io.BytesIO()
    paper = Image.new("RGB", found.size, "white")
    seen = found.convert("RGBA")
    paper.paste(seen, mask=seen.getchannel("A"))
    paper.thumbnail((side, side))
    paper.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def _is_large(one: Enclosure) -> bool:
    return one.is_picture and not one.private and one.size > CARRIES.picture_bytes


def _upload(oa: str, one: Enclosure) -> Upload:
    name = "" if one.is_picture else one.name
    kind = IMAGE if one.is_picture else FILE
    return Upload(bot=f"zalo:{oa}", kind=kind, digest=one.digest, name=name, lasts=LASTS)


async def _brought(bring: Brings, kind: str, one: Enclosure, content: bytes) -> str:
    ending = ".png" if one.media == "image/png" else ".jpg"
    name = one.name if kind == FILE else f"anh{ending}"
    file = client.Upload(name=name, media=one.media, content=content)
    data = (await bring(PATHS[kind], file)).data
    known = word(data, "attachment_id" if kind == IMAGE else "token")
    if not 0 < len(known) <= LONGEST_ID:
        raise waiting("no id was told of the file")
    return known
