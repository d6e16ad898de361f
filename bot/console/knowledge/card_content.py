"""What one card says, field by field, and whose word each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.knowledge.cells import CARD
from bot.console.knowledge.library import Shelf
from bot.console.words import say
from knowledge.models import Procedure, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One field of a card: what it is called, what it says, whose word it is and its source."""

    name: str
    heading: str
    text: str
    whose: str
    source: Source


def told_by(shelf: Shelf, card: Procedure) -> tuple[Told, ...]:
    """Give the fields of ``card`` that say something, in the order of the table."""
    return tuple(_fields(shelf, card))


def _fields(shelf: Shelf, card: Procedure) -> Iterable[Told]:
    tellers = shelf.tellers(card.code)
    unedited = say("card.from_card" if shelf.is_shipped(card.code) else "card.from_portal")
    for name, heading in CARD.headings.items():
        text = CARD.text(name, getattr(card, name))
        if text:
            whose = _whose(shelf, tellers[name]) if name in tellers else unedited
            source = card.source_of(name)
            yield Told(name=name, heading=heading, text=text, whose=whose, source=source)


def _whose(shelf: Shelf, teller: str) -> str:
    key = "card.from_office" if teller == shelf.office else "card.from_above"
    return say(key, office=shelf.office_name(teller))
