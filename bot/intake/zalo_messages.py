"""What an account's followers sent, as messages of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.content import MOST_ATTACHED, Content
from bot.channels.zalo.events import Said
from bot.messages import IncomingMessage, MessageKind

START: Final = "start"
LONGEST_ALBUM: Final = 64


def messages_of(who: Follower, said: Said, at: datetime) -> Sequence[IncomingMessage]:
    """Give what somebody sent; several pictures in one message are an album."""
    album = f"{who.oa}:{said.message}"[:LONGEST_ALBUM] if len(said.contents) > 1 else ""
    numbers = (said.message, *(f"{said.message}:{at}" for at in range(2, MOST_ATTACHED + 1)))
    return [
        message_of(who, number, one, at, album=album)
        for number, one in zip(numbers, said.contents, strict=False)
    ]


def greeting(who: Follower, at: datetime, received_at: datetime) -> IncomingMessage:
    """Give the word with which other channels begin a talk."""
    content = Content(kind=MessageKind.TEXT, text=START)
    return message_of(who, f"follow:{who.user}:{int(at.timestamp())}", content, received_at)


def message_of(
    who: Follower, number: str, content: Content, at: datetime, *, album: str = ""
) -> IncomingMessage:
    """Give a message by its ``number`` within the account."""
    return IncomingMessage(
        address=who.address,
        external_id=f"{who.oa}:{number}",
        kind=content.kind,
        text=content.text,
        received_at=at,
        attachment=content.attachment,
        position=content.position,
        album=album,
    )
