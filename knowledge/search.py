"""A question → the topics it may mean, best first, each with its score and reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import Final

from knowledge.index import Index
from knowledge.matching import Fit, Query, Weights, fit, prepare, standing
from knowledge.reading import Reading, read
from knowledge.topics import Topic

CANDIDATES: Final = 25
WEAK: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is looked at: phrases met through the words, and phrases compared in full."""

    visits: int = 2000
    phrases: int = 60


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


TUNED: Final = Weights()
THOROUGH: Final = Effort()


def find(
    index: Index,
    question: str,
    *,
    weights: Weights = TUNED,
    province: str = "",
    effort: Effort = THOROUGH,
) -> Findings:
    """Rank the topics of ``index`` for ``question``."""
    reading = read(question, index.lexicon, index.speller)
    query = prepare(reading, index)
    folded = query.folded
    rough = [
        (_best_phrase(index, query, phrases, weights), owner)
        for owner, phrases in _shortlist(index, query, effort).items()
    ]
    scored = [
        _candidate(
            index,
            query,
            owner,
            best,
            standing(index.topics[owner], folded, weights, province),
            weights,
        )
        for best, owner in rough
    ]
    scored.sort(key=lambda candidate: (-candidate.score, candidate.topic.ref))
    return Findings(reading=reading, candidates=tuple(scored[:CANDIDATES]))


def _shortlist(index: Index, query: Query, effort: Effort) -> dict[int, list[int]]:
    """Reach phrases through the rarest terms first, until enough have been looked at."""
    gains: dict[str, float] = dict(query.pairs)
    for slot in query.slots:
        for term, likeness in slot.terms:
            gains[term] = gains.get(term, 0.0) + likeness * slot.worth
    known = sorted(
        ((index.postings[term], gain) for term, gain in gains.items() if term in index.postings),
        key=lambda posting: len(posting[0]),
    )
    reached: dict[int, float] = {}
    visited = 0
    for phrases, gain in known:
        visited += len(phrases)
        if visited > effort.visits and reached:
            break
        for number in phrases:
            # Most are met for the first time; making each a default would take twice as long.
            reached[number] = reached[number] + gain if number in reached else gain
    damping = index.damping
    damped = [(gain * damping[number], number) for number, gain in reached.items()]
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for _, number in nlargest(effort.phrases, damped):
        owners[index.entries[number].owner].append(number)
    return owners


def _best_phrase(
    index: Index, query: Query, phrases: list[int], weights: Weights
) -> tuple[float, Fit, str]:
    fits = (
        (fit(query, index.entries[number]), index.entries[number].phrase) for number in phrases
    )
    return max(
        ((_blend(found, weights), found, phrase) for found, phrase in fits), key=itemgetter(0)
    )


def _candidate(
    index: Index,
    query: Query,
    owner: int,
    best: tuple[float, Fit, str],
    prior: float,
    weights: Weights,
) -> Candidate:
    blend, found, phrase = best
    union = _union(query, index.known[owner], index.weak[owner])
    return Candidate(
        index.topics[owner], blend + weights.union * union + prior, phrase, found, union
    )


def _blend(found: Fit, weights: Weights) -> float:
    return (
        weights.question * found.question
        + weights.phrase * found.phrase
        + weights.pairs * found.pairs
    )


def _union(query: Query, known: frozenset[str], weak: frozenset[str]) -> float:
    covered = 0.0
    for slot in query.slots:
        best = 0.0
        for term, likeness in slot.terms:
            if likeness > best and term in known:
                best = likeness
            elif likeness * WEAK > best and term in weak:
                best = likeness * WEAK
        covered += best * slot.worth
    return covered / query.worth
