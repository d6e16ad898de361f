"""A place in a text at which a name may begin, and what stands before it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.kinds import PersonalData
from bot.privacy.standing import Stand

_LABEL_SIGNS: Final = re.compile(r"\s{0,3}[:=,-]?\s{0,3}")
_SENTENCE: Final = re.compile(r"[.!?:;\n(\"“]")


class Spot(Stand):
    """A word with what calls it a name, or what says that a place is named."""

    @cached_property
    def of_place(self) -> bool:
        """Tell whether a place or a body is what is named here."""
        if self.on_street or (self._behind(known.PLACES) and not self._is_family(self.at)):
            return True
        return self.word.joined and self.words[self.at - 1].is_number

    @cached_property
    def inside(self) -> bool:
        """Tell whether it stands amid other capitals: “Vincom Lê Lai”."""
        if not self.word.joined or not self.raised(self.words[self.at - 1]):
            return False
        first = self.words[self.at - 1]
        # “Tư Hoàng Ngọc Ẩn”: which child it was, before the whole name.
        if self.run > 2 and self.holds(known.RANKS, first) and self.is_one_of(known.CLEAR):  # noqa: PLR2004 - a whole name
            return False
        begins = self.at == 1 or (not first.joined and _SENTENCE.search(first.before) is not None)
        return not begins

    @cached_property
    def by_kin(self) -> bool:
        """Tell whether a form of address for one person stands before it."""
        length = self._behind(known.KIN)
        if not length or self._behind(known.PLURAL):
            return False
        if self._is_another_word(length):
            return False
        kin = self.at - length
        if self.run < 2 and known.FAMOUS_PLACES.has(self.words[self.at - 1], self.word):  # noqa: PLR2004 - “bà Triệu”, and no “bà Triệu Mùi Pham”
            return False
        # “Cầu Ông Lãnh”, and “cau” without marks, which may be “cậu” or “cầu”.
        after_place = self.words[kin].joined and self._is_place(kin)
        return not after_place and not self._behind(known.PLACES)

    def _is_another_word(self, length: int) -> bool:
        """Tell of “o Hue” and “di My”, typed without marks: being there and going there."""
        if self.reading.has_marks or length > 1:
            return False
        kin = self.words[self.at - 1].plain
        return kin == "o" or (kin == "di" and self.is_one_of(known.NO_NAME))

    def _is_place(self, end: int) -> bool:
        """Tell whether a place is named before the word number ``end``; no “gia đình” is one."""
        if self._is_family(end):
            return False
        return known.PLACES.ending(self.words, end, strictly=self.reading.has_marks) > 0

    def _is_family(self, end: int) -> bool:
        """Tell whether “gia đình” stands before the word number ``end``."""
        return [word.plain for word in self.words[max(0, end - 2) : end]] == ["gia", "dinh"]

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
            (self._is_place(label) and not known.ROLES.ending(self.words, label))
            or self.holds(known.NAMING, self.words[label - 1])
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

    @property
    def called(self) -> bool:
        """Tell whether something before it says that a person is named."""
        return self.by_kin or self.by_label or self.by_self or self.by_role

    @property
    def is_street(self) -> bool:
        """Tell whether a street, or what goes on from one, is named or led on from here."""
        if self.street_length or (self.word.is_capital and self.run > 1 and self.of_place):
            return True
        return self.on_street and known.BETWEEN_STREETS.has(self.word)
