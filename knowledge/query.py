"""A question made ready for comparison with many phrases: what each of its words is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.entries import CONCEPT_MARK, EXACT_MARK
from knowledge.index import Index
from knowledge.reading import Reading

CONCEPT_LIKENESS: Final = 0.92
OTHER_MARKS: Final = 0.8
UNKNOWN: Final = 1.5
FEW_WORDS: Final = 20.0
OF_THE_REST: Final = 0.3


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: what it is worth, all times it is said, and what satisfies it.

    ``telling`` words are those that do more than hold the sentence up or name a side.
    """

    worth: float
    terms: tuple[tuple[str, float], ...]
    telling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A reading prepared for comparison with many phrases.

    ``reach`` gives the slots a term satisfies, by number, and how well. ``worth`` is the sum
    over all slots; ``telling`` is less for long stories, most of which speaks of other things;
    ``paired`` is the sum over the pairs, less in the same way; ``own`` are the words that are no
    part of naming a side.
    """

    slots: tuple[Slot, ...]
    worths: tuple[float, ...]
    reach: Mapping[str, Sequence[tuple[int, float]]]
    worth: float
    telling: float
    offered: Mapping[str, float]
    pairs: tuple[tuple[str, float], ...]
    paired: float
    folded: str
    own: frozenset[str]
    asking: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The words that name a side together, and what they may be said with."""

    words: frozenset[str]
    offered: Mapping[str, float]


def prepare(reading: Reading, index: Index) -> Query:
    """Weigh the words of ``reading`` by how rare they are in ``index``."""
    concepts: dict[int, list[str]] = {}
    for span in reading.concepts:
        for position in range(span.start, span.end):
            concepts.setdefault(position, []).append(CONCEPT_MARK + span.label)
    each = [
        _slot(reading, index, position, concepts.get(position, []))
        for position in range(len(reading.words))
    ]
    slots, aside = _told_once(each), reading.aside
    reach: dict[str, list[tuple[int, float]]] = {}
    for number, slot in enumerate(slots):
        for term, likeness in slot.terms:
            reach.setdefault(term, []).append((number, likeness))
    worths = tuple(slot.worth for slot in slots)
    worth = sum(worths) or 1.0
    pairs = _pairs(reading, index)
    telling = worth if worth <= FEW_WORDS else FEW_WORDS + (worth - FEW_WORDS) * OF_THE_REST
    return Query(
        slots=slots,
        worths=worths,
        reach=reach,
        worth=worth,
        telling=telling,
        offered=_offered(slot for place, slot in enumerate(each) if place not in aside),
        pairs=pairs,
        paired=sum(weight for _, weight in pairs) * telling / worth or 1.0,
        folded=" ".join(reading.words),
        own=frozenset(word for place, word in enumerate(reading.words) if place not in aside),
        asking=tuple(
            Asking(frozenset(reading.words[place]), _offered(each[place]))
            for place in (slice(span.start, span.end) for span in reading.asking)
        ),
    )


def _offered(slots: Iterable[Slot]) -> Mapping[str, float]:
    """Give what a phrase may be said with, each term as well as any slot says it."""
    offered: dict[str, float] = {}
    for slot in slots:
        for term, likeness in slot.terms:
            offered[term] = max(offered.get(term, 0.0), likeness)
    return offered


def _told_once(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Join the words that long stories repeat: each is compared with every candidate."""
    told: dict[tuple[tuple[str, float], ...], Slot] = {}
    for slot in slots:
        same = told.get(slot.terms)
        told[slot.terms] = (
            Slot(same.worth + slot.worth, slot.terms, same.telling or slot.telling)
            if same
            else slot
        )
    return tuple(told.values())


def _slot(reading: Reading, index: Index, position: int, concepts: list[str]) -> Slot:
    word = reading.words[position]
    meant = reading.alternatives.get(position, ())
    exact = EXACT_MARK + reading.keys[position]
    spelled = ((exact, 1.0), (word, OTHER_MARKS))
    own = exact if exact in index.idf else word
    rarity = max(index.rarity(term) for term in (own, *(term for term, _ in meant)))
    if word not in index.idf and not meant:
        rarity = UNKNOWN
    terms = (*spelled, *meant, *((concept, CONCEPT_LIKENESS) for concept in concepts))
    weight = reading.weights[position]
    return Slot(rarity * weight, terms, weight >= 1)


def _pairs(reading: Reading, index: Index) -> tuple[tuple[str, float], ...]:
    found = []
    for position, (left, right) in enumerate(pairwise(reading.words)):
        weight = min(reading.weights[position], reading.weights[position + 1])
        pair = f"{left} {right}"
        if weight >= 1 and pair in index.idf:
            found.append((pair, index.idf[pair]))
    return tuple(found)
