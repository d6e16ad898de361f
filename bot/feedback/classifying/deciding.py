"""A message → its kind: what its terms speak for, and which doubt falls to which side."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Final

from bot.feedback.classifying import about
from bot.feedback.classifying.avowed import denounces
from bot.feedback.classifying.learnt import Learnt, shipped
from bot.feedback.classifying.reading import Said, read
from bot.feedback.classifying.terms import Terms, terms_of
from bot.feedback.classifying.urgency import urgency_of
from bot.feedback.classifying.verdict import Verdict
from bot.feedback.classifying.weights import KINDS
from bot.feedback.kinds import Kind

# How much louder, as a logarithm of odds, any other kind must speak than a complaint: taken for
# one, a message costs its writer a press; the other way round, words are stored that may not be.
DOUBT: Final[Mapping[Kind, float]] = {Kind.COMPLAINT: 0.3}
# How much louder than all else but danger a denunciation speaks when its writer calls it one.
AVOWED: Final = 2.0
MOST_SIGNS: Final = 3


def classify(text: str) -> Verdict:
    """Tell what ``text`` is, what it is about and why; under a millisecond for most messages.

    An emergency told here is a second opinion: the conversation's own gate comes before it. A text
    without any word is ``Kind.OTHER``. Never raises, whatever the text.
    """
    said = read(text)
    terms = terms_of(said)
    scores = kinds_of(said, terms, shipped())
    kind = next(iter(scores)) if said.clauses else Kind.OTHER
    other = next(one for one in scores if one is not kind)
    return Verdict(
        kind=kind,
        other=other,
        shares=_shares(scores),
        signs=_signs(kind, other, terms),
        topic=about.topic_of(said, terms, kind, about.shipped()),
        urgency=urgency_of(said, kind),
    )


def kinds_of(said: Said, terms: Terms, learnt: Learnt) -> Mapping[Kind, float]:
    """Give all kinds, the likeliest first, and how loudly ``said``, ``terms``, speaks for each."""
    told = zip(KINDS, learnt.scores(terms), strict=True)
    leaning = {kind: score + DOUBT.get(kind, 0.0) for kind, score in told}
    if denounces(said):
        louder = (score for kind, score in leaning.items() if kind is not Kind.EMERGENCY)
        leaning[Kind.DENUNCIATION] = max(louder) + AVOWED
    return {kind: leaning[kind] for kind in sorted(KINDS, key=lambda kind: -leaning[kind])}


def _shares(scores: Mapping[Kind, float]) -> Mapping[Kind, float]:
    """Give probabilities for scores whose first is the highest."""
    highest = next(iter(scores.values()))
    odds = {kind: exp(score - highest) for kind, score in scores.items()}
    whole = sum(odds.values())
    return {kind: one / whole for kind, one in odds.items()}


def _signs(kind: Kind, other: Kind, terms: Terms) -> tuple[str, ...]:
    """Give the concepts that speak for ``kind`` rather than ``other``, loudest first."""
    rows, here, there = shipped().weights.rows, KINDS.index(kind), KINDS.index(other)
    single = (term for term in terms.concepts if term[0] == "@" and term[1:].isidentifier())
    ahead = {term[1:]: rows[term][here] - rows[term][there] for term in single if term in rows}
    ranked = sorted(ahead, key=lambda group: (-ahead[group], group))
    return tuple(group for group in ranked[:MOST_SIGNS] if ahead[group] > 0)
