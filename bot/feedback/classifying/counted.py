"""How seldom words are said outside each kind or topic, counted beforehand and kept in files.

A complement naive Bayes (J. Rennie et al., 2003). It errs otherwise than a regression does, so the
two together err less; ``python -m benchmarks.feedback_kinds --train`` counts anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log, sqrt
from operator import mul
from typing import Final

from bot.feedback.classifying.reading import DATA
from bot.feedback.classifying.tables import SCALE, Row, read_table
from bot.feedback.kinds import Kind

COUNTED_FILE: Final = DATA / "counted.tsv"
# What is said in fewer words than some six seldom ones speaks less loudly, in hundredths.
FEW: Final = 2500


def frequencies(said: Mapping[str, int], rows: Mapping[str, Row]) -> Sequence[tuple[str, float]]:
    """Give how much each known one of ``said`` counts: a seldom one more, all of them as one.

    A row's first number is how seldom its words are, by the logarithm of in how many texts.
    """
    parts = [(one, (1 + log(times)) * rows[one][0]) for one, times in said.items() if one in rows]
    whole = max(sqrt(sum(part * part for _, part in parts)), FEW)
    return [(one, part / whole) for one, part in parts]


@dataclass(frozen=True, slots=True)
class Counted:
    """By word or pair: how seldom it is, and what it speaks for each of so many, in hundredths."""

    rows: Mapping[str, Row]
    among: int

    def scores(self, said: Mapping[str, int]) -> Sequence[float]:
        """Give how loudly what was ``said``, with how often, speaks for each one."""
        parts = frequencies(said, self.rows)
        counts = [part / SCALE for _, part in parts]
        columns = zip(*(self.rows[one] for one, _ in parts), strict=True)
        totals = [sum(map(mul, counts, column)) for column in islice(columns, 1, None)]
        return totals or [0.0] * self.among


@cache
def shipped() -> Counted:
    """Give what was counted of kinds, read once."""
    return Counted(read_table(COUNTED_FILE), len(Kind))
