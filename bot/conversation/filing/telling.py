"""What a first message tells already: where it is, and since when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import fold, words

_WORD: Final = re.compile(r"\S+")
_NUMBER: Final = re.compile(r"^\d+$")
_DATE: Final = re.compile(r"^\d{1,2}([/.-]\d{1,4}){1,2}$")
_HOUR: Final = re.compile(r"^\d+[hg]\d*$")
_STOPS: Final = ",.;:!?…()"
MOST_OF_A_PLACE: Final = 12
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of ``telling.vi.toml``: ``heads`` need a name or a number behind them."""

    heads: frozenset[Phrase]
    landmarks: frozenset[Phrase]
    before: frozenset[str]
    times: frozenset[Phrase]
    around_a_time: frozenset[str]
    around_a_place: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the words."""
        told = tomllib.loads((DATA / "telling.vi.toml").read_text(encoding="utf-8"))
        return cls(
            _phrases(told["heads"]),
            _phrases(told["landmarks"]),
            frozenset(map(fold, told["before"])),
            _phrases(told["times"]),
            frozenset(map(fold, told["around_a_time"])),
            frozenset(map(fold, told["around_a_place"])),
        )

    def place(self, text: str) -> str:
        """Give the words that name a place one can go to; nothing where there is none."""
        said = _WORD.findall(text)
        bare = [fold(word).strip(_STOPS) for word in said]
        for at in range(len(said)):
            end = self._place_from(said, bare, at)
            if end > at:
                begin = at - (at > 0 and bare[at - 1] in self.before)
                return " ".join(said[begin:end]).strip(_STOPS)
        return ""

    def time(self, text: str) -> str:
        """Give the words that tell a time."""
        said = _WORD.findall(text)
        shapes = _shapes([fold(word).strip(_STOPS) for word in said])
        for at in range(len(said)):
            if size := _longest(self.times, shapes, at):
                return " ".join(said[at : at + size]).strip(_STOPS)
        return ""

    def is_a_time(self, text: str) -> bool:
        """Tell whether the words are a time and nothing else: “từ hôm thứ 5”."""
        return _is_nothing_but(self.time, text, self.around_a_time)

    def is_a_place(self, text: str) -> bool:
        """Tell whether the words name a place and nothing else: “ở ngõ 12 ạ”."""
        return _is_nothing_but(self.place, text, self.around_a_place)

    def _place_from(self, said: Sequence[str], bare: Sequence[str], at: int) -> int:
        """Give where a place that begins ``at`` ends; ``at`` itself where none does."""
        head, mark = _longest(self.heads, bare, at), _longest(self.landmarks, bare, at)
        end = at + max(head, mark)
        if end == at or (not mark and not _names(said, end)):
            return at
        while end < min(len(said), at + MOST_OF_A_PLACE) and said[end - 1][-1] not in _STOPS:
            step = _longest(self.heads, bare, end) or int(_names(said, end))
            if not step:
                break
            end += step
        return end


def _names(said: Sequence[str], at: int) -> bool:
    """Tell whether a word is a number or begins like a name."""
    word = said[at].strip(_STOPS) if at < len(said) else ""
    return bool(word) and (word[0].isdigit() or (word[0].isupper() and not word.isupper()))


def _is_nothing_but(find: Callable[[str], str], text: str, around: frozenset[str]) -> bool:
    said = text.split()
    if len(said) > MOST_OF_A_PLACE:
        return False
    # What is found is cut of words with one space between them.
    whole = rest = " ".join(said)
    while part := find(rest):
        rest = " ".join(rest.replace(part, " ", 1).split())
    return rest != whole and around.issuperset(words(rest))


def _shapes(bare: Sequence[str]) -> list[str]:
    """Give words with 0 for each number, 0d for a date, 0h for an hour: “20/11”, “7h30”."""
    return [_HOUR.sub("0h", _DATE.sub("0d", _NUMBER.sub("0", word))) for word in bare]


def _longest(known: frozenset[Phrase], bare: Sequence[str], at: int) -> int:
    sizes = (size for size in range(4, 0, -1) if tuple(bare[at : at + size]) in known)
    return next((size for size in sizes if at + size <= len(bare)), 0)


def _phrases(told: Sequence[str]) -> frozenset[Phrase]:
    return frozenset(tuple(words(text)) for text in told)
