"""Reads updates of the Bot API as they come, and is surprised by none of them.

Only private talks count: in a group everybody would read the answer to one person's trouble.
Shapes are those of core.telegram.org/bots/api#update; what is shaped otherwise says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.telegram.attached import attachment_of, position_of, venue_of
from bot.channels.telegram.shapes import is_number, part, word
from bot.channels.typed import TEXT_LIMIT, clean
from bot.messages import (
    INVITATION,
    OFFICER_CODE,
    Attachment,
    ChannelName,
    CitizenAddress,
    IncomingMessage,
    MessageKind,
    Position,
)

Json = Mapping[str, Any]
LONGEST_ALBUM: Final = 64
WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
KINDS: Final = {
    "photo": MessageKind.PHOTO,
    "voice": MessageKind.VOICE,
    "audio": MessageKind.VOICE,
    "video_note": MessageKind.VOICE,
    "document": MessageKind.FILE,
    "video": MessageKind.FILE,
    "venue": MessageKind.LOCATION,
    "location": MessageKind.LOCATION,
    "sticker": MessageKind.UNSUPPORTED,
    "contact": MessageKind.UNSUPPORTED,
    "poll": MessageKind.UNSUPPORTED,
    "dice": MessageKind.UNSUPPORTED,
    "story": MessageKind.UNSUPPORTED,
    "game": MessageKind.UNSUPPORTED,
    "paid_media": MessageKind.UNSUPPORTED,
    "checklist": MessageKind.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one update holds: a citizen's message, and the button press that waits for a nod.

    ``left`` is a citizen who blocked the bot.
    """

    message: IncomingMessage | None = None
    press: str = ""
    left: CitizenAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    user_id: str
    kind: MessageKind
    text: str
    attachment: Attachment | None = None
    position: Position | None = None
    album: str = ""


def is_update(value: object) -> bool:
    """Tell whether ``value`` is an update of whatever kind."""
    return isinstance(value, dict) and is_number(value.get("update_id"))


def read_update(update: Json, *, bot_id: str, received_at: datetime) -> Heard:
    """Give what ``update`` holds; nothing when it is no private talk.

    Ids begin with the bot's, so that another bot's updates are never taken for repeated ones; each
    picture of an album is a message of its own.
    """
    press = part(update, "callback_query")
    said = _pressed(press) if press else _spoken(update)
    press_id = word(press, "id")
    number = update.get("update_id")
    if said is None or not is_number(number):
        return Heard(press=press_id, left=_left(part(update, "my_chat_member")))
    message = IncomingMessage(
        address=CitizenAddress(channel=ChannelName.TELEGRAM, user_id=said.user_id),
        external_id=f"{bot_id}:{number}",
        kind=said.kind,
        text=said.text,
        received_at=received_at,
        attachment=said.attachment,
        position=said.position,
        album=said.album,
    )
    return Heard(message=message, press=press_id)


def _left(changed: Json) -> CitizenAddress | None:
    """Give who blocked the bot: of a private talk it is “kicked” then."""
    if not _is_private(changed) or part(changed, "new_chat_member").get("status") != "kicked":
        return None
    return CitizenAddress(channel=ChannelName.TELEGRAM, user_id=str(changed["chat"]["id"]))


def _pressed(press: Json) -> _Said | None:
    user_id = part(press, "from").get("id")
    value = word(press, "data")
    under = part(press, "message")
    if not is_number(user_id) or not value.isascii() or not value.isprintable() or not value:
        return None
    # A press under a message of a group comes from its reader, but the answer would go astray.
    if under and not _is_private(under):
        return None
    return _Said(user_id=str(user_id), kind=MessageKind.CHOICE, text=value)


def _spoken(update: Json) -> _Said | None:
    message = part(update, "message")
    if not message:
        # Positions shared live arrive as edits too, every few seconds.
        message = part(update, "edited_message")
        message = message if word(message, "text") else {}
    if not _is_private(message):
        return None
    kind = _kind(message)
    if kind is None:
        return None
    typed = word(message, "text") or word(message, "caption")
    text = clean(typed or venue_of(message))[:TEXT_LIMIT]
    return _Said(
        user_id=str(message["chat"]["id"]),
        kind=kind,
        text=read_command(text),
        attachment=attachment_of(message),
        position=position_of(message),
        album=clean(word(message, "media_group_id"))[:LONGEST_ALBUM],
    )


def _is_private(message: Json) -> bool:
    chat = part(message, "chat")
    return chat.get("type") == "private" and is_number(chat.get("id"))


def _kind(message: Json) -> MessageKind | None:
    if word(message, "text"):
        return MessageKind.TEXT
    return next((kind for name, kind in KINDS.items() if message.get(name)), None)


def read_command(text: str) -> str:
    """Turn ``/menu@the_bot`` into ``menu``.

    Words after ``/start`` come from a link, not a person: only an invitation and an officer's code
    count. Of any other
    text beginning with a stroke only the stroke goes: "/khai sinh" is a question.
    """
    if not text.startswith("/"):
        return text
    command, _, rest = text[1:].partition(" ")
    name = command.partition("@")[0]
    if name == "start" and not rest.startswith((INVITATION, OFFICER_CODE)):
        return name
    return f"{name} {rest}".strip()
