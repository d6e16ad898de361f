"""What a citizen sent beside words, as a column of the inbox: JSON of this release."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import orjson
import structlog

from bot.messages import Attachment, IncomingMessage, Position

log = structlog.get_logger()


def along_text(message: IncomingMessage) -> str | None:
    """Write down the file, the position and the album of a message; nothing where it has none."""
    told: dict[str, Any] = {}
    if message.attachment:
        told["attachment"] = asdict(message.attachment)
    if message.position:
        told["position"] = asdict(message.position)
    if message.album:
        told["album"] = message.album
    return orjson.dumps(told).decode() if told else None


def with_along(message: IncomingMessage, along: str | None) -> IncomingMessage:
    """Give a message with what was written down; what another release wrote is left out."""
    if along is None:
        return message
    try:
        told = orjson.loads(along)
        file, place = told.get("attachment"), told.get("position")
        return replace(
            message,
            attachment=Attachment(**file) if file else None,
            position=Position(**place) if place else None,
            album=str(told.get("album", "")),
        )
    except (AttributeError, TypeError, ValueError):
        log.warning("along_not_read", channel=message.address.channel)
        return message
