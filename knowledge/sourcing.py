"""Whose word a row is: the source it names, the decision it stands in, or the office itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from knowledge.columns import columns
from knowledge.models import Office, Source
from knowledge.stated import TableReading

FIGURES: Final = ("fee", "times", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The office a table speaks for, by code and name."""

    code: str
    name: str

    def source(self, reading: TableReading) -> Source:
        """Give the source of what a table states itself: its decision, else the office."""
        return Source(name=reading.decision or self.name, seen=reading.seen)


def speaker_of(offices: Iterable[Office], code: str) -> Speaker:
    """Give the office of a code; the empty code stands for all of them."""
    names = {str(one.code): one.name for one in offices}
    return Speaker(code=code, name=names.get(code) or columns().labels["Speaker"]["all"])


def source_of(told: Mapping[str, Any] | None, *, known: Source | None, own: Source) -> Source:
    """Give the source of what a row states: the one it names in ``told``, else ``own``.

    ``known`` is the source of what was known; one that travelled along unchanged, as in an
    exported table, does not vouch for what the office changed.
    """
    if not told:
        return own
    named = Source(name=told["name"] or own.name, seen=told["seen"] or own.seen, url=told["url"])
    return own if known and _travelled_along(named, known) else named


def _travelled_along(named: Source, known: Source) -> bool:
    return (named.name, named.url) == (known.name, known.url) and named.seen <= known.seen
