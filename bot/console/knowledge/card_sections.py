"""The form of a card in parts: what an official often changes first, the keepers' part last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.console.knowledge.cells import CARD, Asking, Options, asking
from bot.console.knowledge.drafting import BEGINNING
from bot.console.knowledge.library import Shelf
from bot.console.words import say
from knowledge.models import Confidence, Procedure
from knowledge.portal_words import province_names

# What is in none of them is for those who keep the data.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "names": ("everyday_name", "official_name", "aliases", "sector", "level", "for_whom"),
    "fee": ("fee", "times", "time_note", "fifteen_hour_rule"),
    "papers": ("papers", "papers_note", "steps", "result"),
    "where": ("places", "where_note", "any_centre", "online", "online_url", "online_note"),
    "validity": ("notes", "legal", "renumbered_to", "abolished"),
}
KEPT: Final = "data"
MOST_ASKED: Final = 5
NAMED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some fields of the form under one heading; one not ``open`` shows its heading alone."""

    key: str
    fields: tuple[Asking, ...]
    open: bool

    @property
    def heading(self) -> str:
        """What the part is about."""
        return say(f"edit.part_{self.key}")


def parts(shelf: Shelf, texts: Mapping[str, str], faults: Mapping[str, str]) -> tuple[Part, ...]:
    """Give the form of a card filled with ``texts``; a part with something to mend is open."""
    asked = {one.name: one for one in asking(CARD, texts, _among(shelf))}
    named = {name for names in PARTS.values() for name in names}
    rest = tuple(name for name in asked if name not in named)
    return tuple(
        Part(
            key=key,
            fields=tuple(asked[name] for name in names),
            open=key != KEPT or any(BEGINNING + name in faults for name in names),
        )
        for key, names in (*PARTS.items(), (KEPT, rest))
    )


def _among(shelf: Shelf) -> Mapping[str, Options]:
    return {
        "family": _families(shelf),
        "popularity": tuple(
            (str(often), say(f"edit.popularity_{often}")) for often in range(1, MOST_ASKED + 1)
        ),
        "province": tuple((code, f"{code} – {name}") for code, name in province_names().items()),
        "confidence": tuple((one.value, say(f"edit.confidence_{one}")) for one in Confidence),
    }


def _families(shelf: Shelf) -> Options:
    """Give every group of cards people mix up, told by those asked most often."""
    members: dict[str, list[Procedure]] = {}
    for card in shelf.snapshot.procedures:
        if card.family:
            members.setdefault(card.family, []).append(card)
    told = {
        family: ", ".join(
            one.everyday_name for one in sorted(cards, key=lambda one: -one.popularity)[:NAMED]
        )
        for family, cards in members.items()
    }
    return tuple((family, f"{cards}… ({family})") for family, cards in sorted(told.items()))
