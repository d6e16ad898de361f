"""A phrase of a plan and its year → ``Timing``."""

from __future__ import annotations

from typing import Final

from broadcasts.timing.cutting import cut
from broadcasts.timing.grammar import parse
from broadcasts.timing.meaning import meaning
from broadcasts.timing.models import Timing, YearOutOfRange
from broadcasts.timing.notes import Unclear

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
_LONGEST: Final = 1_000


def read_timing(phrase: str, *, year: int) -> Timing:
    """Read when and how often; what cannot be known is ``UNCLEAR`` with what to state.

    Raises:
        YearOutOfRange: the year is none from 2000 to 2100.

    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(f"Năm của kế hoạch phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
    words = " ".join(phrase[:_LONGEST].split())
    if not words:
        return Unclear("empty").timing
    if len(phrase) > _LONGEST:
        return Unclear("no_time", words).timing
    try:
        return meaning(parse(cut(phrase)), words, year)
    except Unclear as unclear:
        return unclear.timing
