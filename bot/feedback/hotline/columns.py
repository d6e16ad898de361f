"""Which column of an export holds what: recognised by meaning, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.feedback.hotline.wording import listed, plain, told


class Column(StrEnum):
    """What a column of an export holds."""

    OUTER = "outer"
    RECEIVED = "received"
    WORDS = "words"
    PLACE = "place"
    HAMLET = "hamlet"
    FIELD = "field"
    KIND = "kind"
    URGENCY = "urgency"
    PERSON = "person"
    PHONE = "phone"
    ADDRESS = "address"
    UNIT = "unit"
    DUE = "due"
    STATE = "state"
    RESULT = "result"

    @property
    def label(self) -> str:
        """Name it as officials do."""
        return str(told()["columns"][self]["name"])


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns stand, and the headings that hold nothing we know."""

    places: Mapping[Column, int]
    unknown: tuple[str, ...]

    @property
    def are_enough(self) -> bool:
        """Tell whether every column stands there that a row cannot do without."""
        return all(one in self.places for one in needed())


@cache
def needed() -> tuple[Column, ...]:
    """Give the columns no row can do without."""
    return tuple(one for one in Column if told()["columns"][one].get("needed"))


def headings_of(cells: Mapping[int, str]) -> Headings:
    """Read a row as headings; of two that mean the same the first counts."""
    places: dict[Column, int] = {}
    unknown = []
    for place, text in sorted(cells.items()):
        column = column_of(text)
        if column is not None and column not in places:
            places[column] = place
        elif plain(text) not in listed("passed_over"):
            unknown.append(" ".join(text.split()))
    return Headings(places, tuple(unknown))


def column_of(heading: str) -> Column | None:
    """Give what a heading means: by its whole words, else by the longest it begins with."""
    said = plain(heading)
    if said in _exact():
        return _exact()[said]
    begun = [one for one in _open() if said.startswith(f"{one} ")]
    return _open()[max(begun, key=len)] if begun else None


@cache
def _exact() -> Mapping[str, Column]:
    return {plain(one): column for column in Column for one in told()["columns"][column]["said"]}


@cache
def _open() -> Mapping[str, Column]:
    """Give the headings that may go on; a person's data is read from no column by chance."""
    known = told()["columns"]
    return {one: column for one, column in _exact().items() if known[column].get("goes_on")}
