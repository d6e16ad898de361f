"""Sentences → counts: a complement naive Bayes over weighed frequencies of words and pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from bot.feedback.classifying.counted import Counted, frequencies
from bot.feedback.classifying.tables import SCALE, Row
from bot.feedback.classifying.terms import Terms

# In how many texts words must stand to be counted.
SELDOM: Final = 3
# What is counted everywhere before anything is said.
SMOOTH: Final = 0.3


def counted_in(
    told: Sequence[tuple[Terms, str]], apart: Sequence[str], *, seldom: int = SELDOM
) -> Counted:
    """Count what is said in all texts but those of each one of ``apart``: kinds, or topics."""
    rarities = _rarities([terms.said for terms, _ in told], seldom)
    here: defaultdict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(apart, 0.0))
    for terms, name in told:
        for one, part in frequencies(terms.said, rarities):
            here[one][name] += part
    outside = {one: _outside(here[one]) for one in rarities}
    totals = [sum(column) for column in zip(*outside.values(), strict=True)]
    rows = {one: (*rarities[one], *_loud(row, totals)) for one, row in outside.items()}
    return Counted(rows, len(apart))


def _outside(here: Mapping[str, float]) -> Sequence[float]:
    everywhere = sum(here.values()) + SMOOTH
    return [everywhere - part for part in here.values()]


def _rarities(texts: Sequence[Mapping[str, int]], seldom: int) -> Mapping[str, Row]:
    times = Counter(one for said in texts for one in said)
    return {
        one: (round((log((1 + len(texts)) / (1 + n)) + 1) * SCALE),)
        for one, n in sorted(times.items())
        if n >= seldom
    }


def _loud(outside: Sequence[float], totals: Sequence[float]) -> Sequence[int]:
    """Give what words speak for each one: the seldomer outside it, the louder."""
    seldom = [-log(part / total) for part, total in zip(outside, totals, strict=True)]
    middle = sum(seldom) / len(seldom)
    return [round((one - middle) * SCALE) for one in seldom]
