"""What Telegram refuses in a message, and the files it keeps for a bot.

From core.telegram.org/bots/api (sendMessage, sendPhoto, sendDocument, sending files): lengths are
counted after parsing; a photo has at most 10 MB, sides of at most 10,000 in sum and at most 20 to
1; a file has at most 50 MB. A file comes as a part of a multipart form under the name of its kind,
or as the id Telegram gave for it: to this bot, as this kind.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import BodyPartReader, web
from PIL import Image, UnidentifiedImageError

Json = dict[str, Any]
FORM: Final = web.RequestKey("form", dict[str, Any])
KINDS: Final = {"sendPhoto": "photo", "sendDocument": "document"}
METHODS: Final = frozenset({"sendMessage", *KINDS})
LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
LARGEST: Final = {"photo": 10_000_000, "document": 50_000_000}
# What a request may hold at all.
LARGEST_CALL: Final = 60_000_000
LOST: Final = "wrong file identifier/HTTP URL specified"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file as it came with a call."""

    filename: str
    content: bytes


async def form_of(request: web.Request) -> Json:
    """Give what a call tells; more than once if asked.

    Files are read into memory: a caller that is killed leaves none open.
    """
    if FORM not in request:
        request[FORM] = {**request.query, **await _fields(request)}
    return request[FORM]


async def _fields(request: web.Request) -> Json:
    if not request.content_type.startswith("multipart/"):
        return dict(await request.post())
    found: Json = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name is not None
        if part.filename:
            found[part.name] = Brought(filename=part.filename, content=bytes(await part.read()))
        else:
            found[part.name] = await part.text()
    return found


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file as the bot brought it."""

    kind: str
    name: str
    content: bytes


@dataclass
class Files:
    """The files of one bot, by their ids; ``brought`` counts uploads."""

    kept: dict[str, Kept] = field(default_factory=dict)
    brought: int = 0

    def lose(self) -> None:
        """Know no file by its old id any more."""
        self.kept.clear()

    def fault(self, method: str, sent: Json) -> str:
        """Say what Telegram would refuse in a call; nothing when it takes it."""
        if fault := _unfit_buttons(sent):
            return fault
        if method == "sendMessage":
            return _unfit_text(sent)
        if _units(str(sent.get("caption", ""))) > LONGEST_CAPTION:
            return "message caption is too long"
        return self._unfit_file(KINDS[method], sent)

    def take(self, method: str, sent: Json) -> Json:
        """Keep what a call that is taken brings, and tell of it as a message does."""
        if method == "sendMessage":
            return {"text": sent["text"]}
        kind = KINDS[method]
        given = sent[kind]
        known = given if isinstance(given, str) else self._keep(kind, given)
        told: Json = {"file_id": known, "file_unique_id": f"u-{known}"}
        if kind == "document":
            return {"document": told | {"file_name": self.kept[known].name}}
        # The smallest size first, as Telegram tells them.
        small = told | {"file_id": f"{known}-s", "width": 90, "height": 60}
        return {"photo": [small, told | {"width": 900, "height": 600}]}

    def of(self, sent: Json) -> Kept | None:
        """Give the file that went with a message."""
        return next((self.kept[sent[kind]] for kind in LARGEST if kind in sent), None)

    def _unfit_file(self, kind: str, sent: Json) -> str:
        given = sent.get(kind)
        if given is None or given == "":
            return f"there is no {kind} in the request"
        if isinstance(given, str):
            known = self.kept.get(given)
            return "" if known and known.kind == kind else LOST
        if not given.content:
            return "file must be non-empty"
        if len(given.content) > LARGEST[kind]:
            return "file is too big"
        return _unfit_photo(given.content) if kind == "photo" else ""

    def _keep(self, kind: str, given: Brought) -> str:
        self.brought += 1
        known = f"{kind}-{self.brought}"
        self.kept[known] = Kept(kind=kind, name=given.filename, content=given.content)
        return known


def as_logged(method: str, sent: Json, told: Json) -> Json:
    """Give a call as it is remembered: a file by the id it has from now on."""
    if method == "sendMessage":
        return sent
    kind = KINDS[method]
    files = told[kind]
    known = files["file_id"] if isinstance(files, dict) else files[-1]["file_id"]
    return sent | {kind: known}


def _unfit_text(sent: Json) -> str:
    if not sent["text"].strip():
        return "message text is empty"
    return "message is too long" if _units(sent["text"]) > LONGEST_TEXT else ""


def _unfit_buttons(sent: Json) -> str:
    rows = json.loads(sent.get("reply_markup", "{}")).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if ("url" in button) == ("callback_data" in button):
            return "text buttons are unallowed in the inline keyboard"
        if "url" in button and not button["url"].startswith("https://"):
            return f"inline keyboard button URL '{button['url']}' is invalid"
        if "url" not in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            return "BUTTON_DATA_INVALID"
    return ""


def _unfit_photo(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content)) as photo:
            sides = photo.size
    except UnidentifiedImageError:
        return "IMAGE_PROCESS_FAILED"
    unfit = sum(sides) > 10_000 or max(sides) > 20 * min(sides)
    return "PHOTO_INVALID_DIMENSIONS" if unfit else ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
