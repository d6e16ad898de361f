"""Whose word a row is: the source it names, the decision it stands in, or the office itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from knowledge.columns import columns
from knowledge.models import Office, Procedure, Source
from knowledge.stated import Reading

FIGURES: Final = ("fee", "times", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The office a table speaks for, by code and name."""

    code: str
    name: str

    def source(self, reading: Reading) -> Source:
        """Give the source of what a table states itself: its decision, else the office."""
        return Source(name=reading.decision or self.name, seen=reading.seen)


def speaker_of(offices: Iterable[Office], code: str) -> Speaker:
    """Give the office of a code; the empty code stands for all of them."""
    names = {str(one.code): one.name for one in offices}
    return Speaker(code=code, name=names.get(code) or columns().labels["Speaker"]["all"])


def source_of(
    fields: Mapping[str, Any],
    told: Mapping[str, Any] | None,
    *,
    base: Procedure | None,
    begun: Mapping[str, Any],
    own: Source,
) -> Source:
    """Give the source of a row that states ``fields`` and names the source ``told``.

    ``begun`` is what the office stated before, ``own`` the source of its own words. A source that
    travelled along unchanged does not vouch for a figure the office changed.
    """
    current = begun.get("source") or (base.source if base else None)
    now = {name: begun.get(name, getattr(base, name, None)) for name in fields}
    nothing_new = current is not None and now == dict(fields)
    if not told:
        return current if current and nothing_new else own
    named = Source(name=told["name"] or own.name, seen=told["seen"] or own.seen, url=told["url"])
    if base is None or not _travelled_along(named, base.source):
        return named
    said = {**begun, **fields}
    if not any(said[name] != getattr(base, name) for name in FIGURES if name in said):
        return named
    kept = current if nothing_new and current != base.source else None
    return kept or own


def _travelled_along(named: Source, known: Source) -> bool:
    return (named.name, named.url) == (known.name, known.url) and named.seen <= known.seen
