"""Times and partners in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from broadcasts.plans.document import one_line
from broadcasts.plans.units import NOBODY, Units, begins_unit, split_units
from broadcasts.plans.words import alternatives, words

LONGEST_PARTNER: Final = 160
_SENTENCE: Final = re.compile(r"[.;:](?:\s|$)")
_BEFORE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """Whom a duty is to be done with; ``unclear`` holds words nobody could take apart."""

    units: Units = NOBODY
    unclear: str = ""


def times_in(text: str) -> tuple[str, ...]:
    """Give the phrases of time in a sentence, in its own words."""
    told: list[str] = []
    text, end = one_line(text), 0
    for found in _times().finditer(text):
        given = _not_times().search(text[max(0, found.start() - _BEFORE) : found.start()])
        if found.start() >= end and not given:
            told.append(found[0].strip(" ,;"))
            end = found.end()
    return tuple(told)


def partners_in(text: str) -> Partners:
    """Give the units of “phối hợp với X” in a sentence; none where only the verb stands."""
    for found in _partner().finditer(text):
        rest = _SENTENCE.split(text[found.end() :], maxsplit=1)[0]
        stop = first_stop(rest)
        if stop == 0:
            continue
        told = rest[:stop].strip(" ,") if stop else rest.strip()
        told = re.sub(r"\s+(?:đến|và|,|có)$", "", told)
        if begins_unit(told[:1].upper() + told[1:]) and len(told) <= LONGEST_PARTNER:
            units = split_units(told)
            return Partners(units=units, unclear="" if units.clear else told)
        return Partners(unclear=rest[:LONGEST_PARTNER].strip())
    return Partners()


def first_stop(text: str) -> int | None:
    """Give where the first verb begins that ends a unit's name; None where none does."""
    return _first(_stops(), text)


def first_verb(text: str) -> int | None:
    """Give where the words after a unit's name begin in the heading of its duties."""
    return _first(_verbs(), text)


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    hidden = _not_stops().sub(lambda found: "_" * len(found[0]), text)
    found = pattern.search(hidden)
    return found.start() if found else None


@cache
def _times() -> re.Pattern[str]:
    told = words("prose")
    parts = (
        one.replace("{point}", told["point"]).replace("{period}", told["period"])
        for one in told["times"]
    )
    whole = "|".join(f"(?:{one})" for one in parts)
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


@cache
def _not_times() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('prose', 'not_times')})\s*$", re.IGNORECASE)


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('prose', 'partner')})\s+", re.IGNORECASE)


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('prose', 'stops')})(?!\w)")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('units', 'after')})(?!\w)")


@cache
def _not_stops() -> re.Pattern[str]:
    return re.compile(alternatives("prose", "not_stops"))
