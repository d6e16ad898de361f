"""Finding cards of an office: by words, sector, and what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.console.knowledge.library import Shelf, folded
from knowledge.models import Procedure
from knowledge.text import fold

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
) -> Sequence[Listed]:
    """Give the cards of ``shelf`` by name; every word of ``text`` must stand in a name or code."""
    words, edited = fold(text).split(), shelf.edited()
    rows = (
        Listed(card=card, edited=card.code in edited, until=_until(card, today))
        for card, called in shelf.by_name
        if (not sector or card.sector == sector) and all(word in called for word in words)
    )
    return [row for row in rows if _fits(row, only, today)]


def sectors(cards: Iterable[Procedure]) -> list[str]:
    """Give every sector there is, sorted as people would."""
    return sorted({card.sector for card in cards if card.sector}, key=folded)


def _until(card: Procedure, today: date) -> date | None:
    ends = [note.until for note in card.notes if note.until and note.until >= today]
    return min(ends, default=None)


def _fits(row: Listed, only: Only | None, today: date) -> bool:
    match only:
        case Only.EDITED:
            return row.edited
        case Only.ENDING:
            return row.until is not None and row.until - today <= SOON
        case Only.BARE:
            return not row.card.has_card
        case None:
            return True
