"""What citizens sent, kept until the bot asks: first where it lies, then for the bytes.

From core.telegram.org/bots/api#getfile: at most 20 MB; the size and the path may be missing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

Json = dict[str, Any]
MOST: Final = 20_000_000


@dataclass
class CitizensFiles:
    """Files by their ids; ``asked`` are the paths that were read.

    ``refusals`` befall the next readings in turn. ``sizes`` and ``paths`` are told instead of what
    is true; after ``breaks_at`` bytes the line breaks; the second half comes after ``slowness``
    seconds.
    """

    kept: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refusals: deque[int] = field(default_factory=deque)
    sizes: dict[str, int | None] = field(default_factory=dict)
    paths: dict[str, Any] = field(default_factory=dict)
    breaks_at: int | None = None
    slowness: float = 0.0

    def photo(self, content: bytes) -> list[Json]:
        """Keep a photo and tell of it as a message does, the largest size not always last."""
        small, large = self.add(content[:10]), self.add(content)
        return [
            {"file_id": large, "file_unique_id": "l", "width": 900, "height": 600},
            {"file_id": small, "file_unique_id": "s", "width": 90, "height": 60},
        ]

    def document(self, content: bytes, name: str, media: str) -> Json:
        """Keep a file and tell of it as a message does."""
        told = {"file_id": self.add(content), "file_unique_id": "d", "file_size": len(content)}
        return told | {"file_name": name, "mime_type": media}

    def add(self, content: bytes) -> str:
        """Keep a file and give its id."""
        known = f"AgAC-{len(self.kept)}"
        self.kept[known] = content
        return known

    def told(self, known: str) -> web.Response:
        """Say where a file lies."""
        if known not in self.kept:
            return _fault("wrong file_id or the file is temporarily unavailable")
        size = self.sizes.get(known, len(self.kept[known]))
        if size is not None and size > MOST:
            return _fault("file is too big")
        path = self.paths.get(known, f"photos/{known}.jpg")
        told = {"file_id": known, "file_path": path} | ({"file_size": size} if size else {})
        return web.json_response({"ok": True, "result": told})

    async def given(self, request: web.Request) -> web.StreamResponse:
        """Give what is in a file."""
        path = request.match_info["path"]
        self.asked.append(path)
        if self.refusals:
            return web.Response(status=self.refusals.popleft())
        known = path.rpartition("/")[2].removesuffix(".jpg")
        if known not in self.kept:
            return web.Response(status=404)
        content = self.kept[known]
        answer = web.StreamResponse(headers={"Content-Length": str(len(content))})
        await answer.prepare(request)
        half = len(content) // 2 if self.breaks_at is None else self.breaks_at
        await answer.write(content[:half])
        await asyncio.sleep(self.slowness)
        if self.breaks_at is None:
            await answer.write(content[half:])
        elif request.transport:
            request.transport.abort()
        return answer


def _fault(words: str) -> web.Response:
    told = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    return web.json_response(told, status=400)
