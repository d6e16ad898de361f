"""A long story: clauses that wish something are searched alone, to find what the whole drowned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from knowledge.index import Index
from knowledge.lexicon import Lexicon
from knowledge.search import Candidate, Effort, Findings, find
from knowledge.text import tokens

LONG: Final = 14
BRIEF: Final = Effort(visits=500, phrases=14)
SHORTEST_CLAUSE: Final = 3
LONGEST_CLAUSE: Final = 20
MOST_CLAUSES: Final = 3
TELLING: Final = 2
FROM_EACH: Final = 5
WELL_FOUND: Final = 0.55
KEPT_IN_FRONT: Final = 2
ADDED: Final = 3
LEAST: Final = 0.5
_STOPS: Final = re.compile(r"[.!?;\n]+|,\s+")


def retold(index: Index, question: str, whole: Findings, *, province: str = "") -> Findings:
    """Add what single clauses find to what the whole story found, behind its first two.

    A clause never outdoes the whole: it only brings topics among the choices.
    """
    if len(whole.reading.words) < LONG:
        return whole
    ahead = whole.candidates[:KEPT_IN_FRONT]
    known = {candidate.topic.ref for candidate in ahead}
    score = max(LEAST, ahead[-1].score) if ahead else LEAST
    found = [one for one in _found(index, question, province) if one.topic.ref not in known]
    added = [replace(candidate, score=score) for candidate in found[:ADDED]]
    known |= {candidate.topic.ref for candidate in added}
    rest = [one for one in whole.candidates[KEPT_IN_FRONT:] if one.topic.ref not in known]
    return Findings(reading=whole.reading, candidates=(*ahead, *added, *rest))


def _found(index: Index, question: str, province: str) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    for clause in _wishing(question, index.lexicon):
        findings = find(index, clause, province=province, effort=BRIEF)
        if sum(weight >= 1 for weight in findings.reading.weights) < TELLING:
            continue
        for candidate in findings.candidates[:FROM_EACH]:
            kept = best.get(candidate.topic.ref)
            if kept is None or candidate.score > kept.score:
                best[candidate.topic.ref] = candidate
    ranked = sorted(best.values(), key=lambda candidate: -candidate.score)
    return [candidate for candidate in ranked if candidate.score >= WELL_FOUND]


def _wishing(question: str, lexicon: Lexicon) -> list[str]:
    """Give the clauses that wish something, alone and with the next; the last ones count most."""
    alone = list(_clauses(question, lexicon))
    together = [f"{left} {right}" for left, right in pairwise(alone)]
    sized = [
        clause
        for clause in (*alone, *together)
        if SHORTEST_CLAUSE <= len(clause.split()) <= LONGEST_CLAUSE
    ]
    return [one for one in sized if lexicon.wishes.spans(tokens(one))][-MOST_CLAUSES:]


def _clauses(question: str, lexicon: Lexicon) -> Iterator[str]:
    for sentence in _STOPS.split(question):
        begun: list[str] = []
        for word in sentence.split():
            if begun and word.lower() in lexicon.turning_words:
                yield " ".join(begun)
                begun = []
            begun.append(word)
        if begun:
            yield " ".join(begun)
