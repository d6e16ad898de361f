"""The guides of an office in a list: its own marked, hidden ones among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.console.knowledge.library import Shelf
from bot.console.knowledge.nearness import padded
from knowledge.models import Guide
from knowledge.text import fold


class Only(StrEnum):
    """What the list may be narrowed to."""

    OWN = "own"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A guide in a list; ``own`` when the office made, edited or hid it."""

    guide: Guide
    own: bool
    hidden: bool


def listed(shelf: Shelf, *, text: str, only: Only | None) -> Sequence[Listed]:
    """Give the guides of ``shelf`` by title; every word of ``text`` must stand in a name."""
    own, hidden = shelf.own_guides(), shelf.hidden_guides()
    rows = [
        Listed(guide=one, own=one.id in own, hidden=one in hidden)
        for one in (*shelf.snapshot.guides, *hidden)
        if all(word in _called(one) for word in fold(text).split())
    ]
    fitting = [row for row in rows if _fits(row, only)]
    return sorted(fitting, key=lambda row: (padded(row.guide.title), row.guide.id))


def _called(guide: Guide) -> str:
    return " ".join(map(padded, (guide.title, *guide.aliases)))


def _fits(row: Listed, only: Only | None) -> bool:
    match only:
        case Only.OWN:
            return row.own
        case Only.HIDDEN:
            return row.hidden
        case None:
            return True
