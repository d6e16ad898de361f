"""Masks for personal data that citizens paste into a message.

``mask`` runs before a message is stored, so the tables never hold what it recognises. A fee, a
date of a deadline, a law's number or a procedure code is no personal data and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.privacy.abodes import find_homes
from bot.privacy.chains import find_numbers
from bot.privacy.dwellings import is_of_a_person
from bot.privacy.kinds import WITHHELD, Found, PersonalData
from bot.privacy.persons import find_persons
from bot.privacy.phrases import LIVING, TOLD
from bot.privacy.traits import Trait, traits_of
from bot.privacy.view import View, view


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data, and the kinds that were hidden in it."""

    text: str
    kinds: tuple[str, ...]


# What is told in words goes first: those words say better than its shape what a number is.
_FINDERS: Final[tuple[tuple[frozenset[Trait], Callable[[str], Iterator[Found]]], ...]] = (
    *((rule.needs, rule.find) for rule in TOLD),
    (frozenset({Trait.COUNTED}), find_numbers),
    *((rule.needs, rule.find) for rule in LIVING),
    (frozenset(), find_persons),
    (frozenset(), find_homes),
)


def mask(text: str, *, keep_places: bool = False) -> Masked:
    """Hide personal data in ``text``, each piece behind the name of its kind.

    With ``keep_places`` an address stays where nothing says that somebody lives there: of a fault
    that is reported the place is the matter itself.

    >>> mask("cccd của em là 001 099 012345").text
    'cccd của em là [cccd]'
    >>> mask("đèn hẻm 12 tắt, nhà em ở số 9 hẻm 12", keep_places=True).text
    'đèn hẻm 12 tắt, nhà em ở [address]'
    """
    kinds: dict[str, None] = {}
    before = None
    # What a piece hid may have stood between the parts of another, so until nothing is found.
    while text != before:
        before = text
        seen = view(text)
        traits = traits_of(seen.text)
        for needs, find in _FINDERS:
            if not needs <= traits:
                continue
            finds = find(seen.text)
            if keep_places and find is not find_homes:
                finds = filter(partial(_is_no_place, seen.text), finds)
            hidden = _hide(text, seen, finds, kinds)
            if hidden != text:
                text, seen = hidden, view(hidden)
                traits = traits_of(seen.text)
    return Masked(text, tuple(kinds))


def withheld_kind(text: str) -> PersonalData | None:
    """Give what a stored ``text`` was whose words are withheld; nothing for any other."""
    return next((kind for kind in WITHHELD if kind.mark in text), None)


def _is_no_place(text: str, found: Found) -> bool:
    return found.kind is not PersonalData.ADDRESS or is_of_a_person(text, found.start, found.end)


def _hide(text: str, seen: View, finds: Iterable[Found], kinds: dict[str, None]) -> str:
    parts: list[str] = []
    done = 0
    for found in finds:
        start, end = seen.original(found.start, found.end)
        parts += (text[done:start], found.kind.mark)
        done = max(done, end)
        kinds[found.kind] = None
    return "".join((*parts, text[done:])) if parts else text
