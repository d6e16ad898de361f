"""How well one question fits one phrase and one topic: pure numbers with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.index import CONCEPT_MARK, EXACT_MARK, WEAK, Entry, Index
from knowledge.reading import Reading
from knowledge.topics import Topic

CONCEPT_LIKENESS: Final = 0.92
OTHER_MARKS: Final = 0.8
UNKNOWN: Final = 1.5
HALF_KNOWN: Final = 0.5
WORD_FOR_WORD: Final = 0.97
LOOKED_AT: Final = 3
FEW_WORDS: Final = 20.0
OF_THE_REST: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign counts; tuned on the golden questions."""

    named: float = 0.33
    meant: float = 0.20
    firm: float = 0.43
    pairs: float = 0.24
    word_for_word: float = 0.08
    popularity: float = 0.004
    bare_row: float = 0.18
    remote: float = 0.03
    foreign_province: float = 0.20
    internal: float = 0.20
    missing_cue: float = 0.10
    ruled_out: float = 0.10


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: what it is worth and the terms that would satisfy it.

    ``telling`` words are those that do more than hold the sentence up or name a side.
    """

    worth: float
    terms: tuple[tuple[str, float], ...]
    telling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A reading prepared for comparison with many phrases.

    ``worth`` is the sum over all slots; ``telling`` is less for long stories, most of which
    speaks of other things; ``paired`` is the sum over the pairs, less in the same way.
    """

    slots: tuple[Slot, ...]
    worth: float
    telling: float
    offered: Mapping[str, float]
    pairs: tuple[tuple[str, float], ...]
    paired: float
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
    worth = sum(slot.worth for slot in slots) or 1.0
    pairs = _pairs(reading, index)
    telling = worth if worth <= FEW_WORDS else FEW_WORDS + (worth - FEW_WORDS) * OF_THE_REST
    return Query(
        slots=slots,
        worth=worth,
        telling=telling,
        offered=offered,
        pairs=pairs,
        paired=sum(weight for _, weight in pairs) * telling / worth or 1.0,
        folded=" ".join(reading.words),
    )


def _slot(reading: Reading, index: Index, position: int, concepts: list[str]) -> Slot:
    word = reading.words[position]
    meant = reading.alternatives.get(position, ())
    spelled: tuple[tuple[str, float], ...] = ((word, 1.0),)
    exact = EXACT_MARK + reading.keys[position]
    if reading.marked:
        spelled = ((exact, 1.0), (word, OTHER_MARKS))
    own = exact if reading.marked and exact in index.idf else word
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


@dataclass(frozen=True, slots=True)
class Fit:
    """How a topic fits, each a share of 0–1.

    ``named`` is how much of its best phrase was said, ``meant`` how much of what was said that
    phrase knows; of what was said, ``said`` is what the topic knows at all, ``firm`` what surely
    belongs to it, ``pairs`` the neighbouring words it knows as neighbours. ``word_for_word``
    tells that the question is that phrase, but for scaffolding and the side asked.
    """

    named: float
    meant: float
    said: float
    firm: float
    pairs: float
    word_for_word: bool


def fit(query: Query, echo: Echo, firmness: Mapping[str, float]) -> Fit:
    """Compare ``query`` with all the words of one topic."""
    said = firm = 0.0
    for slot in query.slots:
        known = sure = 0.0
        # Comparing by hand takes a third of the time of max(), and nothing is done more often.
        for term, likeness in slot.terms:
            firmly = firmness.get(term, 0.0)
            if firmly:
                here = likeness if firmly > WEAK else likeness * HALF_KNOWN
                if here > known:  # noqa: PLR1730
                    known = here
                if likeness * firmly > sure:  # noqa: PLR1730
                    sure = likeness * firmly
        said += known * slot.worth
        firm += sure * slot.worth
    paired = sum(weight * firmness.get(pair, 0.0) for pair, weight in query.pairs)
    return Fit(
        echo.named,
        echo.meant,
        said / query.worth,
        min(1.0, firm / query.telling),
        min(1.0, paired / query.paired),
        echo.named > WORD_FOR_WORD and _says_no_more(query, echo.entry),
    )


@dataclass(frozen=True, slots=True)
class Echo:
    """The phrase of a topic the question comes nearest to, with the shares of :class:`Fit`."""

    entry: Entry
    named: float
    meant: float


def nearest(query: Query, entries: Iterable[Entry], weights: Weights) -> Echo:
    """Find the phrase ``query`` comes nearest to."""
    said = [(phrase_share(query, entry), entry) for entry in entries]
    said.sort(key=lambda pair: (pair[0], pair[1].total), reverse=True)
    most = said[:LOOKED_AT]
    echoes = (Echo(entry, named, question_share(query, entry)) for named, entry in most)
    return max(echoes, key=lambda one: weights.named * one.named + weights.meant * one.meant)


def question_share(query: Query, entry: Entry) -> float:
    """Tell how much of the question one phrase knows."""
    known = {*entry.words, *entry.keys, *entry.concepts}
    covered = 0.0
    for slot in query.slots:
        best = 0.0
        for term, likeness in slot.terms:
            if likeness > best and term in known:
                best = likeness
        covered += best * slot.worth
    return min(1.0, covered / query.telling)


def _says_no_more(query: Query, entry: Entry) -> bool:
    known = {*entry.words, *entry.keys, *entry.concepts}
    return all(
        any(term in known for term, _ in slot.terms) for slot in query.slots if slot.telling
    )


def phrase_share(query: Query, entry: Entry) -> float:
    """Tell how much of one phrase the question says."""
    offered = query.offered
    likeness = [
        offered.get(key) or offered.get(word, 0.0)
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
