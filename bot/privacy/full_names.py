"""A family name with what follows it."""

from __future__ import annotations

from typing import Final

from bot.privacy import syllables as known
from bot.privacy.reading import Word
from bot.privacy.spots import Spot

_PAIR: Final = 2
_MOST_SMALL: Final = 4


def full_name(spot: Spot) -> int:
    """Give the length of a family name and the capitals behind it; nothing where it is none."""
    if spot.run < _PAIR or not known.SURNAMES.has(spot.word) or spot.is_matter:
        return 0
    if spot.called:
        return 0 if _is_of_no_person(spot) else spot.run
    if spot.of_place or spot.inside or spot.street_length or _is_famous_place(spot):
        return 0
    if not (spot.is_one_of(known.SURNAMES) or spot.by_of or spot.word.is_loud):
        return 0
    return spot.run if _is_made_like_a_name(spot) else 0


def _is_of_no_person(spot: Spot) -> bool:
    if spot.run == _PAIR and _is_famous_place(spot):
        return not spot.by_kin or spot.by_self
    # “công an Lê Lợi” is that of a ward.
    return spot.by_role and not spot.by_kin and spot.street_length > 0


def _is_famous_place(spot: Spot) -> bool:
    return known.FAMOUS_PLACES.has(*spot.words[spot.at : spot.at + _PAIR])


def _is_made_like_a_name(spot: Spot) -> bool:
    first, *rest = spot.some
    made = [known.GIVEN.has(word) or known.MIDDLES.has(word) for word in rest]
    if spot.run == _PAIR:
        return known.CLEAR.has(first) and made[0]
    if known.MIDDLES.has(rest[0]) or known.LAST.has(rest[-1]) or "'" in rest[-1].text:
        return True
    return made[-1] and (known.CLEAR.has(first) or all(made))


def small_name(spot: Spot) -> int:
    """Give the length of a name typed in small letters, or among nothing but capitals.

    There a family name is a word like another, so it must be one of the clearest, or “văn”, “thị”
    must follow; without anything that calls it a name, both.
    """
    strictly = spot.reading.has_marks
    if not known.SURNAMES.has(spot.word, strictly=strictly):
        return 0
    length = 1 + _following(spot, strictly=strictly)
    if length < _PAIR or spot.is_matter or _is_famous_place(spot):
        return 0
    clear = (known.CLEAR if strictly else known.CLEAREST).has(spot.word, strictly=strictly)
    middle = length > _PAIR and known.MIDDLES.has(spot.words[spot.at + 1], strictly=strictly)
    if spot.by_label:
        return length if clear or middle else 0
    if spot.by_kin or spot.by_role or spot.by_self:
        return length if clear and length > _PAIR else 0
    return length if clear and middle and not (spot.of_place or spot.street_length) else 0


def _following(spot: Spot, *, strictly: bool) -> int:
    """Count the syllables of names behind a family name."""
    count = 0
    while count < _MOST_SMALL - 1:
        word = spot.next(count + 1)
        if word is None or not _is_syllable(word, strictly=strictly):
            break
        if count and known.ROLES.beginning(spot.words, spot.at + count + 1):
            break
        count += 1
    return count


def _is_syllable(word: Word, *, strictly: bool) -> bool:
    return known.GIVEN.has(word, strictly=strictly) or known.MIDDLES.has(word, strictly=strictly)
