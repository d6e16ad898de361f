"""The words of a text with what tells them apart: their letters, their marks, their capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.privacy.kinds import MARK

_WORD: Final = re.compile(rf"{MARK.pattern}|[đĐ]/[cC]\b|[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d./-]*")
_JOINED: Final = re.compile(r"[ \t]{1,3}")
_MOSTLY: Final = 0.6
# Of a text with marks at least so much; one or two come in where none are typed.
_MARKED: Final = 0.2
_FEWEST_SMALL: Final = 4
_FEWEST_CAPITALS: Final = 4
# Of a Text Written So no capital tells anything either.
_TITLED: Final = 0.8
_FEWEST_TITLED: Final = 7


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number, or the mark of what was hidden.

    ``key`` is the same wherever the tone stands (hoà, hòa); ``plain`` has no marks at all.
    ``joined`` says that spaces alone part it from the one in front, ``before`` what stands there.
    """

    text: str
    start: int
    end: int
    key: str
    plain: str
    joined: bool
    before: str
    is_capital: bool

    @property
    def is_plain(self) -> bool:
        """Tell whether it was typed without marks."""
        return self.key == self.plain

    @property
    def is_loud(self) -> bool:
        """Tell whether it is capitals throughout."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_number(self) -> bool:
        """Tell whether it is digits."""
        return self.text[0].isdigit()

    @property
    def is_hidden(self) -> bool:
        """Tell whether it stands for what was hidden."""
        return self.text[0] == "["


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, and how its writer uses capitals and marks."""

    words: tuple[Word, ...]
    is_shouted: bool
    has_marks: bool


def read(text: str) -> Reading:
    """Give the words of ``text`` in order."""
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        before = text[end : found.start()]
        key, plain = keys(found[0])
        joined = bool(words) and _JOINED.fullmatch(before) is not None
        capital = found[0][0].isupper()
        words.append(
            Word(found[0], found.start(), found.end(), key, plain, joined, before, capital)
        )
        end = found.end()
    told = [word for word in words if not word.is_hidden and not word.is_number]
    return Reading(tuple(words), _is_shouted(told), _has_marks(told))


def _has_marks(words: Sequence[Word]) -> bool:
    """Tell it by the small words, if there are some: a name is set right where nothing else is."""
    small = [word for word in words if not word.is_capital]
    judged = small if len(small) >= _FEWEST_SMALL else words
    return sum(not word.is_plain for word in judged) >= _MARKED * max(1, len(judged))


def _is_shouted(words: Iterable[Word]) -> bool:
    several = [word for word in words if len(word.text) > 1]
    loud = sum(word.is_loud for word in several)
    capital = sum(word.is_capital for word in several)
    if capital >= _TITLED * len(several) and capital >= _FEWEST_TITLED:
        return True
    return loud >= _FEWEST_CAPITALS and loud >= _MOSTLY * len(several)


@lru_cache(maxsize=20_000)
def keys(word: str) -> tuple[str, str]:
    """Give a word's letters with its marks behind them, and without."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d\u0335"))
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return plain + "".join(sorted(filter(unicodedata.combining, parts))), plain
