"""Reads updates of the Bot Platform as they come, and is surprised by none of them.

Only private talks count: in a group everybody would read the answer to one person's trouble.
Shapes are those of docs.zaloplatforms.com/docs/BOT; what is shaped otherwise says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.typed import TEXT_LIMIT, clean
from bot.channels.zalo.shapes import Json, ident, part, word
from bot.messages import Attachment, ChannelName, CitizenAddress, IncomingMessage, MessageKind

PRIVATE: Final = "PRIVATE"
EVENT: Final = re.compile(r"message\.([a-z_]{1,40})\.received")
LONGEST_ADDRESS: Final = 2000
# Photos are always told so; what they are is looked at when they are fetched.
PHOTO: Final = "image/jpeg"
# “unsupported” also stands for what a protected user says: it is withheld from bots.
KINDS: Final[Mapping[str, MessageKind]] = {
    "text": MessageKind.TEXT,
    "image": MessageKind.PHOTO,
    "voice": MessageKind.VOICE,
    "sticker": MessageKind.UNSUPPORTED,
    "unsupported": MessageKind.UNSUPPORTED,
}
# Where no event is named, the first of these that is there tells what a message is.
PARTS: Final[Mapping[str, MessageKind]] = {
    "text": MessageKind.TEXT,
    "photo": MessageKind.PHOTO,
    "photo_url": MessageKind.PHOTO,
    "voice_url": MessageKind.VOICE,
    "sticker": MessageKind.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _From:
    chat: str
    message: str


def unwrapped(told: Json) -> Json:
    """Give an update itself: most come as ``{ok, result}``, some bare."""
    return part(told, "result") or told


def read_update(told: Json, *, bot_id: str, received_at: datetime) -> IncomingMessage | None:
    """Give the message an update holds; nothing when it is no private talk.

    Ids begin with the bot's, so that another bot's messages are never taken for repeated ones.
    """
    update = unwrapped(told)
    message = part(update, "message")
    source, kind = _source(message), _kind(word(update, "event_name"), message)
    if source is None or kind is None:
        return None
    text = clean(word(message, "text") or word(message, "caption"))[:TEXT_LIMIT]
    if kind is MessageKind.TEXT and not text:
        return None
    return IncomingMessage(
        address=CitizenAddress(channel=ChannelName.ZALO_BOT, user_id=source.chat),
        external_id=f"{bot_id}:{source.message}",
        kind=kind,
        text=text,
        received_at=received_at,
        attachment=_attachment(message) if kind is MessageKind.PHOTO else None,
    )


def _source(message: Json) -> _From | None:
    """Tell from which private talk a message is; a bot's own words are nobody's."""
    chat = part(message, "chat")
    if word(chat, "chat_type") != PRIVATE or part(message, "from").get("is_bot") is True:
        return None
    told = _From(chat=ident(chat.get("id")), message=ident(message.get("message_id")))
    return told if told.chat and told.message else None


def _kind(event: str, message: Json) -> MessageKind | None:
    if not event:
        return next((kind for name, kind in PARTS.items() if word(message, name)), None)
    named = EVENT.fullmatch(event)
    # What comes next year is somebody's message all the same.
    return KINDS.get(named[1], MessageKind.UNSUPPORTED) if named else None


def _attachment(message: Json) -> Attachment | None:
    address = word(message, "photo") or word(message, "photo_url")
    if not address.startswith(("https://", "http://")) or len(address) > LONGEST_ADDRESS:
        return None
    if not address.isascii() or not address.isprintable():
        return None
    return Attachment(reference=address, media=PHOTO)
