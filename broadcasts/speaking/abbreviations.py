"""What short forms stand for, and how each kind of them is found in a line; the forms are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from broadcasts.speaking.syllables import is_word

SHORTEST_IN_SMALL_LETTERS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """Short forms and their meanings; ``ambiguous`` ones are for a person to write out.

    The patterns find the forms with a dot or another sign, those before a name, before a
    telephone number, roads before their number, all forms, and the ambiguous.
    """

    say: Mapping[str, str]
    before_a_name: Mapping[str, str]
    before_a_number: Mapping[str, str]
    before_a_telephone: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    with_signs: re.Pattern[str]
    named: re.Pattern[str]
    telephones: re.Pattern[str]
    roads: re.Pattern[str]
    listed: re.Pattern[str]
    of_several_meanings: re.Pattern[str]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Make them of tables of data."""
        say = {**told["say"], **_in_small_letters(told["say"])}
        roads = any_of(told["before_a_number"])
        return cls(
            say=say,
            before_a_name=told["before_a_name"],
            before_a_number=told["before_a_number"],
            before_a_telephone=told["before_a_telephone"],
            ambiguous={form: tuple(means) for form, means in told["ambiguous"].items()},
            with_signs=re.compile(_whole(form for form in say if not form.isalnum())),
            named=re.compile(rf"{_whole(told['before_a_name'])}\s?(?=(?P<name>\w))"),
            telephones=re.compile(
                rf"{_whole(told['before_a_telephone'])}(?=\.?:?\s?\(?(?:\+|0\d|1[89]00))"
            ),
            roads=re.compile(rf"(?<![^\W_])(?P<road>{roads})\.?(?=[1-9]\d{{0,3}}[A-Z]?(?!\w))"),
            listed=re.compile(_whole(say)),
            of_several_meanings=re.compile(_whole(told["ambiguous"])),
        )


def any_of(words: Iterable[str]) -> str:
    """Give the alternation that finds any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _in_small_letters(say: Mapping[str, str]) -> dict[str, str]:
    """Give the forms as people type them in haste: "ubnd", "cccd"."""
    return {
        form.lower(): said
        for form, said in say.items()
        if len(form) >= SHORTEST_IN_SMALL_LETTERS and form.isalpha() and form.isupper()
        if not is_word(form)
    }


def _whole(forms: Iterable[str]) -> str:
    """Give the alternation that finds a form where no letter goes on from it."""
    longest_first = sorted(forms, key=len, reverse=True)
    found = (re.escape(form) + _end(form) for form in longest_first)
    return rf"(?<![^\W_])(?:{'|'.join(found)})"


def _end(form: str) -> str:
    return r"(?![^\W_])" if form[-1].isalnum() else ""
