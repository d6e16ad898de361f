"""How well one question fits one phrase and one topic: pure numbers with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.index import CONCEPT_MARK, EXACT_MARK, Entry, Index
from knowledge.reading import Reading
from knowledge.topics import Topic

CONCEPT_LIKENESS: Final = 0.92
OTHER_MARKS: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts; tuned on the golden questions."""

    question: float = 0.50
    phrase: float = 0.30
    union: float = 0.25
    pairs: float = 0.15
    popularity: float = 0.01
    bare_row: float = 0.03
    remote: float = 0.03
    foreign_province: float = 0.20
    internal: float = 0.20
    missing_cue: float = 0.10
    ruled_out: float = 0.18


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: what it is worth and the terms that would satisfy it."""

    worth: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A reading prepared for comparison with many phrases."""

    slots: tuple[Slot, ...]
    worth: float
    offered: Mapping[str, float]
    pairs: tuple[tuple[str, float], ...]
    folded: str


def prepare(reading: Reading, index: Index) -> Query:
    """Weigh the words of ``reading`` by how rare they are in ``index``."""
    concepts: dict[int, list[str]] = {}
    for span in reading.concepts:
        for position in range(span.start, span.end):
            concepts.setdefault(position, []).append(CONCEPT_MARK + span.label)
    slots = tuple(
        _slot(reading, index, position, concepts.get(position, []))
        for position in range(len(reading.words))
    )
    offered: dict[str, float] = {}
    for slot in slots:
        for term, likeness in slot.terms:
            offered[term] = max(likeness, offered.get(term, 0.0))
    return Query(
        slots=slots,
        worth=sum(slot.worth for slot in slots) or 1.0,
        offered=offered,
        pairs=_pairs(reading, index),
        folded=" ".join(reading.words),
    )


def _slot(reading: Reading, index: Index, position: int, concepts: list[str]) -> Slot:
    word = reading.words[position]
    meant = reading.alternatives.get(position, ())
    rarity = max((index.rarity(term) for term, _ in ((word, 1.0), *meant)), default=2.0)
    if word not in index.idf and not meant:
        rarity = 1.5
    spelled: tuple[tuple[str, float], ...] = ((word, 1.0),)
    if reading.marked:
        spelled = ((EXACT_MARK + reading.keys[position], 1.0), (word, OTHER_MARKS))
    terms = (*spelled, *meant, *((concept, CONCEPT_LIKENESS) for concept in concepts))
    return Slot(rarity * reading.weights[position], terms)


def _pairs(reading: Reading, index: Index) -> tuple[tuple[str, float], ...]:
    found = []
    for position, (left, right) in enumerate(pairwise(reading.words)):
        weight = min(reading.weights[position], reading.weights[position + 1])
        pair = f"{left} {right}"
        if weight >= 1 and pair in index.idf:
            found.append((pair, index.idf[pair]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Fit:
    """How one phrase fits: the share of the question it covers, of itself, and of word pairs."""

    question: float
    phrase: float
    pairs: float


def fit(query: Query, entry: Entry) -> Fit:
    """Compare ``query`` with one phrase."""
    known = entry.known
    covered = 0.0
    for slot in query.slots:
        best = 0.0
        for term, likeness in slot.terms:
            if likeness > best and term in known:
                best = likeness
        covered += best * slot.worth
    worth = sum(weight for _, weight in query.pairs)
    paired = sum(weight for pair, weight in query.pairs if pair in known)
    return Fit(
        covered / query.worth, _phrase_share(query, entry), paired / worth if worth else 0.0
    )


def _phrase_share(query: Query, entry: Entry) -> float:
    offered = query.offered
    likeness = [
        max(offered.get(word, 0.0), offered.get(key, 0.0))
        for word, key in zip(entry.words, entry.keys, strict=True)
    ]
    for concept, positions in entry.concepts.items():
        if concept in offered:
            for position in positions:
                likeness[position] = max(likeness[position], CONCEPT_LIKENESS)
    matched = sum(like * weight for like, weight in zip(likeness, entry.weights, strict=True))
    return matched / entry.total if entry.total else 0.0


def standing(topic: Topic, folded: str, weights: Weights, province: str) -> float:
    """Give what speaks for or against a topic whatever the phrase: demand, place, cue words."""
    total = topic.popularity * weights.popularity
    total -= weights.bare_row * topic.bare + weights.remote * topic.remote
    total -= weights.internal * topic.internal
    if topic.province and topic.province != province:
        total -= weights.foreign_province
    padded = f" {folded} "
    if topic.only_when and not _any_cue(topic.only_when, padded):
        total -= weights.missing_cue
    if topic.not_when and _any_cue(topic.not_when, padded):
        total -= weights.ruled_out
    return total


def _any_cue(cues: tuple[str, ...], padded: str) -> bool:
    return any(f" {cue} " in padded for cue in cues)
