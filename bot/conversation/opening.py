"""From a published snapshot to a desk that can answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from bot.conversation.asked import Details, Questions
from bot.conversation.card import CardWriter
from bot.conversation.days import Calendar
from bot.conversation.desk import Desk
from bot.conversation.intents import shipped_intents
from bot.conversation.labels import Labels
from bot.conversation.places import Places
from bot.conversation.wording import Wording
from bot.errors import CannotBegin
from broadcasts.reading import topics
from knowledge.layers import Layers
from knowledge.lexicon import Lexicon
from knowledge.library import KnowledgeBase
from knowledge.models import Office, Snapshot
from knowledge.ports import IndexShelf, SnapshotStore


class UnknownOffice(CannotBegin):
    """No office of the content has the code that was set; the message lists those there are."""


class Opener(Protocol):
    """Lays out a desk for a snapshot, with what an ``earlier`` desk has already where it can."""

    def __call__(self, snapshot: Snapshot, *, earlier: Desk | None = None) -> Desk:
        """Give the desk."""
        ...


def open_desk(
    snapshot: Snapshot,
    *,
    office: str = "",
    province: str = "",
    shelf: IndexShelf | None = None,
    attended: bool = True,
    earlier: Desk | None = None,
) -> Desk:
    """Index ``snapshot`` and lay out the words for the office whose code is ``office``.

    With no code given, the first office of the snapshot speaks. An index that stands on the
    ``shelf`` is not built anew, one of an ``earlier`` desk is patched where little differs. Where
    it is not ``attended`` by officials no answer of theirs is promised.

    Raises:
        UnknownOffice: the snapshot has no office of that code.
    """
    # Read anew: those of an earlier desk hold what offices had set.
    wording = Wording.load()
    home = home_office(snapshot.offices, office)
    code = home.code if home else ""
    places = Places.near(snapshot.offices, code, wording.card["desks"])
    return Desk(
        knowledge=_knowledge(snapshot, shelf, earlier),
        wording=wording,
        intents=earlier.intents if earlier else shipped_intents(),
        asked=earlier.asked if earlier else Questions.load(),
        details=earlier.details if earlier else Details.load(),
        labels=Labels.of(wording),
        card=CardWriter.of(snapshot, wording, places.units),
        office=home,
        places=places,
        calendar=Calendar.of(snapshot.days_off),
        province=province or (home.province if home and not home.sample else ""),
        portal_hotline=next((h.phone for h in snapshot.hotlines if h.office is None), ""),
        attended=attended,
        topics=topics(),
    )


def _knowledge(
    snapshot: Snapshot, shelf: IndexShelf | None, earlier: Desk | None
) -> KnowledgeBase:
    if earlier is None:
        return KnowledgeBase.build(snapshot, Lexicon.load(), shelf)
    return earlier.knowledge.renewed(snapshot, shelf)


async def published(store: SnapshotStore, office: str = "") -> Snapshot:
    """Load what is published as the office whose code is ``office`` tells it, else the first."""
    return await asyncio.to_thread(told_by, await store.layers(), office)


def told_by(layers: Layers, office: str) -> Snapshot:
    """Give what the office whose code is ``office`` tells, else the first there is."""
    home = home_office(layers.offices, office)
    return layers.snapshot(home.code if home else "")


def home_office(offices: Sequence[Office], code: str) -> Office | None:
    """Give the one of ``offices`` with ``code``; with no code the first, if there is any.

    Raises:
        UnknownOffice: none of them has that code.
    """
    if not code:
        return next(iter(offices), None)
    for office in offices:
        if office.code == code:
            return office
    codes = ", ".join(office.code for office in offices)
    raise UnknownOffice(Wording.load().say("unknown_office", code=code, codes=codes))
