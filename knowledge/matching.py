"""How well one question fits one phrase and one topic: pure numbers with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter, mul
from typing import Final

from knowledge.entries import CONCEPT_MARK, EXACT_MARK, Entry
from knowledge.index import WEAK, Index
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
_share_and_length: Final = itemgetter(0, 1)


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


@dataclass(frozen=True, slots=True)
class Fit:
    """How a topic fits, each a share of 0–1.

    ``named`` is how much of its best phrase was said, ``meant`` how much of what was said that
    phrase knows; of what was said, ``said`` is what the topic knows at all, ``firm`` what surely
    belongs to it, ``pairs`` the neighbouring words it knows as neighbours. ``word_for_word``
    tells that the question is that phrase, the ``entry``, but for scaffolding and the side asked.
    """

    entry: Entry
    named: float
    meant: float
    said: float
    firm: float
    pairs: float
    word_for_word: bool


def fit(query: Query, echo: Echo, firmness: Mapping[str, float]) -> Fit:
    """Compare ``query`` with all the words of one topic."""
    known = [0.0] * len(query.slots)
    sure = known.copy()
    # A long story has many words and a topic knows few of them: only those are looked at. And
    # comparing by hand takes a third of the time of max(); nothing is done more often.
    for term in query.reach.keys() & firmness.keys():
        firmly = firmness[term]
        for number, likeness in query.reach[term]:
            here = likeness if firmly > WEAK else likeness * HALF_KNOWN
            if here > known[number]:  # noqa: PLR1730
                known[number] = here
            if likeness * firmly > sure[number]:  # noqa: PLR1730
                sure[number] = likeness * firmly
    said = sum(map(mul, known, query.worths))
    firm = sum(map(mul, sure, query.worths))
    paired = sum(weight * firmness.get(pair, 0.0) for pair, weight in query.pairs)
    return Fit(
        echo.entry,
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


def nearest(query: Query, entries: Iterable[Entry], index: Index, weights: Weights) -> Echo:
    """Find the phrase ``query`` comes nearest to."""
    said = [(*phrase_share(query, entry, index.weights), entry) for entry in entries]
    said.sort(key=_share_and_length, reverse=True)
    most = said[:LOOKED_AT]
    echoes = (Echo(entry, named, question_share(query, entry)) for named, _, entry in most)
    return max(echoes, key=lambda one: weights.named * one.named + weights.meant * one.meant)


def question_share(query: Query, entry: Entry) -> float:
    """Tell how much of the question one phrase knows."""
    best = [0.0] * len(query.slots)
    for term in chain(entry.words, entry.exact, entry.concepts):
        for number, likeness in query.reach.get(term, ()):
            if likeness > best[number]:  # noqa: PLR1730
                best[number] = likeness
    covered: float = sum(map(mul, best, query.worths))
    return min(1.0, covered / query.telling)


def _says_no_more(query: Query, entry: Entry) -> bool:
    known = {*entry.words, *entry.exact, *entry.concepts}
    return all(
        any(term in known for term, _ in slot.terms) for slot in query.slots if slot.telling
    )


def phrase_share(query: Query, entry: Entry, weights: Mapping[str, float]) -> tuple[float, float]:
    """Tell how much of one phrase the question says, and how much there is to say."""
    offered = _offered_to(entry, query) if query.asking else query.offered
    weighed = list(map(weights.__getitem__, entry.exact))
    likeness = [
        offered.get(exact) or offered.get(word, 0.0)
        for word, exact in zip(entry.words, entry.exact, strict=True)
    ]
    for concept, positions in entry.concepts.items():
        if concept in offered:
            for position in positions:
                likeness[position] = max(likeness[position], CONCEPT_LIKENESS)
    total = sum(weighed)
    return (sum(map(mul, likeness, weighed)) / total if total else 0.0), total


def _offered_to(entry: Entry, query: Query) -> Mapping[str, float]:
    """Add what asks for a side where the phrase asks too: "thuế ở đâu", but no "sổ đỏ mất"."""
    said = query.offered
    for asking in query.asking:
        if len(asking.words.intersection(entry.words)) > 1:
            said = {**asking.offered, **said}
    return said


def standing(topic: Topic, query: Query, weights: Weights, province: str) -> float:
    """Give what speaks for or against a topic whatever the phrase: demand, place, cue words."""
    total = topic.popularity * weights.popularity
    total -= weights.bare_row * topic.bare + weights.remote * topic.remote
    total -= weights.internal * topic.internal
    if topic.province and topic.province != province:
        total -= weights.foreign_province
    if topic.only_when and not _any_cue(topic.only_when, query):
        total -= weights.missing_cue
    if topic.not_when and _any_cue(topic.not_when, query):
        total -= weights.ruled_out
    return total


def _any_cue(cues: tuple[str, ...], query: Query) -> bool:
    """Tell whether a cue was said; one word is none as a part of "mất bao lâu"."""
    padded = f" {query.folded} "
    return any(f" {cue} " in padded if " " in cue else cue in query.own for cue in cues)
