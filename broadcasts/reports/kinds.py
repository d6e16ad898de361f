"""The news an office sent in a term by their kind: the same lines for every form of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadcasts.composing.kinds import kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class SentKind:
    """How many texts of a kind were sent, how many times, and how many messages came of it.

    ``kind`` is the code as stored; an article of an account is one message however many follow it.
    """

    kind: str
    texts: int
    runs: int
    reached: int

    @property
    def name(self) -> str:
        """Give what the kind is called; one that is offered no more goes by its code."""
        known = kinds().get(self.kind)
        return known.name if known else self.kind


def in_order(sent: Iterable[SentKind]) -> tuple[SentKind, ...]:
    """Order lines as the kinds are offered, those offered no more at the end."""
    places = {code: place for place, code in enumerate(kinds())}
    return tuple(sorted(sent, key=lambda one: (places.get(one.kind, len(places)), one.kind)))


def in_all(sent: Iterable[SentKind]) -> SentKind:
    """Add lines up; the sum is of no kind."""
    every = list(sent)
    return SentKind(
        kind="",
        texts=sum(one.texts for one in every),
        runs=sum(one.runs for one in every),
        reached=sum(one.reached for one in every),
    )
