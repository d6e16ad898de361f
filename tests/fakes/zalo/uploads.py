"""Pictures and files given to Zalo to be sent later: types, sizes, and an end after seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, new_id
from tests.fakes.zalo.rules import ASSETS_LAST, MB
from tests.fakes.zalo.world import World

_PDF, _OLE, _ZIP = b"%PDF", b"\xd0\xcf\x11\xe0", b"PK"
# What a file begins with, by its ending; a table of text begins with anything but these.
BEGINNINGS: Final[dict[str, dict[str, tuple[bytes, ...]]]] = {
    "image": {".jpg": (b"\xff\xd8",), ".jpeg": (b"\xff\xd8",), ".png": (b"\x89PNG",)},
    "gif": {".gif": (b"GIF8",)},
    "file": {".pdf": (_PDF,), ".doc": (_OLE,), ".docx": (_ZIP,), ".csv": ()},
}
LARGEST: Final = {"image": MB, "gif": 5 * MB, "file": 5 * MB}


@dataclass(frozen=True)
class Asset:
    """What was uploaded by an OA, and until when it may be sent."""

    account: Account
    kind: str
    name: str
    content: bytes
    until: datetime


class Uploads:
    """The three doors for uploads and what lies behind them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.assets: dict[str, Asset] = {}

    async def image(self, call: Call) -> Json:
        return {"attachment_id": await self._take(call, "image")}

    async def gif(self, call: Call) -> Json:
        return {"attachment_id": await self._take(call, "gif")}

    async def file(self, call: Call) -> Json:
        return {"token": await self._take(call, "file")}

    def find(self, account: Account, known: object, kind: str) -> Asset:
        """Give what an id stands for; raises Refused: -201 unknown, -100 expired."""
        asset = self.assets.get(known) if isinstance(known, str) else None
        if asset is None or asset.account is not account or asset.kind != kind:
            raise Refused(-201, "attachment is invalid", foreseen="no upload gave this id")
        if self._world.clock.now() >= asset.until:
            raise Refused(-100, foreseen="uploads last seven days")
        return asset

    async def _take(self, call: Call, kind: str) -> str:
        name, content = await file_of(call.request)
        fitting(kind, name, content)
        self._count(call.account, kind)
        known = new_id()
        until = self._world.clock.now() + ASSETS_LAST
        self.assets[known] = Asset(call.account, kind, name, content, until)
        return known

    def _count(self, account: Account, kind: str) -> None:
        purse = self._world.clock.month(), f"upload_{kind}"
        if account.used[purse] >= account.uploads_a_month:
            told = purse in account.told_empty
            account.told_empty.add(purse)
            raise Refused(-211, foreseen="it was told that nothing is left" if told else "")
        account.used[purse] += 1


def fitting(kind: str, name: str, content: bytes) -> None:
    """Refuse what this door does not take; raises Refused."""
    beginnings = BEGINNINGS[kind].get(PurePath(name).suffix.lower())
    if beginnings is None or (beginnings and not content.startswith(beginnings)):
        raise Refused(-201, "file is of a wrong type", foreseen="the types of the door")
    if not content:
        raise Refused(-201, "file is empty", foreseen="the types of the door")
    if len(content) > LARGEST[kind]:
        raise Refused(-210, "file is too large", foreseen="the sizes of the door")


async def file_of(request: web.Request) -> tuple[str, bytes]:
    """The part named ``file`` with its name."""
    if request.content_type != "multipart/form-data":
        raise Refused(-201, "file is missing", foreseen="the shape of a call")
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "file" and part.filename:
            return part.filename, bytes(await part.read())
    raise Refused(-201, "file is missing", foreseen="the shape of a call")
