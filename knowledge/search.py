"""A question → the topics it may mean, best first, each with its score and reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import Final

from knowledge.index import COMMON_SHARE, Index
from knowledge.matching import Fit, Query, Weights, fit, prepare, standing
from knowledge.reading import Reading, read
from knowledge.topics import Topic

CANDIDATE_PHRASES: Final = 160
CANDIDATES: Final = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """One topic with its score (about 0–1), the phrase that fitted best, and the parts."""

    topic: Topic
    score: float
    phrase: str
    fit: Fit
    union: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What search saw of a question: its reading and the candidates, best first."""

    reading: Reading
    candidates: tuple[Candidate, ...]


def find(
    index: Index, question: str, *, weights: Weights = Weights(), province: str = ""
) -> Findings:
    """Rank the topics of ``index`` for ``question``."""
    reading = read(question, index.lexicon, index.speller)
    query = prepare(reading, index)
    scored = [
        _candidate(index, query, owner, phrases, weights, province)
        for owner, phrases in _shortlist(index, query).items()
    ]
    scored.sort(key=lambda candidate: (-candidate.score, candidate.topic.ref))
    return Findings(reading=reading, candidates=tuple(scored[:CANDIDATES]))


def _shortlist(index: Index, query: Query) -> dict[int, list[int]]:
    reached: defaultdict[int, float] = defaultdict(float)
    common = max(200, int(len(index.entries) * COMMON_SHARE))
    for slot in query.slots:
        for term, likeness in slot.terms:
            phrases = index.postings.get(term, ())
            if len(phrases) <= common:
                gain = likeness * slot.worth
                for number in phrases:
                    reached[number] += gain
    for pair, rarity in query.pairs:
        for number in index.postings.get(pair, ()):
            reached[number] += rarity
    entries = index.entries
    best = sorted(reached, key=lambda n: -reached[n] / sqrt(entries[n].total + 8))
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for number in best[:CANDIDATE_PHRASES]:
        owners[entries[number].owner].append(number)
    return owners


def _candidate(
    index: Index, query: Query, owner: int, phrases: list[int], weights: Weights, province: str
) -> Candidate:
    fits = [(fit(query, index.entries[number]), number) for number in phrases]
    best, number = max(fits, key=lambda pair: _blend(pair[0], weights))
    topic = index.topics[owner]
    union = _union(index, query, owner)
    score = (
        _blend(best, weights)
        + weights.union * union
        + standing(topic, query.folded, weights, province)
    )
    return Candidate(topic, score, index.entries[number].phrase, best, union)


def _blend(found: Fit, weights: Weights) -> float:
    return (
        weights.question * found.question
        + weights.phrase * found.phrase
        + weights.pairs * found.pairs
    )


def _union(index: Index, query: Query, owner: int) -> float:
    known = [index.entries[number].known for number in index.own_entries[owner]]
    weak = index.weak[owner]
    covered = 0.0
    for slot in query.slots:
        best = 0.0
        for term, likeness in slot.terms:
            if likeness > best:
                if any(term in terms for terms in known):
                    best = likeness
                elif term in weak:
                    best = max(best, likeness * 0.5)
        covered += best * slot.worth
    return covered / query.worth
