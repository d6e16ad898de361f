"""The knowledge as any office tells it, from the layers of the desk in use."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from bot.console.knowledge.nearness import Called, padded
from bot.console.words import say
from bot.conversation.edition import Edition
from bot.conversation.pipeline import Conversation
from knowledge.layers import Layers, OfficeEdit, lineage
from knowledge.models import Guide, Procedure, Snapshot
from knowledge.record_edits import RecordEdit, RecordKind, overlaid

# Offices whose view is kept in memory; each holds a few pointers for every card.
KEPT: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one office tells, and which of it is its own word or that of an office above.

    ``by_name`` are the cards by name, ``words`` how often each word stands in what
    they are called; ``edited`` are the codes of those this office itself says something of.
    """

    office: str
    line: tuple[str, ...]
    snapshot: Snapshot
    procedures: Mapping[str, Procedure]
    by_name: tuple[Called, ...]
    words: Mapping[str, int]
    sectors: tuple[str, ...]
    edited: frozenset[str]
    layers: Layers

    def card(self, code: str) -> Procedure | None:
        """Give the card of ``code``."""
        return self.procedures.get(code)

    def office_name(self, code: str) -> str:
        """Give what an office is called; the empty code stands for all of them."""
        names = (one.name for one in self.snapshot.offices if one.code == code)
        return next(names, "") or say("frame.all_offices")

    def own(self, code: str) -> OfficeEdit:
        """Give what this office itself says of a card; without fields that is nothing."""
        return self._edits(code).get(self.office) or OfficeEdit(office=self.office, code=code)

    def guide(self, ref: str) -> Guide | None:
        """Give the guide of that id, as this office tells it; nothing where it is hidden."""
        return next((one for one in self.snapshot.guides if one.id == ref), None)

    def own_guide(self, ref: str) -> RecordEdit:
        """Give what this office itself says of a guide."""
        found = self.layers.records_of(self.office).get((RecordKind.GUIDE, ref))
        return found or RecordEdit(office=self.office, kind=RecordKind.GUIDE, ref=ref)

    def own_guides(self) -> frozenset[str]:
        """Give the ids of the guides this office made, edited or hid."""
        told = self.layers.records_of(self.office)
        return frozenset(ref for kind, ref in told if kind is RecordKind.GUIDE)

    def hidden_guides(self) -> tuple[Guide, ...]:
        """Give the guides this office hides, as it would tell them again."""
        hidden = [edit for edit in self.layers.records_of(self.office).values() if edit.gone]
        refs = {edit.ref for edit in hidden if edit.kind is RecordKind.GUIDE}
        again = [edit.shown for edit in hidden]
        told = overlaid(RecordKind.GUIDE, self.guides_beneath(), again)
        return tuple(one for one in told if one.id in refs)

    def guides_beneath(self) -> tuple[Guide, ...]:
        """Give the guides as they would be without this office's own word."""
        above = [edit for one in self.line[:-1] for edit in self.layers.records_of(one).values()]
        return overlaid(RecordKind.GUIDE, self.layers.content.guides, above)

    def beneath(self, code: str) -> Procedure | None:
        """Give the card as it would be without this office's own word."""
        edits = tuple(one for one in self.layers.edits if one.code == code)
        told = replace(self.layers, edits=edits).beneath(self.office)
        return next((one for one in told.procedures if one.code == code), None)

    def tellers(self, code: str) -> dict[str, str]:
        """Give the office of this line that last stated each field of a card, where one did."""
        edits = self._edits(code)
        return {
            field: office
            for office in self.line
            if office in edits
            for field in edits[office].fields
        }

    def is_shipped(self, code: str) -> bool:
        """Tell whether the card is one of ours, not a bare record of the portal."""
        return any(one.code == code for one in self.layers.content.procedures)

    def _edits(self, code: str) -> dict[str, OfficeEdit]:
        return {one.office: one for one in self.layers.edits if one.code == code}


class Library:
    """Gives the shelf of each office, worked out once for each publication."""

    def __init__(self, edition: Edition, conversation: Conversation) -> None:
        """Read what ``edition`` keeps ``conversation`` at."""
        self._edition = edition
        self._conversation = conversation
        self._version = ""
        self._shelves: dict[str, Shelf] = {}

    async def shelf(self, office: str) -> Shelf:
        """Give what the office of that code tells; the empty code stands for all of them."""
        layers = await self._edition.layers()
        if layers.version != self._version:
            self._version = layers.version
            self._shelves.clear()
        if office not in self._shelves:
            shelf = await asyncio.to_thread(self._laid, layers, office)
            while len(self._shelves) >= KEPT:
                self._shelves.pop(next(iter(self._shelves)))
            self._shelves[office] = shelf
        return self._shelves[office]

    def _laid(self, layers: Layers, office: str) -> Shelf:
        desk = self._conversation.desk
        in_use = desk.knowledge.snapshot
        speaks = desk.office.code if desk.office else ""
        is_in_use = speaks == office and in_use.version == layers.version
        snapshot = in_use if is_in_use else layers.snapshot(office)
        by_name = tuple(sorted(map(Called.of, snapshot.procedures), key=_name))
        return Shelf(
            office=office,
            line=lineage(layers.offices, office),
            snapshot=snapshot,
            procedures={one.code: one for one in snapshot.procedures},
            by_name=by_name,
            words=Counter(word for one in by_name for word in one.text.split()),
            sectors=tuple(sorted({one.sector for one in snapshot.procedures} - {""}, key=padded)),
            edited=frozenset(one.code for one in layers.edits if one.office == office),
            layers=layers,
        )


LIBRARY = web.AppKey("library", Library)


def _name(called: Called) -> tuple[str, str]:
    return called.names[0], called.card.code
