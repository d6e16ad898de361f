"""What an official may make of one of the bot's sentences."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from string import Formatter
from typing import Final

LONGEST: Final = 2000


class WordingFault(StrEnum):
    """Why a sentence cannot be used."""

    EMPTY = "empty"
    LONG = "long"
    BRACES = "braces"
    UNKNOWN_GAP = "unknown_gap"
    LOST_GAP = "lost_gap"


def gaps(sentence: str) -> frozenset[str]:
    """Give the names the program fills in: ``{office}``.

    Raises:
        ValueError: a brace stands alone, or holds more than a name.
    """
    return frozenset(_gaps(sentence))


def _gaps(sentence: str) -> Iterator[str]:
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        # {office.__class__} and {office!r} would tell of the inside.
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        yield name


def wording_fault(shipped: str, own: str) -> WordingFault | None:
    """Tell why ``own`` cannot stand in place of ``shipped``: it must fill in the very same."""
    if not own.strip():
        return WordingFault.EMPTY
    if len(own) > LONGEST:
        return WordingFault.LONG
    try:
        told = gaps(own)
    except ValueError:
        return WordingFault.BRACES
    wanted = gaps(shipped)
    if told - wanted:
        return WordingFault.UNKNOWN_GAP
    return WordingFault.LOST_GAP if wanted - told else None
