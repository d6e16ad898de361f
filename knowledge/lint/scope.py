"""Which records are checked, and beside which others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.content import Content, read_content
from knowledge.errors import RowFault
from knowledge.layers import Layers
from knowledge.lint.world import World, joined
from knowledge.models import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The records to check, everything known beside them, and what could not be read."""

    checked: Snapshot
    everything: Snapshot
    faults: tuple[RowFault, ...] = ()
    withdrawn: frozenset[str] = frozenset()

    def world(self, today: date, months: int) -> World:
        """Give what the rules may know on ``today``."""
        return World.of(self.everything, today, months=months, withdrawn=self.withdrawn)


def published(layers: Layers, office: str) -> Scope:
    """Check what ``office`` tells: our cards and its edits, not the portal's bare records.

    A card published twice stays twice, so that it is found; one the office tells is no card of its
    own any more is left out.
    """
    everything = layers.snapshot(office)
    ours = {one.code: one for one in everything.procedures if one.has_card}
    codes = [one.code for one in layers.content.procedures]
    edited = ours.keys() - set(codes)
    told = [code for code in codes if code in ours] + [code for code in ours if code in edited]
    return Scope(
        checked=replace(everything, procedures=tuple(ours[code] for code in told)),
        everything=everything,
        withdrawn=frozenset(one.code for one in layers.portal if one.withdrawn_at is not None),
    )


def unpublished(content: Content) -> Scope:
    """Check content that cannot be published: its good records beside its faults."""
    return Scope(checked=content.snapshot, everything=content.snapshot, faults=content.faults)


def of_files(files: Sequence[Path], known: Scope) -> Scope:
    """Check the records of content files as if they took the place of those known."""
    content = read_content(list(files))
    return replace(
        known,
        checked=content.snapshot,
        everything=joined(known.everything, content.snapshot),
        faults=content.faults,
    )
