"""A word of a text, what goes on from it and how far its capitals go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.reading import Reading, Word
from bot.privacy.syllables import Table

_MOST: Final = 5


@dataclass(frozen=True)
class Stand:
    """The word number ``at`` of a text; ``on_street`` when a street's name ended before it."""

    reading: Reading
    at: int
    on_street: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the text."""
        return self.reading.words

    @property
    def word(self) -> Word:
        """The word itself."""
        return self.words[self.at]

    def next(self, after: int = 1) -> Word | None:
        """Give the word ``after`` it when nothing but a space parts them."""
        some = self.words[self.at + 1 : self.at + after + 1]
        return some[-1] if len(some) == after and all(word.joined for word in some) else None

    def raised(self, word: Word) -> bool:
        """Tell whether a capital says something of ``word``."""
        return not self.reading.is_shouted and word.is_capital

    @cached_property
    def run(self) -> int:
        """How many words with capitals stand here in a row, each as loud as the first.

        Within one “văn” and “thị” may be small.
        """
        length = 0
        for word in self.words[self.at : self.at + _MOST]:
            if length and (not word.joined or self._begins_anew(self.at + length)):
                break
            if not self._goes_on(length, word):
                break
            length += 1
        return length

    def _goes_on(self, length: int, word: Word) -> bool:
        if self.raised(word):
            return word.is_loud == self.word.is_loud or len(word.text) == 1
        follower = self.next(length + 1)
        small_middle = length == 1 and known.MIDDLES.has(word) and known.SURNAMES.has(self.word)
        return small_middle and follower is not None and self.raised(follower)

    def _begins_anew(self, at: int) -> bool:
        starts = known.ROLES.beginning(self.words, at) or known.PLACES.beginning(self.words, at)
        return starts and not known.GIVEN.has(self.words[at])

    @cached_property
    def some(self) -> tuple[Word, ...]:
        """The words of the run."""
        return self.words[self.at : self.at + self.run]

    def _behind(self, table: Table) -> int:
        if not self.word.joined:
            return 0
        return table.ending(self.words, self.at, strictly=self.reading.has_marks)

    def is_one_of(self, table: Table) -> bool:
        """Tell whether the word is in ``table`` as its writer spells."""
        return self.holds(table, self.word)

    def holds(self, table: Table, word: Word) -> bool:
        """Tell whether ``table`` has ``word`` as its writer spells."""
        return table.has(word, strictly=self.reading.has_marks)

    @cached_property
    def is_matter(self) -> bool:
        """Tell whether it begins what is no person: “Hồ Sơ”, “Cao Tuổi”."""
        return known.MATTERS.has(*self.words[self.at : self.at + 2])

    @cached_property
    def street_length(self) -> int:
        """Of how many words the name of a street is that is known to begin here."""
        if self.word.key not in known.STREETS.firsts:
            return 0
        lengths = range(min(4, len(self.words) - self.at), 1, -1)
        return next((length for length in lengths if self._is_famous(length)), 0)

    def _is_famous(self, length: int) -> bool:
        some = self.words[self.at : self.at + length]
        # “của bà Triệu Mùi Pham” begins no street.
        alike = some[0].is_capital == some[-1].is_capital
        return alike and all(word.joined for word in some[1:]) and known.STREETS.has(*some)
