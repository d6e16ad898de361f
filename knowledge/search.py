"""A question → the topics it may mean, best first, each with its score and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.index import Index
from knowledge.matching import Fit, Weights, fit, nearest, standing
from knowledge.query import Query, prepare
from knowledge.reading import Reading, read
from knowledge.straying import Straying
from knowledge.topics import Topic

CANDIDATES: Final = 25
# Those of them an answer may rest on.
LIKELIEST: Final = 8
# How much is looked at: phrases met through the words, and phrases compared in full.
VISITS: Final = 4000
PHRASES: Final = 100
# The topics compared: of 1,750 golden questions one had its answer further down.
OWNERS: Final = 50
# A long story meets many phrases by chance, so twice as much is looked at.
LONG: Final = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """One topic with its score (about 0–1), the phrase of it that was best said, and the parts.

    ``strays`` tells that the question only borrows words of the topic.
    """

    topic: Topic
    score: float
    phrase: str
    fit: Fit
    strays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What search saw of a question: its reading and the candidates, best first.

    ``foreignness`` are the odds, as a logarithm, that no office answers such a question;
    ``act_alone`` is the kind of act it names when it says nothing of what that is done with.
    """

    reading: Reading
    candidates: tuple[Candidate, ...]
    foreignness: float = 0.0
    act_alone: str = ""


TUNED: Final = Weights()


def find(
    index: Index,
    question: str,
    *,
    province: str = "",
) -> Findings:
    """Rank the topics of ``index`` for ``question``."""
    reading = read(question, index.lexicon, index.speller, index.restorer)
    query = prepare(reading, index)
    scored = [
        _candidate(index, query, owner, phrases, province)
        for owner, phrases in _shortlist(index, query).items()
    ]
    scored.sort(key=lambda one: (-one.score, one.topic.abolished, one.topic.ref))
    straying = Straying(reading, index)
    likeliest = [replace(one, strays=_strays(one, straying)) for one in scored[:LIKELIEST]]
    return Findings(
        reading=reading,
        candidates=(*likeliest, *scored[LIKELIEST:CANDIDATES]),
        foreignness=foreignness(index, reading, scored),
        act_alone=straying.act_alone,
    )


def _strays(one: Candidate, straying: Straying) -> bool:
    return not one.fit.word_for_word and straying(one.fit.entry)


def foreignness(index: Index, said: Reading, found: Sequence[Candidate]) -> float:
    """Give the odds, as a logarithm, that no office answers ``said``, the best of it ``found``."""
    score, known = (found[0].score, found[0].fit.said) if found else (0.0, 0.0)
    return index.evidence.foreignness(said, score, known)


def _shortlist(index: Index, query: Query) -> dict[int, list[int]]:
    """Give the phrases worth comparing in full, by the topic that owns them."""
    much = 2 if len(query.slots) > LONG else 1
    reached = _reached(index, query, VISITS * much)
    damping = index.damping
    worths = [gain * damping[number] for number, gain in reached.items()]
    # Sorting bare numbers to find the bound is quicker than any heap of pairs.
    least = sorted(worths)[-PHRASES * much :][:1]
    best = [pair for pair in zip(worths, reached, strict=True) if pair[0] >= least[0]]
    owners: dict[int, list[int]] = {}
    for _, number in sorted(best, reverse=True):
        owner = index.entries[number].owner
        if owner in owners:
            owners[owner].append(number)
        elif len(owners) < OWNERS:
            owners[owner] = [number]
    return owners


def _reached(index: Index, query: Query, most: int) -> dict[int, float]:
    """Reach phrases through the rarest terms first, until ``most`` have been looked at."""
    gains: dict[str, float] = dict(query.pairs)
    for slot in query.slots:
        for term, likeness in slot.terms:
            gains[term] = gains.get(term, 0.0) + likeness * slot.worth
    known = [
        (index.postings[term], gain) for term, gain in gains.items() if term in index.postings
    ]
    reached: dict[int, float] = {}
    visited = 0
    for phrases, gain in sorted(known, key=_rareness):
        visited += len(phrases)
        if visited > most and reached:
            break
        for number in phrases:
            # Most are met for the first time; making each a default would take twice as long.
            reached[number] = reached[number] + gain if number in reached else gain
    return reached


def _rareness(posting: tuple[Sequence[int], float]) -> int:
    return len(posting[0])


def _candidate(
    index: Index,
    query: Query,
    owner: int,
    phrases: Iterable[int],
    province: str,
) -> Candidate:
    weights = TUNED
    echo = nearest(query, map(index.entries.__getitem__, phrases), index, weights)
    found = fit(query, echo, index.firmness[owner])
    topic = index.topics[owner]
    score = (
        weights.named * found.named
        + weights.meant * found.meant
        + weights.firm * found.firm
        + weights.pairs * found.pairs
        + weights.word_for_word * found.word_for_word
        + standing(topic, query, weights, province)
    )
    return Candidate(topic, score, echo.entry.phrase, found)
