"""Names in small letters, or among nothing but capitals: there a letter's size tells nothing.

A family name is a word like another then, and a given name too, so more must speak for a name:
what stands before it, “văn” or “thị”, or that each word of it is one that names are made of.
"""

from __future__ import annotations

import re
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.given_names import NUMBERS, leads_to_a_number
from bot.privacy.reading import Word, keys
from bot.privacy.spots import Spot

_PARTED: Final = re.compile(r".*[.!?\n]\s*", re.DOTALL)
_PAIR: Final = 2
_MOST: Final = 5
_SPELLED: Final = frozenset(keys(word)[0] for word in ("văn", "thị"))
_MIDDLES: Final = frozenset({"van", "thi"})
_OF_PEOPLES: Final = frozenset({"a", "seo", "mi", "lao", "sin", "thi", "van"})


def small_name(spot: Spot) -> int:
    """Give the length of a whole name in small letters: the less is before it, the clearer."""
    if not known.SURNAMES.has(spot.word):
        return 0
    strictly = _spells(spot)
    if not known.SURNAMES.has(spot.word, strictly=strictly) or spot.is_matter:
        return 0
    length = max(1 + _following(spot, strictly=strictly), _by_its_middle(spot))
    famous = known.FAMOUS_PLACES.has(*spot.words[spot.at : spot.at + _PAIR])
    if length < _PAIR or famous:
        return 0
    if (spot.by_label and "," not in spot.word.before) or spot.beside_a_name:
        return length if _is_labelled_so(spot, length, strictly=strictly) else 0
    told = _is_of_peoples(spot) or _is_beside(spot, length) or _is_owner(spot)
    clear = told or _is_clear(spot, length, strictly=strictly)
    return length if length > _PAIR and clear else 0


def _by_its_middle(spot: Spot) -> int:
    """Give the length of a name with “văn” or “thị” as spelled, whatever syllable is behind it."""
    third = spot.next(2)
    if third is None or third.is_number or third.is_hidden:
        return 0
    middle = spot.words[spot.at + 1]
    told = spot.by_role or spot.by_label or spot.by_polite
    if _is_of_peoples(spot):
        return 0 if known.PARTICLES.has(third) else 3
    if not spot.reading.has_marks and middle.plain in _MIDDLES:
        return 3 if told and leads_to_a_number(spot, 3) else 0
    if not spot.reading.has_marks or middle.key not in _SPELLED:
        return 0
    return 0 if spot.holds(known.BEHIND_NO_MIDDLE, third) else 3


def _is_of_peoples(spot: Spot) -> bool:
    """Tell of a name like “giàng a chu” behind what calls it one, whatever its last syllable."""
    middle = spot.next()
    if middle is None or middle.plain not in _OF_PEOPLES:
        return False
    # “Xong thì” without marks is no Xồng Thị.
    if middle.plain in _MIDDLES and middle.key not in _SPELLED:
        return False
    return spot.called and known.NO_OTHER_WORD.has(spot.word)


def without_family(spot: Spot) -> int:
    """Give the length of a name in small letters without its first: “em thị mỹ duyên, [phone]”."""
    if spot.word.plain != "thi" or not spot.called:
        return 0
    length = 1 + _following(spot, strictly=spot.reading.has_marks)
    told = length > _PAIR and (spot.word.key in _SPELLED or leads_to_a_number(spot, length))
    return length if told and not spot.is_matter else 0


def _is_labelled_so(spot: Spot, length: int, *, strictly: bool) -> bool:
    if strictly:
        return length > _PAIR or known.CLEAR.has(spot.word, strictly=True)
    middle = length > _PAIR and _is_middle(spot.words[spot.at + 1], strictly=False)
    clear = length > _PAIR and known.CLEAR_LABELLED.has(spot.word)
    return middle or clear or known.CLEAREST.has(spot.word)


def _is_clear(spot: Spot, length: int, *, strictly: bool) -> bool:
    """Tell whether a family name with two syllables of names behind it can be nothing else."""
    middle = _is_middle(spot.words[spot.at + 1], strictly=strictly)
    if spot.by_kin or spot.by_role or spot.by_self:
        owns = spot.by_polite or leads_to_a_number(spot, length)
        if middle or (strictly and owns):
            return True
        table = known.CLEAR if strictly else known.CLEAR_BARE
        return table.has(spot.word, strictly=strictly)
    if spot.of_place or spot.street_length:
        return False
    if middle and _stands_alone(spot, length):
        return True
    if strictly and (known.CLEAR_SMALL.has(spot.word, strictly=True) or _by_its_middle(spot)):
        return True
    return middle and known.CLEAREST.has(spot.word, strictly=strictly)


def _stands_alone(spot: Spot, length: int) -> bool:
    """Tell whether a whole clause of a sentence's beginning is the name: a signature."""
    end = spot.at + length
    ends = end == len(spot.words) or not spot.words[end].joined
    begins = not spot.at or _PARTED.fullmatch(spot.word.before) is not None
    return ends and begins


def _is_beside(spot: Spot, length: int) -> bool:
    """Tell whether a number follows what begins a clause and is no word for somebody itself."""
    if length <= _PAIR or not leads_to_a_number(spot, length):
        return False
    if spot.at and spot.word.joined and not spot.words[spot.at - 1].is_hidden:
        return False
    tables = (known.KIN, known.ROLES, known.NUMBER_WORDS, known.HAMLETS)
    return not any(table.beginning(spot.words, spot.at) for table in tables)


def _is_owner(spot: Spot) -> bool:
    """Tell whether a hidden number is said to be somebody's: “[phone] của phạm hữu dũng”."""
    if spot.at < _PAIR or spot.words[spot.at - 1].plain != "cua":
        return False
    return spot.words[spot.at - _PAIR].text in NUMBERS


def _is_middle(word: Word, *, strictly: bool) -> bool:
    return word.key in _SPELLED if strictly else word.plain in _MIDDLES


def _spells(spot: Spot) -> bool:
    """Tell whether marks count here: who types names without any is understood as well."""
    some = spot.words[spot.at : spot.at + 3]
    return spot.reading.has_marks and not (len(some) > _PAIR and all(w.is_plain for w in some))


def _following(spot: Spot, *, strictly: bool) -> int:
    """Count the syllables of names behind a family name."""
    count = 0
    while count < _MOST - 1:
        word = spot.next(count + 1)
        if word is None or not _is_syllable(word, strictly=strictly):
            break
        if _begins_anew(spot, spot.at + count + 1):
            break
        count += 1
    return count


def _begins_anew(spot: Spot, at: int) -> bool:
    """Tell whether a post or a matter begins there: “… hùng trưởng thôn”, “… tài chính”."""
    return known.ROLES.beginning(spot.words, at) or known.MATTERS.beginning(spot.words, at)


def _is_syllable(word: Word, *, strictly: bool) -> bool:
    return known.GIVEN.has(word, strictly=strictly) or known.MIDDLES.has(word, strictly=strictly)


def small_given_name(spot: Spot) -> int:
    """Give the length of a given name in small letters: “anh tuấn công an”, “chị lan [phone]”."""
    if not spot.is_one_of(known.GIVEN) or _is_a_word(spot):
        return 0
    if spot.by_label and "," not in spot.word.before:
        return _labelled(spot)
    if not spot.by_kin:
        return 1 if spot.by_self and leads_to_a_number(spot, 1) else 0
    return _clearly(spot) or (1 if leads_to_a_number(spot, 1) or _does_something(spot) else 0)


def _is_a_word(spot: Spot) -> bool:
    others = (known.KIN, known.NO_NAME, known.DEEDS, known.RANKS, known.NUMBER_WORDS)
    compound = known.COMPOUNDS.has(*spot.words[spot.at : spot.at + _PAIR])
    # “Bác sĩ trực” names nobody.
    post = spot.at > 0 and known.ROLES.has(spot.words[spot.at - 1], spot.word)
    number = known.NUMBER_WORDS.beginning(spot.words, spot.at)
    return compound or post or number or any(map(spot.is_one_of, others))


def _labelled(spot: Spot) -> int:
    """Give the length of one or two syllables with nothing behind them: “tên hòa, 5 tuổi”."""
    if not {word.plain for word in spot.words[max(0, spot.at - 2) : spot.at]} & {"ten"}:
        return 0
    for length in (1, _PAIR):
        end = spot.at + length
        ends = end == len(spot.words) or not spot.words[end].joined
        if ends or known.PARTICLES.has(spot.words[end]):
            return length if spot.holds(known.GIVEN, spot.words[end - 1]) else 0
    return 0


def _clearly(spot: Spot) -> int:
    """Give the length of a name that is hardly another word behind a form of address."""
    table = known.CLEAR_GIVEN if spot.reading.has_marks else known.CLEAR_WITHOUT_MARKS
    second = spot.next()
    if spot.is_one_of(known.FIRST_GIVEN) and second is not None and spot.holds(table, second):
        return _PAIR
    return 1 if spot.by_polite and spot.is_one_of(table) else 0


def _does_something(spot: Spot) -> bool:
    """Tell whether somebody's place or work follows; “chi truc bao ve” may be anything."""
    if not spot.reading.has_marks:
        return False
    works = known.ROLES.beginning(spot.words, spot.at + 1)
    return spot.next() is not None and (
        works or (spot.by_polite and known.DOING.beginning(spot.words, spot.at + 1))
    )
