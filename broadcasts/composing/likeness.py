"""Whether a text was said already: its digest, how alike two are, whom both would reach; pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from broadcasts.models import Audience, NewsText
from broadcasts.text import composed, plain

DATA: Final = Path(__file__).with_name("data") / "guards.toml"
_WORD: Final = re.compile(r"[^\W_]+")
# Tells whether an office is another or stands above it.
Covers = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """From how many recipients on the number is typed, and when a text counts as said already."""

    threshold: int
    likeness: float
    hours: int

    @property
    def lately(self) -> timedelta:
        """How far before and after a text the same one is looked for."""
        return timedelta(hours=self.hours)


@cache
def guards() -> Guards:
    """Give the guards from ``data/guards.toml``."""
    return Guards(**tomllib.loads(DATA.read_text(encoding="utf-8")))


def folded(text: NewsText) -> str:
    """Give what is read of a text, without marks, capitals, blanks and signs."""
    # Word by word: what was folded once is remembered, and whole texts are long.
    return " ".join(map(plain, _WORD.findall(composed(f"{text.title}\n{text.body}"))))


def digest(text: NewsText) -> str:
    """Give one value for all ways to write the same words down."""
    return sha256(folded(text).encode()).hexdigest()


def alike(text: NewsText, other: NewsText) -> bool:
    """Tell whether two texts say nearly the same."""
    wanted = guards().likeness * 100
    return fuzz.ratio(folded(text), folded(other), score_cutoff=wanted) >= wanted


def overlaps(one: Audience, other: Audience, covers: Covers) -> bool:
    """Tell whether somebody may belong to both audiences."""
    offices = any(covers(a, b) or covers(b, a) for a in one.offices for b in other.offices)
    # Who chose no topic receives all, so different topics do not keep audiences apart.
    return offices and _meet(one.kinds, other.kinds) and _meet(one.routes, other.routes)


def _meet(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))
