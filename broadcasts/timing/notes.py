"""The Vietnamese sentences of a timing's note, read from ``data/notes.vi.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Final

from broadcasts.timing.models import Timing, TimingKind
from broadcasts.timing.vocabulary import DATA

_LONGEST: Final = 80


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "notes.vi.toml").read_text(encoding="utf-8"))


def said(name: str, **gaps: object) -> str:
    """Give a sentence on what was not taken literally."""
    return _sentences()["said"][name].format(**gaps)


def on_day(day: date) -> str:
    """Write a day as officials do."""
    return f"{day:%d/%m/%Y}"


class Unclear(Exception):
    """The time cannot be known; the name of a note says what a person must state."""

    def __init__(self, note: str, words: str = "", **gaps: object) -> None:
        """Keep the name, the words it is about and what else the sentence names."""
        super().__init__(note)
        self._gaps = {"words": _shortened(words), **gaps}

    @property
    def timing(self) -> Timing:
        """The timing that leaves it to a person."""
        note = _sentences()["unclear"][str(self)].format(**self._gaps)
        return Timing(kind=TimingKind.UNCLEAR, note=note)


def _shortened(words: str) -> str:
    tidy = " ".join(words.split())
    for loose, tight in ((" / ", "/"), (" ,", ","), ("( ", "("), (" )", ")")):
        tidy = tidy.replace(loose, tight)
    return tidy if len(tidy) <= _LONGEST else f"{tidy[:_LONGEST].rstrip()}…"


def shortened(words: str) -> str:
    """Write words of the plan tidily and not too long."""
    return _shortened(words)
