"""A reply as words alone, where there are no buttons: links written out, choices by number.

The menu stands under the last message and is never cut in two where it fits into one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.channels.fitting import Fitted, fitted
from bot.channels.render import numbered, split, units
from bot.channels.spoken import BY_NUMBER, spoken
from bot.messages import OutgoingMessage, QuickReply
from broadcasts.carriage import Carriage


def written(message: OutgoingMessage, holds: Carriage) -> Fitted:
    """Fit ``message`` into messages that hold what ``holds`` says; signs are counted composed."""
    reply = replace(message.reply, text=unicodedata.normalize("NFC", spoken(message)))
    whole = fitted(reply, holds)
    limit = holds.beside if whole.enclosed else holds.text
    return replace(whole, parts=with_menu(whole.parts, reply.choices, limit))


def with_menu(
    parts: Sequence[str], choices: Sequence[QuickReply], limit: int | None
) -> tuple[str, ...]:
    """Give ``parts`` with ``choices`` by number under the last, or behind it."""
    if not choices:
        return tuple(parts)
    menu = unicodedata.normalize("NFC", "\n".join([BY_NUMBER, *numbered(choices)]))
    *before, last = parts or [""]
    together = f"{last}\n{menu}".lstrip("\n")
    if limit is None or units(together) <= limit:
        return (*before, together)
    return (*parts, *split(menu, limit))
