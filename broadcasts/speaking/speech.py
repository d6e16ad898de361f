"""How things are said aloud: numbers, letters, days, documents, abbreviations; all data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from broadcasts.speaking.abbreviations import Abbreviations, any_of
from broadcasts.speaking.numerals import Numerals
from broadcasts.speaking.words import (
    AddressWords,
    CountWords,
    DayWords,
    DocumentWords,
    SignWords,
    WeekWords,
)

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """All the words of reading aloud; ``rate`` in syllables a minute.

    Where words stand for a place in a sentence ("before …"), they are one alternation of a
    regular expression.
    """

    rate: int
    numerals: Numerals
    letters: Mapping[str, str]
    days: DayWords
    weekdays: WeekWords
    hour: str
    minute: str
    documents: DocumentWords
    before_a_line: str
    serving: str
    short_lines: frozenset[str]
    country: str
    units: Mapping[str, str]
    any_unit: str
    signs: SignWords
    counts: CountWords
    before_a_roman: str
    before_several: str
    ordinal: frozenset[str]
    addresses: AddressWords
    abbreviations: Abbreviations

    @classmethod
    def load(cls, data: Path = DATA) -> Self:
        """Read the words of a folder, by default those shipped."""
        told: dict[str, Any] = tomllib.loads((data / "speech.vi.toml").read_text(encoding="utf-8"))
        short = tomllib.loads((data / "abbreviations.vi.toml").read_text(encoding="utf-8"))
        return cls(
            rate=told["rate"],
            numerals=_numerals(told["numerals"]),
            letters=told["letters"],
            days=_days(told["dates"]),
            weekdays=WeekWords(**{**told["weekdays"], "sure": any_of(told["weekdays"]["sure"])}),
            hour=told["times"]["hour"],
            minute=told["times"]["minute"],
            documents=DocumentWords(
                **{**told["documents"], "after": any_of(told["documents"]["after"])}
            ),
            before_a_line=any_of(told["phones"]["before"]),
            serving=any_of(told["phones"]["serving"]),
            short_lines=frozenset(told["phones"]["short"]),
            country=told["phones"]["country"],
            units=told["units"],
            any_unit=any_of(told["units"]),
            signs=_signs(told["signs"]),
            counts=CountWords(**told["counts"]),
            before_a_roman=any_of(told["romans"]["before"]),
            before_several=any_of(told["romans"]["before_several"]),
            ordinal=frozenset(told["romans"]["ordinal"]),
            addresses=AddressWords(
                **{**told["addresses"], "endings": any_of(told["addresses"]["endings"])}
            ),
            abbreviations=Abbreviations.of(short),
        )

    def spell(self, letters: str) -> str:
        """Say letters and digits one after another; what has no name is left out."""
        named = (
            self.numerals.one_by_one(char) if char.isdecimal() else self.letters.get(char, "")
            for char in letters.upper()
        )
        return " ".join(filter(None, named))


def _numerals(told: dict[str, Any]) -> Numerals:
    return Numerals(
        **{
            **told,
            "digits": tuple(told["digits"]),
            "groups": tuple(told["groups"]),
            "after_tens": _by_number(told["after_tens"]),
            "ordinals": _by_number(told["ordinals"]),
        }
    )


def _days(told: dict[str, Any]) -> DayWords:
    return DayWords(
        **{
            **told,
            "months": _by_number(told["months"]),
            "before_a_day": any_of(told["before_a_day"]),
            "before_a_share": any_of(told["before_a_share"]),
            "well_known": frozenset(told["well_known"]),
        }
    )


def _signs(told: dict[str, Any]) -> SignWords:
    return SignWords(**{**told, "by": any_of(told["by"]), "priced": any_of(told["priced"])})


def _by_number(told: Mapping[str, str]) -> Mapping[int, str]:
    return {int(number): word for number, word in told.items()}


@cache
def shipped_speech() -> Speech:
    """Give the shipped words, read once."""
    return Speech.load()
