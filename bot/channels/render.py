"""Fits a reply to a channel's limits without losing a word or a choice.

Lengths are UTF-16 units, as Telegram and JavaScript count: never fewer than characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from bot.messages import ChannelName, QuickReply, Reply
from broadcasts.carriage import replies_of

BORDERS: Final = (("\n\n",), ("\n",), (". ", "! ", "? ", "… "), ("; ", ": ", ", "), (" ",))
JOINER: Final = "\u200d"
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
BEYOND_ONE_UNIT: Final = 0xFFFF


def counted(reply: Reply) -> str:
    """Give the words of ``reply`` with its choices by number below, as where there are no buttons.

    A number that is typed means the choice at its place.
    """
    return "\n".join([reply.text, *numbered(reply.choices)])


def numbered(choices: Sequence[QuickReply]) -> list[str]:
    """Give ``choices`` as lines that begin with the number to type."""
    return [f"{number}. {one.label}" for number, one in enumerate(choices, start=1)]


def units(text: str) -> int:
    """Give the length of ``text`` in UTF-16 units."""
    return len(text) + sum(ord(character) > BEYOND_ONE_UNIT for character in text)


def parts(text: str, channel: ChannelName) -> list[str]:
    """Cut ``text`` into the messages ``channel`` makes of it; the web chat takes any length."""
    longest = replies_of(channel).text
    return split(text, longest) if longest else [text]


def split(text: str, limit: int) -> list[str]:
    """Cut ``text`` into parts of at most ``limit`` units, at the best border there is.

    Paragraphs come first, then lines, sentences, clauses and words; only a word longer than
    ``limit`` is cut, and then between two letters as the eye sees them.
    """
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        end = _border(rest, _reach(rest, limit))
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in (*parts, rest) if part]


def _reach(text: str, limit: int) -> int:
    """Give how many characters of ``text`` fit into ``limit`` units."""
    used = 0
    for position, character in enumerate(text):
        used += 2 if ord(character) > BEYOND_ONE_UNIT else 1
        if used > limit:
            return position
    return len(text)


def _border(text: str, reach: int) -> int:
    for marks in BORDERS:
        # A border near the start would leave a stub; the blank of a mark may fall off the end.
        found = [(text.rfind(mark, reach // 3, reach + 1), mark) for mark in marks]
        ends = [at + len(mark.rstrip()) for at, mark in found if at >= 0]
        if ends:
            return max(ends)
    return _between_letters(text, reach)


def _between_letters(text: str, reach: int) -> int:
    end = reach
    while end > 1 and _belong_together(text[end - 1], text[end]):
        end -= 1
    return end if end > 1 else reach


def _belong_together(left: str, right: str) -> bool:
    return (
        unicodedata.category(right) in ("Mn", "Me", "Mc")
        or JOINER in (left, right)
        or ord(right) in SKIN_TONES
        or (ord(left) in FLAG_LETTERS and ord(right) in FLAG_LETTERS)
    )
