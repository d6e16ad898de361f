"""What citizens sent, served from the emulator's own address as Zalo serves it from its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from aiohttp import web

from tests.fakes.zalo.people import Json, new_id
from tests.fakes.zalo.world import World

KINDS: Final = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".mp4": "video/mp4", ".amr": "audio/amr", ".pdf": "application/pdf",
}  # fmt: skip


@dataclass(frozen=True)
class _Kept:
    name: str
    content: bytes


class Media:
    """Files of citizens by their addresses; ``asked`` are those that were fetched."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, _Kept] = {}
        self.asked: list[str] = []
        # Answers with this HTTP status instead of the content when it is set.
        self.ill: int = 0

    def link(self, content: bytes, name: str) -> str:
        """Keep a file and give where it is fetched."""
        known = new_id()
        self._kept[known] = _Kept(name, content)
        return f"{self._world.url}/media/{known}/{quote(name, safe='')}"

    def attachment(self, content: bytes, name: str) -> Json:
        """The payload of a file as its event tells of it."""
        return {
            "size": str(len(content)),
            "name": name,
            "checksum": hashlib.md5(content).hexdigest(),
            "type": PurePath(name).suffix.removeprefix("."),
            "url": self.link(content, name),
        }

    async def serve(self, request: web.Request) -> web.Response:
        known = request.match_info["known"]
        self.asked.append(known)
        if self.ill:
            return web.Response(status=self.ill)
        kept = self._kept.get(known)
        if kept is None:
            raise web.HTTPNotFound
        ending = PurePath(kept.name).suffix.lower()
        media = KINDS.get(ending, "application/octet-stream")
        return web.Response(body=kept.content, content_type=media)
