"""A place in a text at which a name may begin: what stands before it, how far its capitals go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.kinds import PersonalData
from bot.privacy.reading import Reading, Word
from bot.privacy.syllables import Table

_MOST: Final = 5
_LABEL_SIGNS: Final = re.compile(r"\s{0,3}[:=,-]?\s{0,3}")
_ON: Final = re.compile(r"\s{0,3}[-–,/]?\s{0,3}")
_SENTENCE: Final = re.compile(r"[.!?:;\n(\"“]")


@dataclass(frozen=True)
class Spot:
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

    @cached_property
    def of_place(self) -> bool:
        """Tell whether a place or a body is what is named here."""
        if self.on_street or self._behind(known.PLACES):
            return True
        return self.word.joined and self.words[self.at - 1].is_number

    @cached_property
    def inside(self) -> bool:
        """Tell whether it stands amid other capitals: “Vincom Lê Lai”."""
        if not self.word.joined or not self.raised(self.words[self.at - 1]):
            return False
        first = self.words[self.at - 1]
        begins = self.at == 1 or (not first.joined and _SENTENCE.search(first.before) is not None)
        return not begins

    @cached_property
    def by_kin(self) -> bool:
        """Tell whether a form of address for one person stands before it."""
        length = self._behind(known.KIN)
        if not length or self._behind(known.PLURAL):
            return False
        kin = self.at - length
        if self.run < 2 and known.FAMOUS_PLACES.has(self.words[self.at - 1], self.word):  # noqa: PLR2004 - “bà Triệu”, and no “bà Triệu Mùi Pham”
            return False
        # “Cầu Ông Lãnh”, and “cau” without marks, which may be “cậu” or “cầu”.
        after_place = self.words[kin].joined and self._is_place(kin)
        return not after_place and not self._behind(known.PLACES)

    def _is_place(self, end: int) -> bool:
        """Tell whether a place is named before the word number ``end``; no “gia đình” is one."""
        if end > 1 and self.words[end - 2].plain == "gia" and self.words[end - 1].plain == "dinh":
            return False
        return known.PLACES.ending(self.words, end, strictly=self.reading.has_marks) > 0

    @cached_property
    def by_role(self) -> bool:
        """Tell whether a post stands before it."""
        return self._behind(known.ROLES) > 0

    @cached_property
    def by_post_of_one(self) -> bool:
        """Tell whether a post stands before it that one person holds."""
        return self._behind(known.POSTS_OF_ONE) > 0

    @cached_property
    def by_polite(self) -> bool:
        """Tell whether a form of address stands before it that nobody uses of themselves."""
        return self.by_kin and self._behind(known.POLITE) > 0

    @cached_property
    def by_self(self) -> bool:
        """Tell whether a word for oneself stands before it."""
        return self._behind(known.SELF) > 0 and not self._behind(known.PLURAL)

    @cached_property
    def by_label(self) -> bool:
        """Tell whether a label stands before it, with a colon or without."""
        if not self.at or not _LABEL_SIGNS.fullmatch(self.word.before):
            return False
        length = known.LABELS.ending(self.words, self.at, strictly=self.reading.has_marks)
        label = self.at - length
        # “Đường tên Nguyễn Văn Linh”, “đặt tên Trần cho con”.
        of_no_person = self.words[label].joined and (
            self._is_place(label) or self.holds(known.NAMING, self.words[label - 1])
        )
        return length > 0 and not of_no_person

    @cached_property
    def beside_a_name(self) -> bool:
        """Tell whether another name stands before it: “[name] và Thân Thơm”."""
        if self.at < 2 or not self.word.joined:  # noqa: PLR2004 - a name and what joins it
            return False
        name, joins = self.words[self.at - 2 : self.at]
        return name.text == PersonalData.NAME.mark and known.JOINING.has(joins)

    @cached_property
    def by_of(self) -> bool:
        """Tell whether a word stands before it behind which a name may stand."""
        return self._behind(known.OF) > 0

    @cached_property
    def by_praise(self) -> bool:
        """Tell whether somebody is praised, or blamed, right before it."""
        return self._behind(known.PRAISED) > 0

    def is_one_of(self, table: Table) -> bool:
        """Tell whether the word is in ``table`` as its writer spells."""
        return self.holds(table, self.word)

    def holds(self, table: Table, word: Word) -> bool:
        """Tell whether ``table`` has ``word`` as its writer spells."""
        return table.has(word, strictly=self.reading.has_marks)

    @property
    def called(self) -> bool:
        """Tell whether something before it says that a person is named."""
        return self.by_kin or self.by_label or self.by_self or self.by_role

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

    @property
    def is_street(self) -> bool:
        """Tell whether a street, or what goes on from one, is named or led on from here."""
        if self.street_length or (self.word.is_capital and self.run > 1 and self.of_place):
            return True
        return self.on_street and known.BETWEEN_STREETS.has(self.word)
