"""A line on its way from the eye to the ear.

What a rule has put into words is taken out of later rules' sight: one private character stands for
it. So no rule reads another's words, and each sees its neighbours as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from broadcasts.speaking.records import Flag

FIRST_NUMBER: Final = 0xF0000
FIRST_WORDS: Final = 0x100000
NUMBER: Final = "[\U000f0000-\U000ffffd]"
SPOKEN: Final = "[\U000f0000-\U0010fffd]"
UNSEEN: Final = {"Cf", "Co", "Cs", "Cn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How a piece of the line is said; ``number``: units and ranges may follow it.

    A piece left for a person keeps what was written and says why.
    """

    text: str
    number: bool = False
    put_in_words: bool = True
    flag: Flag | None = None


Reading = Callable[[re.Match[str]], Spoken | None]


class Draft:
    """One line, and what was put into words of it so far."""

    def __init__(self, line: str) -> None:
        """Take a line as it was written; signs that cannot be seen are dropped."""
        self.text = " ".join(_visible(unicodedata.normalize("NFC", line)).split())
        self._said: dict[str, Spoken] = {}

    def say(self, pattern: re.Pattern[str], reading: Reading) -> None:
        """Put into words whatever the pattern finds; a reading that gives nothing passes."""

        def put(found: re.Match[str]) -> str:
            spoken = reading(found)
            return found[0] if spoken is None else self._place(spoken)

        self.text = pattern.sub(put, self.text)

    def said(self, place: str) -> Spoken:
        """Give what stands for a private character."""
        return self._said[place]

    def pieces(self) -> list[Spoken]:
        """Give the line whole: what was put into words, and the words that needed nothing."""
        parts = re.split(f"({SPOKEN})", self.text)
        pieces = [
            self._said.get(part, Spoken(text=part, put_in_words=False)) for part in parts if part
        ]
        return _spaced(pieces)

    def _place(self, spoken: Spoken) -> str:
        place = chr((FIRST_NUMBER if spoken.number else FIRST_WORDS) + len(self._said))
        self._said[place] = spoken
        return place


def _visible(line: str) -> str:
    return "".join(char for char in line if unicodedata.category(char) not in UNSEEN)


def _spaced(pieces: list[Spoken]) -> list[Spoken]:
    gap = Spoken(text=" ", put_in_words=False)
    spaced = pieces[:1]
    for before, after in pairwise(pieces):
        spaced += [gap, after] if _touch(before.text, after.text) else [after]
    return spaced


def _touch(before: str, after: str) -> bool:
    return before[-1:].isalnum() and after[:1].isalnum()
