"""Findings → what may be said: one sure answer, a choice of a few, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.search import Candidate, Findings

MOST_CHOICES: Final = 5


class Verdict(StrEnum):
    """How sure the search is."""

    SURE = "sure"
    CLOSE = "close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where sure, close and nothing part; set on the golden questions, see benchmarks/.

    A sure answer also needs ``said`` (the share of the question the topic knows) and ``named``
    (the share of its own phrase that was said). It is ahead by ``gap``; one that is less than
    ``sure`` may still stand ``alone``, ahead by a ``wide_gap``. Who says
    one topic's phrase word for word means that topic.
    """

    sure: float = 0.78
    gap: float = 0.08
    alone: float = 0.65
    wide_gap: float = 0.14
    said: float = 0.60
    named: float = 0.50
    close: float = 0.47
    window: float = 0.22


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the candidates it rests on, best first."""

    verdict: Verdict
    candidates: tuple[Candidate, ...]


def decide(findings: Findings, bounds: Bounds = Bounds()) -> Decision:
    """Decide what may be said of ``findings``."""
    ranked = findings.candidates
    if not ranked or ranked[0].score < bounds.close:
        return Decision(Verdict.NOTHING, ())
    first = ranked[0]
    lead = first.score - (ranked[1].score if len(ranked) > 1 else 0.0)
    told = first.fit.said >= bounds.said and first.fit.named >= bounds.named and not first.strays
    stands_out = (first.score >= bounds.sure and lead >= bounds.gap) or (
        first.score >= bounds.alone and lead >= bounds.wide_gap
    )
    if (told and stands_out) or _only_one_word_for_word(ranked):
        return Decision(Verdict.SURE, ranked[:1])
    # Beside what only lent its words more is offered: it is likely none of it.
    far = min(first.score - bounds.window, bounds.close if first.strays else 1.0)
    near = [one for one in ranked if one.score > far]
    return Decision(Verdict.CLOSE, tuple(near[:MOST_CHOICES]))


def _only_one_word_for_word(ranked: Sequence[Candidate]) -> bool:
    return [one.fit.word_for_word for one in ranked[:MOST_CHOICES]].count(True) == 1 and (
        ranked[0].fit.word_for_word
    )
