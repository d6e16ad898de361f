"""How well one question fits one phrase and one topic: pure numbers with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter, mul
from typing import Final

from knowledge.entries import Entry
from knowledge.index import WEAK, Index
from knowledge.query import CONCEPT_LIKENESS, Query
from knowledge.topics import Topic

HALF_KNOWN: Final = 0.5
WORD_FOR_WORD: Final = 0.97
LOOKED_AT: Final = 3
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
