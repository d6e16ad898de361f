"""Of which kind the news about an activity of a plan is, by the activity's own words; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from broadcasts.composing.kinds import NewsKind, kinds
from broadcasts.text import composed, plain

_WORD: Final = re.compile(r"[^\W_]+")


def kind_told(activity: str) -> NewsKind | None:
    """Give the one kind an activity speaks of; nothing where none or several are spoken of."""
    said = _folded(activity)
    told = [
        code for code, phrases in _phrases().items() if any(phrase in said for phrase in phrases)
    ]
    return kinds()[told[0]] if len(told) == 1 else None


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return {code: tuple(map(_folded, kind.words)) for code, kind in kinds().items()}


def _folded(words: str) -> str:
    """Give whole words between blanks, so that no part of a word is taken for one."""
    return f" {' '.join(map(plain, _WORD.findall(composed(words))))} "
