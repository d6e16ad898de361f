"""How seldom words are said outside each kind, counted beforehand and kept in a file.

A complement naive Bayes (J. Rennie et al., 2003). It errs otherwise than a regression does, so the
two together err less; ``python -m benchmarks.feedback_kinds --train`` counts anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
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
    """By word or pair: how seldom it is, and what it speaks for each kind, in hundredths."""

    rows: Mapping[str, Row]

    def scores(self, said: Mapping[str, int]) -> Sequence[float]:
        """Give how loudly what was ``said``, with how often, speaks for each kind."""
        totals = [0.0] * len(Kind)
        for one, part in frequencies(said, self.rows):
            for kind, loud in enumerate(self.rows[one][1:]):
                totals[kind] += part * loud
        return [total / SCALE for total in totals]


@cache
def shipped() -> Counted:
    """Give what was counted, read once."""
    return Counted(read_table(COUNTED_FILE))
