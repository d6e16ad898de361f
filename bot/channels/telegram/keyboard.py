"""Choices and links as Telegram's buttons under a message."""

from __future__ import annotations

from typing import Final

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.render import units
from bot.messages import Link, QuickReply

LABEL: Final = 60
SHORT_LABEL: Final = 20
MOST_BUTTONS: Final = 100
VALUE_BYTES: Final = 64
log = structlog.get_logger()


def keyboard(
    choices: tuple[QuickReply, ...], links: tuple[Link, ...] = ()
) -> InlineKeyboardMarkup | None:
    """Lay out ``choices`` as buttons, two in a row when all are short, ``links`` below them.

    A value over 64 bytes would make Telegram refuse the whole message, so it is left out; its
    number can still be typed.
    """
    fitting = [choice for choice in choices if 1 <= len(choice.value.encode()) <= VALUE_BYTES]
    if len(fitting) < len(choices):
        log.warning("buttons_left_out", values=[c.value for c in choices if c not in fitting])
    buttons = [
        InlineKeyboardButton(_short(choice.label), callback_data=choice.value)
        for choice in fitting[: MOST_BUTTONS - len(links)]
    ]
    width = 1 if any(len(button.text) > SHORT_LABEL for button in buttons) else 2
    rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
    rows += [[InlineKeyboardButton(_short(one.label), url=one.address)] for one in links]
    return InlineKeyboardMarkup(rows) if rows else None


def _short(label: str) -> str:
    if units(label) <= LABEL:
        return label
    end = LABEL - 1
    while units(label[:end]) > LABEL - 1:
        end -= 1
    return label[:end].rstrip() + "…"
