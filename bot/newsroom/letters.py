"""What a broadcast says, as its readers get it: one place makes the message for every way."""

from __future__ import annotations

from typing import Final

import orjson

from bot.messages import Reply
from broadcasts.models import Button, NewsText

# Between the parts of a message: title, text, links.
GAP: Final = "\n\n"


def read_text(title: str, body: str, parts: str) -> NewsText:
    """Read a frozen version; of ``parts`` what another release wrote otherwise is left out."""
    try:
        told = orjson.loads(parts)
        buttons = tuple(Button(label=str(a), address=str(b)) for a, b in told.get("buttons", ()))
    except (AttributeError, TypeError, ValueError):
        return NewsText(title=title, body=body)
    return NewsText(title=title, body=body, buttons=buttons)


def reply_of(text: NewsText) -> Reply:
    """Make the message: title, text, and each link written out below."""
    links = "\n".join(f"{one.label}: {one.address}" for one in text.buttons)
    return Reply(GAP.join(filter(None, (text.title.strip(), text.body.strip(), links))))
