"""Abbreviations: those of the list are written out, all others are left and shown to a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from broadcasts.speaking.abbreviations import Abbreviations
from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech
from broadcasts.speaking.syllables import is_word

WORD: Final = re.compile(r"[^\W\d_]+")
LEFT_DIGITS: Final = re.compile(r"\w+(?:[./-]\w+)*")
PLAIN_LETTERS: Final = re.compile(r"[A-ZĐ]+")
VOWELS: Final = set("aeiouy")
NEXT_WORD: Final = re.compile(r"\s*(\w?)")
LAST_WORD: Final = re.compile(r"(?<!\S)([^\W\d_])([^\W\d_]+)\s+$")


def read_short_forms(draft: Draft, speech: Speech) -> None:
    """Write out the abbreviations of the list: "TP.HCM" before "TP.", and that before "TP"."""
    short = speech.abbreviations
    draft.say(short.with_signs, lambda found: _dotted(found, short.say))
    draft.say(short.named, lambda found: _named(found, short))
    draft.say(short.telephones, lambda found: Spoken(text=short.before_a_telephone[found[0]]))
    draft.say(short.listed, lambda found: Spoken(text=short.say[found[0]]))
    draft.say(short.roads, lambda found: Spoken(text=f"{short.before_a_number[found['road']]} "))


def leave_short_forms(draft: Draft, speech: Speech) -> None:
    """Show a person what is left: forms with several meanings, unknown forms, digits."""
    short = speech.abbreviations
    draft.say(short.of_several_meanings, lambda found: _ambiguous(found, short))
    draft.say(LEFT_DIGITS, _number_left)
    draft.say(WORD, _word_left)


def _ambiguous(found: re.Match[str], short: Abbreviations) -> Spoken | None:
    written = found[0]
    if written.endswith(".") and _is_initial(written, found.string[: found.start()]):
        return None
    return _left(written, FlagKind.AMBIGUOUS_ABBREVIATION, short.ambiguous[written])


def _dotted(found: re.Match[str], say: Mapping[str, str]) -> Spoken:
    """Write a form with a dot out; the dot of one that ends a sentence ends it still."""
    following = NEXT_WORD.match(found.string, found.end())
    ends = found[0].endswith(".") and following and not following[1].islower()
    return Spoken(text=say[found[0]] + ("." if ends else ""))


def _named(found: re.Match[str], short: Abbreviations) -> Spoken | None:
    starts_a_name = found["name"].isupper() or found["name"].isdecimal()
    written = found[0].strip()
    if not starts_a_name or _is_initial(written, found.string[: found.start()]):
        return None
    return Spoken(text=f"{short.before_a_name[written]} ")


def _is_initial(written: str, before: str) -> bool:
    """Say whether "P." ends a person's name: "Nguyễn Văn P."."""
    last = LAST_WORD.search(before)
    follows_a_name = last is not None and last[1].isupper() and last[2].islower()
    return len(written) == len("P.") and follows_a_name


def _number_left(found: re.Match[str]) -> Spoken | None:
    # Signs such as ½ and ² count as numbers too: nobody reads them off a script without thinking.
    if not any(char.isnumeric() for char in found[0]):
        return None
    return _left(found[0], FlagKind.UNREAD_NUMBER)


def _word_left(found: re.Match[str]) -> Spoken | None:
    if _is_read_as_word(found):
        return None
    return _left(found[0], FlagKind.UNKNOWN_ABBREVIATION)


def _is_read_as_word(found: re.Match[str]) -> bool:
    word = found[0]
    if word[1:].islower() or len(word) == 1:
        return len(word) == 1 or not _has_no_vowel(word)
    if not word.isupper():
        return False
    if not PLAIN_LETTERS.fullmatch(word):
        return True
    return is_word(word) and _stands_in_capitals(found)


def _stands_in_capitals(found: re.Match[str]) -> bool:
    """Say whether a neighbour is a word in capitals too, as in a headline."""
    before = re.search(r"([^\W\d_]{2,})\W*$", found.string[: found.start()])
    after = re.match(r"\W*([^\W\d_]{2,})", found.string[found.end() :])
    return any(word[1].isupper() for word in (before, after) if word)


def _has_no_vowel(word: str) -> bool:
    return not set(unicodedata.normalize("NFD", word.lower())) & VOWELS


def _left(written: str, kind: FlagKind, hints: tuple[str, ...] = ()) -> Spoken:
    return Spoken(text=written, flag=Flag(kind=kind, found=written, hints=hints))
