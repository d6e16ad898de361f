"""Sentences → counts: a complement naive Bayes over weighed frequencies of words and pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from bot.feedback.classifying.counted import Counted, frequencies
from bot.feedback.classifying.tables import SCALE, Row
from bot.feedback.classifying.terms import Terms
from bot.feedback.kinds import Kind

# In how many texts words must stand to be counted.
SELDOM: Final = 3
# What is counted everywhere before anything is said.
SMOOTH: Final = 0.3


def counted_in(told: Sequence[tuple[Terms, Kind]]) -> Counted:
    """Count what is said in all texts but those of each kind."""
    rarities = _rarities([terms.said for terms, _ in told])
    here: defaultdict[str, dict[Kind, float]] = defaultdict(lambda: dict.fromkeys(Kind, 0.0))
    for terms, kind in told:
        for one, part in frequencies(terms.said, rarities):
            here[one][kind] += part
    outside = {one: _outside(here[one]) for one in rarities}
    totals = [sum(column) for column in zip(*outside.values(), strict=True)]
    return Counted({one: (*rarities[one], *_loud(row, totals)) for one, row in outside.items()})


def _outside(here: Mapping[Kind, float]) -> Sequence[float]:
    everywhere = sum(here.values()) + SMOOTH
    return [everywhere - here[kind] for kind in Kind]


def _rarities(texts: Sequence[Mapping[str, int]]) -> Mapping[str, Row]:
    times = Counter(one for said in texts for one in said)
    return {
        one: (round((log((1 + len(texts)) / (1 + n)) + 1) * SCALE),)
        for one, n in sorted(times.items())
        if n >= SELDOM
    }


def _loud(outside: Sequence[float], totals: Sequence[float]) -> Sequence[int]:
    """Give what words speak for each kind: the seldomer outside it, the louder."""
    seldom = [-log(part / total) for part, total in zip(outside, totals, strict=True)]
    middle = sum(seldom) / len(seldom)
    return [round((one - middle) * SCALE) for one in seldom]
