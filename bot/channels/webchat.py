"""The web chat as a channel: JSON of the page in, JSON for the page out.

The page fetches its replies from the outbox itself, so nothing is sent. A session is the
citizen's secret name: whoever knows it reads the talk.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import orjson

from bot.channels.typed import TEXT_LIMIT, clean
from bot.messages import (
    Attachment,
    ChannelName,
    CitizenAddress,
    Enclosure,
    IncomingMessage,
    MessageKind,
    OutgoingMessage,
    Position,
)
from broadcasts.documents.numbers import size_text

SESSION_SHAPE: Final = re.compile(r"[A-Za-z0-9_.-]{1,128}")
MESSAGE_ID_SHAPE: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
KEY_LENGTH: Final = 32
# Larger ones are no whole numbers to every JSON reader.
LARGEST_NUMBER: Final = 2**53
# Photos are drawn anew; of which kind they came does not count any more.
PHOTO: Final = "image/jpeg"
# Of these a message holds one.
SAID: Final = ("text", "choice", "file", "place")
NOTHING: Final = (None, "")
CHOICE_SHAPE: Final = re.compile(r"[!-~](?:[ -~]{0,58}[!-~])?")


class ChatFault(StrEnum):
    """Why a message of the page cannot be taken; ``messages.vi.toml`` says what to do."""

    BAD_JSON = "bad_json"
    BAD_SESSION = "bad_session"
    BAD_ID = "bad_id"
    BAD_CHOICE = "bad_choice"
    BAD_FILE = "bad_file"
    BAD_PLACE = "bad_place"
    TEXT_AND_CHOICE = "text_and_choice"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"


class UnreadableChat(Exception):
    """The page, or somebody in its place, sent what this channel cannot take."""

    def __init__(self, fault: ChatFault) -> None:
        """Keep the ``fault``; what was sent is not kept."""
        super().__init__(str(fault))
        self.fault = fault


def read_session(session: object) -> CitizenAddress:
    """Give the address behind a session name.

    Raises:
        UnreadableChat: it is no text of 1–128 letters, digits, ``_``, ``.`` or ``-``.
    """
    return CitizenAddress(
        channel=ChannelName.WEB,
        user_id=_shaped(session, SESSION_SHAPE, ChatFault.BAD_SESSION),
    )


def read_message(body: bytes, *, received_at: datetime, spare_id: str) -> IncomingMessage:
    """Read one message of the page; ``spare_id`` names it when the page did not.

    Raises:
        UnreadableChat: the body is no JSON object in UTF-8, or one of its fields is unfit.
    """
    sent = _read_object(body)
    address = read_session(sent.get("session"))
    named = spare_id if sent.get("id") is None else sent["id"]
    message_id = _shaped(named, MESSAGE_ID_SHAPE, ChatFault.BAD_ID)
    kind, text = _read_words(sent)
    return IncomingMessage(
        attachment=_read_file(sent),
        album=_read_album(sent),
        position=_read_place(sent),
        address=address,
        # Within its session only: nobody can use up the ids of another citizen.
        external_id=f"{address.user_id}:{message_id}",
        kind=kind,
        text=text,
        received_at=received_at,
    )


def render(message: OutgoingMessage) -> dict[str, Any]:
    """Give a reply as the page reads it."""
    reply = message.reply
    choices = [{"label": choice.label, "value": choice.value} for choice in reply.choices]
    return {
        "id": message.id,
        "from": message.author,
        "text": reply.text,
        "choices": choices,
        "links": [{"label": one.label, "address": one.address} for one in reply.links],
        "files": [_offered(message, one) for one in reply.enclosures],
        "wants": list(reply.wants),
    }


def file_key(message: OutgoingMessage, file: int) -> str:
    """Give what stands in the address of a file that goes with a reply.

    Only who knows the session can make it, and it tells nothing of the session: the address of a
    file may be passed on, the talk may not.
    """
    told = f"{message.address.user_id}:{message.id}:{file}"
    return sha256(told.encode()).hexdigest()[:KEY_LENGTH]


def _offered(message: OutgoingMessage, one: Enclosure) -> dict[str, Any]:
    if one.private:
        # Fetched by who shows the session, which stands in no address.
        address = f"chat/{'tra-loi' if one.answer else 'ban-sao'}/{one.file}"
        return {"name": one.name, "picture": False, "private": True, "address": address}
    return {
        "name": one.name,
        "size": size_text(one.size),
        "picture": one.is_picture,
        "private": False,
        "told": one.told if one.is_picture else "",
        "address": f"chat/tep/{message.id}/{one.file}/{file_key(message, one.file)}",
    }


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise UnreadableChat(ChatFault.BAD_JSON) from error
    if not isinstance(sent, dict):
        raise UnreadableChat(ChatFault.BAD_JSON)
    return sent


def _read_file(sent: dict[str, Any]) -> Attachment | None:
    """Read the number of a photo handed over before; whose it is the door tells."""
    number = sent.get("file")
    if number is None:
        return None
    if type(number) is not int or not 0 < number < LARGEST_NUMBER:
        raise UnreadableChat(ChatFault.BAD_FILE)
    return Attachment(reference=str(number), media=PHOTO)


def _read_album(sent: dict[str, Any]) -> str:
    """Read what photos chosen at once have in common."""
    album = sent.get("album")
    return "" if album is None else _shaped(album, MESSAGE_ID_SHAPE, ChatFault.BAD_ID)


def _read_place(sent: dict[str, Any]) -> Position | None:
    told = sent.get("place")
    if told is None:
        return None
    found = Position.read(told.get("lat"), told.get("lon")) if isinstance(told, dict) else None
    if found is None:
        raise UnreadableChat(ChatFault.BAD_PLACE)
    return found


def _read_words(sent: dict[str, Any]) -> tuple[MessageKind, str]:
    typed, pressed = sent.get("text"), sent.get("choice")
    if sum(sent.get(one) not in NOTHING for one in SAID) > 1:
        raise UnreadableChat(ChatFault.TEXT_AND_CHOICE)
    if sent.get("file") is not None:
        return MessageKind.PHOTO, ""
    if sent.get("place") is not None:
        return MessageKind.LOCATION, ""
    if pressed is not None:
        return MessageKind.CHOICE, _shaped(pressed, CHOICE_SHAPE, ChatFault.BAD_CHOICE)
    text = clean(typed) if isinstance(typed, str) else ""
    if not text:
        raise UnreadableChat(ChatFault.NO_TEXT)
    if len(text) > TEXT_LIMIT:
        raise UnreadableChat(ChatFault.TOO_LONG)
    return MessageKind.TEXT, text


def _shaped(value: object, shape: re.Pattern[str], fault: ChatFault) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise UnreadableChat(fault)
    return value
