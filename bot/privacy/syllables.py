"""What names of persons are made of, and the words around them: ``syllables.vi.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from bot.privacy.reading import Word, keys

FILE: Final = Path(__file__).with_name("syllables.vi.toml")
LONGEST: Final = 4


@dataclass(frozen=True, slots=True)
class Table:
    """Words or phrases as spelled; who types without marks is understood where that is allowed."""

    spelled: frozenset[str]
    plain: frozenset[str]
    firsts: frozenset[str]

    @classmethod
    def of(cls, phrases: Iterable[str], *, with_marks: Collection[str] = ()) -> Self:
        """Make ``phrases`` ready; within one an underline stands for a space.

        Those ``with_marks`` are not understood without.
        """
        split = {phrase: tuple(map(keys, phrase.replace("_", " ").split())) for phrase in phrases}
        return cls(
            frozenset(" ".join(key for key, _ in one) for one in split.values()),
            frozenset(
                " ".join(plain for _, plain in one)
                for phrase, one in split.items()
                if phrase not in with_marks
            ),
            frozenset(first for one in split.values() for first in one[0]),
        )

    def has(self, *words: Word, strictly: bool = False) -> bool:
        """Tell whether it holds ``words`` in a row; ``strictly`` with all their marks."""
        spelled = words[0].key if len(words) == 1 else " ".join([word.key for word in words])
        if spelled in self.spelled:
            return True
        # Of words with marks none is in the table of those without.
        return not strictly and spelled in self.plain

    def ending(self, words: Sequence[Word], end: int, *, strictly: bool = False) -> int:
        """Tell how many joined words before ``end`` make one of the phrases, the longest."""
        found = 0
        for length in range(1, min(LONGEST, end) + 1):
            if length > 1 and not words[end - length + 1].joined:
                break
            if self.has(*words[end - length : end], strictly=strictly):
                found = length
        return found

    def beginning(self, words: Sequence[Word], start: int) -> bool:
        """Tell whether one of the phrases begins at ``start``."""
        if start >= len(words) or words[start].key not in self.firsts:
            return False
        for length in range(1, LONGEST + 1):
            some = words[start : start + length]
            if len(some) < length or not all(word.joined for word in some[1:]):
                return False
            if self.has(*some):
                return True
        return False


_READ: Final[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def _table(*places: tuple[str, str]) -> Table:
    found = (_READ[part][name] for part, name in places)
    words = (word for told in found for word in (told.split() if isinstance(told, str) else told))
    return Table.of(words, with_marks=_READ["around"]["places_with_marks"])


CLEAR: Final = _table(("surnames", "clear"))
CLEAREST: Final = _table(("surnames", "clearest"))
CLEAR_SMALL: Final = _table(("surnames", "clear_small"))
CLEAR_LABELLED: Final = _table(("surnames", "clear_labelled"))
CLEAR_BARE: Final = _table(("surnames", "clear_bare"))
SURNAMES: Final = _table(("surnames", "clear"), ("surnames", "everyday"), ("surnames", "peoples"))
MIDDLES: Final = _table(("surnames", "marks_of_peoples"))
BEHIND_NO_MIDDLE: Final = _table(("surnames", "behind_no_middle"))
LAST: Final = _table(("surnames", "last"))
NO_OTHER_WORD: Final = _table(("surnames", "no_other_word"))
GIVEN: Final = _table(("given", "common"))
CLEAR_GIVEN: Final = _table(("given", "clear"))
CLEAR_WITHOUT_MARKS: Final = _table(("given", "clear_without_marks"))
FIRST_GIVEN: Final = _table(("given", "first"))
COMPOUNDS: Final = _table(("given", "compounds"))
# With what a name in small letters may begin.
BEGINNINGS: Final = _table(
    *(("surnames", part) for part in ("clear", "everyday", "peoples")), ("given", "common")
)
KIN: Final = _table(("around", "kin"))
PLURAL: Final = _table(("around", "plural"))
SELF: Final = _table(("around", "self"))
ROLES: Final = _table(("around", "roles"))
POSTS_OF_ONE: Final = _table(("around", "posts_of_one"))
DOING: Final = _table(("around", "doing"))
SPEAKING: Final = _table(("around", "speaking"))
POLITE: Final = _table(("around", "polite"))
LABELS: Final = _table(("around", "labels"))
PARTICLES: Final = _table(("around", "particles"))
JOINING: Final = _table(("around", "joining"))
NAMING: Final = _table(("around", "naming"))
OF: Final = _table(("around", "of"))
PRAISED: Final = _table(("around", "praised"))
PLACES: Final = _table(("around", "places"))
HAMLETS: Final = _table(("around", "hamlets"))
BETWEEN_STREETS: Final = _table(("around", "between_streets"))
MATTERS: Final = _table(("famous", "matters"))
NO_NAME: Final = _table(("around", "no_name"))
DEEDS: Final = _table(("around", "deeds"))
RANKS: Final = _table(("around", "ranks"))
NUMBER_WORDS: Final = _table(("around", "number_words"))
FAMOUS_PLACES: Final = _table(("famous", "places"))
STREETS: Final = _table(("famous", "streets"))
