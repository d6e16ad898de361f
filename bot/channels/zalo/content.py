"""What a citizen sent: words, pictures, files, a place; of each event one shape or more.

Attachments are told by the address at Zalo from which they are had; it is checked when it is
fetched. Their names are not taken, nobody needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from mimetypes import guess_type
from typing import Final

from bot.channels.shapes import Json, part, word
from bot.channels.typed import TEXT_LIMIT, clean
from bot.channels.zalo.payloads import value_of
from bot.channels.zalo.shapes import number
from bot.messages import Attachment, MessageKind, Position

LONGEST_ADDRESS: Final = 2_000
WEB: Final = ("https://", "http://")
MOST_ATTACHED: Final = 10
# Zalo's own small pictures come as signs between words; those of which it tells in its reactions.
SIGNS: Final = re.compile(r"(?<!\S)(?:/-[a-z]+|:>|--b|:-\(\(|:-h|:o)(?!\S)")
SMILE: Final = "🙂"
KINDS: Final = {
    "user_send_text": MessageKind.TEXT,
    "user_send_link": MessageKind.TEXT,
    "user_send_image": MessageKind.PHOTO,
    "user_send_gif": MessageKind.PHOTO,
    "user_send_audio": MessageKind.VOICE,
    "user_send_video": MessageKind.FILE,
    "user_send_file": MessageKind.FILE,
    "user_send_location": MessageKind.LOCATION,
}
# What a picture is said to be, where nothing is said of it; it is looked at all the same.
MEDIA: Final = {"image": "image/jpeg", "gif": "image/gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one message holds; several pictures in one are several of these, words with the first.

    What is of no known kind is ``UNSUPPORTED``.
    """

    kind: MessageKind
    text: str = ""
    attachment: Attachment | None = None
    position: Position | None = None


def contents_of(event: str, message: Json) -> tuple[Content, ...]:
    """Give what ``message`` holds, at least one thing."""
    kind = KINDS.get(event, MessageKind.UNSUPPORTED)
    text = clean(word(message, "text"))[:TEXT_LIMIT]
    attached = list(_attached(message))
    if kind is MessageKind.TEXT:
        return (_words(text or _linked(attached)),)
    if kind is MessageKind.LOCATION:
        return (Content(kind=kind, text=text, position=_place(attached)),)
    if kind is MessageKind.UNSUPPORTED:
        return (Content(kind=kind),)
    files = [_file(one) for one in attached] or [None]
    words = (text, *("" for _ in files[1:]))
    return tuple(
        Content(kind=kind, text=said, attachment=file)
        for said, file in zip(words, files, strict=True)
    )


def _words(text: str) -> Content:
    if value := value_of(text):
        return Content(kind=MessageKind.CHOICE, text=value)
    return Content(kind=MessageKind.TEXT, text=SIGNS.sub(SMILE, text))


def _attached(message: Json) -> Iterator[Json]:
    told = message.get("attachments")
    for one in told[:MOST_ATTACHED] if isinstance(told, list) else ():
        if isinstance(one, dict):
            yield one


def _linked(attached: list[Json]) -> str:
    """Give the link somebody sent, in place of words."""
    told = (word(part(one, "payload"), "url") for one in attached)
    return clean(next(told, ""))[:TEXT_LIMIT]


def _place(attached: list[Json]) -> Position | None:
    for one in attached:
        at = part(part(one, "payload"), "coordinates")
        found = Position.read(_figure(at.get("latitude")), _figure(at.get("longitude")))
        if found is not None:
            return found
    return None


def _figure(value: object) -> object:
    """Read a figure told as text; what is none stays as it is."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return None


def _file(attached: Json) -> Attachment | None:
    payload = part(attached, "payload")
    address = clean(word(payload, "url"))
    if not address.startswith(WEB) or len(address) > LONGEST_ADDRESS or not address.isascii():
        return None
    size = number(payload.get("size")) or 0
    return Attachment(reference=address, media=_media(attached, payload), size=max(size, 0))


def _media(attached: Json, payload: Json) -> str:
    """Tell what a file says it is: of a document its name or its kind does (``pdf``)."""
    if known := MEDIA.get(word(attached, "type")):
        return known
    name, kind = word(payload, "name"), word(payload, "type")
    if "/" in kind and kind.isascii():
        return clean(kind)[:100].lower()
    return guess_type(name)[0] or guess_type(f"x.{kind}")[0] or ""
