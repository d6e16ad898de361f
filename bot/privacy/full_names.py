"""A family name with what follows it."""

from __future__ import annotations

import re
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.given_names import leads_to_a_number
from bot.privacy.kinds import PersonalData
from bot.privacy.spots import Spot
from knowledge.text import is_syllable

_PAIR: Final = 2
_LETTERS: Final = frozenset("AYH")
_BEGINS: Final = re.compile(r"\A\s*\Z|.*[.!?\n]\s*\Z", re.DOTALL)


def full_name(spot: Spot) -> int:
    """Give the length of a family name and the capitals behind it; nothing where it is none."""
    if spot.run < _PAIR or not known.SURNAMES.has(spot.word) or spot.is_matter:
        return 0
    if spot.called or spot.beside_a_name:
        return 0 if _is_of_no_person(spot) else spot.run
    if not spot.of_place and _is_of_one_letter(spot):
        return spot.run
    if spot.of_place or spot.inside or spot.street_length or _is_famous_place(spot):
        return 0
    if not (spot.is_one_of(known.SURNAMES) or spot.by_of or spot.word.is_loud):
        return 0
    told = _is_made_like_a_name(spot) or _is_signed(spot) or leads_to_a_number(spot, spot.run)
    return spot.run if told else 0


def _is_of_no_person(spot: Spot) -> bool:
    if spot.run == _PAIR and _is_famous_place(spot):
        return not spot.by_kin or spot.by_self
    # “công an Lê Lợi” is that of a ward.
    return spot.by_role and not spot.by_kin and spot.street_length > 0


def _is_of_one_letter(spot: Spot) -> bool:
    """Tell of “Y Blim”, “A Byưn”: of the Tây Nguyên, and no beginning of a sentence."""
    first, second = spot.some[:_PAIR]
    letter = first.text in _LETTERS and not second.is_loud and len(second.text) > 1
    begins = not spot.at or _BEGINS.fullmatch(first.before)
    return letter and not (first.joined and spot.words[spot.at - 1].is_capital) and not begins


def _is_famous_place(spot: Spot) -> bool:
    return known.FAMOUS_PLACES.has(*spot.words[spot.at : spot.at + _PAIR])


def _is_made_like_a_name(spot: Spot) -> bool:
    first, *rest = spot.some
    made = [known.GIVEN.has(word) or known.MIDDLES.has(word) for word in rest]
    if known.NO_OTHER_WORD.has(first, strictly=True) and not first.is_loud:
        return True
    if spot.run == _PAIR:
        return known.CLEAR.has(first) and made[0]
    if made[0] and is_syllable(rest[-1].plain) and (known.CLEAR.has(first) or not first.joined):
        return True
    if known.MIDDLES.has(rest[0]) or known.LAST.has(rest[-1]) or "'" in rest[-1].text:
        return True
    return made[-1] and (known.CLEAR.has(first) or all(made))


def _is_signed(spot: Spot) -> bool:
    """Tell whether the run is all of its line, or all before a hidden number."""
    if not _BEGINS.fullmatch(spot.word.before):
        return False
    following = spot.words[spot.at + spot.run :]
    behind = following[0].before if following else ""
    hidden = bool(following) and following[0].is_hidden
    if spot.run > _PAIR and hidden and following[0].text == PersonalData.ADDRESS.mark:
        return True
    if spot.run > _PAIR and following and _lives_there(spot, behind):
        return True
    return all(map(known.GIVEN.has, spot.some[1:])) and (hidden or not following or "\n" in behind)


def _lives_there(spot: Spot, behind: str) -> bool:
    """Tell whether a hamlet follows behind a comma: “Hoàng Bá Thỉnh, thôn 9”."""
    return behind.strip() == "," and known.HAMLETS.has(spot.words[spot.at + spot.run])
