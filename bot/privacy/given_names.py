"""A given name without its family name: behind a form of address, a label, beside a number."""

from __future__ import annotations

import re
from typing import Final

from bot.privacy import syllables as known
from bot.privacy.kinds import PersonalData
from bot.privacy.reading import Word
from bot.privacy.spots import Spot

_SIGNS: Final = re.compile(r"[ \t]{0,3}[,;:.()\n-]?[ \t]{0,3}")
NUMBERS: Final = frozenset(
    kind.mark
    for kind in (
        *(PersonalData.PHONE, PersonalData.CCCD, PersonalData.EMAIL, PersonalData.PASSPORT),
        *(PersonalData.SOCIAL_INSURANCE, PersonalData.BIRTH_DATE, PersonalData.TAX_CODE),
    )
)
_APOSTROPHE: Final = re.compile(r"[^\W\d_]{1,2}['’][^\W\d_]{2}")
# Words that may stand between a name and its number.
_FAR: Final = 4
_MOST_GIVEN: Final = 3
_PAIR: Final = 2
_BEHIND: Final = re.compile(r"\s{0,3}[(,–:-]\s{0,3}")
_ENDED: Final = re.compile(r"[^\w\[]{0,3}[.!\n–-][^\w\[]{0,3}")
_CLOSES: Final = re.compile(r"\s{0,3}[).,;\n!?]")


def given_name(spot: Spot) -> int:
    """Give the length of a given name that something before it calls one."""
    if _is_no_name(spot):
        return 0
    if _has_an_apostrophe(spot) or (_is_ranked(spot) and not spot.by_kin):
        return spot.run
    if spot.by_label or spot.by_kin:
        return _called_so(spot)
    if not all(map(known.GIVEN.has, spot.some)) or spot.is_one_of(known.RANKS):
        return 0
    if spot.run > 1:
        by_post = spot.by_praise or spot.by_post_of_one
        return spot.run if _speaks(spot) or (by_post and not spot.word.is_loud) else 0
    called = spot.by_self or spot.by_role or (spot.by_of and not spot.word.is_loud)
    return 1 if called or _speaks(spot) else 0


def _speaks(spot: Spot) -> bool:
    """Tell of a capital amid small words before a verb of speaking: “hỏi thì Minh Khôi nói …”."""
    small = spot.at > 0 and spot.word.joined and not spot.words[spot.at - 1].is_capital
    if not small or spot.of_place or spot.word.is_loud or spot.run > _PAIR:
        return False
    return spot.next(spot.run) is not None and known.SPEAKING.beginning(
        spot.words, spot.at + spot.run
    )


def _is_ranked(spot: Spot) -> bool:
    """Tell of “Tư Hiền” behind a post or “ô”: which child it was, with its name."""
    ranked = spot.run == _PAIR and spot.is_one_of(known.RANKS)
    return ranked and (spot.by_role or spot.by_self) and not spot.word.is_loud


def _has_an_apostrophe(spot: Spot) -> bool:
    """Tell of a name like K'Brửu: no other word is written so."""
    return _APOSTROPHE.match(spot.word.text) is not None and not spot.of_place


def _is_no_name(spot: Spot) -> bool:
    word = spot.word
    if spot.is_one_of(known.KIN):
        return True
    if spot.is_one_of(known.NO_NAME) and not (_is_called_alone(spot) and known.GIVEN.has(word)):
        return True
    if len(word.text) == 1 == spot.run or spot.is_matter:
        return True
    if spot.run > 1 and known.FAMOUS_PLACES.has(*spot.some[:2]):
        return not spot.by_kin or spot.by_self
    starts = known.ROLES.beginning(spot.words, spot.at) or known.PLACES.beginning(
        spot.words, spot.at
    )
    return starts and (spot.run > 1 or not known.GIVEN.has(word))


def _is_called_alone(spot: Spot) -> bool:
    """Tell of a capital amid small words behind a form of address or a label: “cô Nga”."""
    named = spot.by_label and spot.words[spot.at - 1].plain == "ten"
    told = spot.by_kin or named or (spot.run > 1 and spot.by_post_of_one)
    small = not spot.word.is_loud and not spot.is_matter
    return told and small and not known.ROLES.beginning(spot.words, spot.at)


def _called_so(spot: Spot) -> int:
    """Give the length of what is called so: a rank alone names nobody."""
    if spot.run == 1 and spot.is_one_of(known.RANKS) and not spot.by_label:
        return 0
    known_ones = (known.GIVEN, known.SURNAMES)
    if any(spot.holds(table, word) for word in spot.some for table in known_ones):
        told = spot.by_kin or not spot.word.is_loud or spot.holds(known.GIVEN, spot.some[-1])
        return spot.run if told else 0
    # A capital amid small words is a name, however seldom that is.
    return 0 if spot.word.is_loud or spot.words[spot.at - 1].is_capital else spot.run


def beside_a_number(spot: Spot) -> int:
    """Give the length of a name in front of a number that is now hidden: “Lan [phone]”."""
    if spot.of_place or spot.inside or not all(map(_is_syllable, spot.some)):
        return 0
    return spot.run if leads_to_a_number(spot, spot.run) else 0


def behind_a_number(spot: Spot) -> int:
    """Give the length of a name in brackets behind a hidden number: “[phone] (Mai)”."""
    if not spot.at or spot.words[spot.at - 1].text not in NUMBERS or spot.run > _MOST_GIVEN:
        return 0
    end = spot.at + spot.run
    closed = end == len(spot.words) or _CLOSES.match(spot.words[end].before)
    if not closed or not _BEHIND.fullmatch(spot.word.before) or _is_no_name(spot):
        return 0
    return spot.run if all(map(_is_syllable, spot.some)) else 0


def signed(spot: Spot) -> int:
    """Give the length of a given name that is a message's last sentence: “Xin chào. Thuý Hằng”."""
    end = spot.at + spot.run
    if end != len(spot.words) or not spot.at or spot.run > _MOST_GIVEN or spot.word.is_loud:
        return 0
    if not _ENDED.fullmatch(spot.word.before) or _is_no_name(spot):
        return 0
    return spot.run if all(map(known.GIVEN.has, spot.some)) else 0


def leads_to_a_number(spot: Spot, length: int) -> bool:
    """Tell whether a number that is now hidden stands behind so many words of ``spot``."""
    for word in spot.words[spot.at + length : spot.at + length + _FAR]:
        if not _SIGNS.fullmatch(word.before):
            return False
        if word.is_hidden:
            return word.text in NUMBERS
        if not any(word.plain in phrase.split() for phrase in known.NUMBER_WORDS.plain):
            return False
    return False


def _is_syllable(word: Word) -> bool:
    tables = (known.GIVEN, known.SURNAMES, known.MIDDLES)
    return any(table.has(word) for table in tables) and not known.NO_NAME.has(word)
