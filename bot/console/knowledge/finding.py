"""Finding cards of an office: by words, sector, and what is the matter with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.console.knowledge.library import Shelf
from bot.console.knowledge.nearness import meant, nearest
from knowledge.models import Procedure

SOON: Final = timedelta(days=30)


class Only(StrEnum):
    """What a list of cards may be narrowed to."""

    EDITED = "edited"
    ENDING = "ending"
    BARE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A card in a list; ``until`` is the day on which something in it ends."""

    card: Procedure
    edited: bool
    until: date | None


def found(
    shelf: Shelf, *, text: str, sector: str, only: Only | None, today: date
) -> Sequence[Procedure]:
    """Give the cards of ``shelf`` that are called by every word of ``text``, the nearest first.

    Without a text they come by name.
    """
    fits = _fitting(shelf, only, today)
    words = meant(text, shelf.words)
    told = nearest(shelf.by_name, words) if words else shelf.by_name
    cards = (one.card for one in told)
    return [card for card in cards if (not sector or card.sector == sector) and fits(card)]


def listed(shelf: Shelf, card: Procedure, *, today: date) -> Listed:
    """Give a card as it stands in a list."""
    return Listed(card=card, edited=card.code in shelf.edited, until=_until(card, today))


def _until(card: Procedure, today: date) -> date | None:
    ends = [note.until for note in card.notes if note.until and note.until >= today]
    return min(ends, default=None)


def _fitting(shelf: Shelf, only: Only | None, today: date) -> Callable[[Procedure], bool]:
    def ends_soon(card: Procedure) -> bool:
        until = _until(card, today)
        return until is not None and until - today <= SOON

    fits: Mapping[Only | None, Callable[[Procedure], bool]] = {
        None: lambda _: True,
        Only.EDITED: lambda card: card.code in shelf.edited,
        Only.ENDING: ends_soon,
        Only.BARE: lambda card: not card.has_card,
    }
    return fits[only]
