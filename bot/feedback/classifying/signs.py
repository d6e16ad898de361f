"""Why a message was taken for its kind, in words that quote none of its own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from bot.feedback.classifying.reading import DATA
from bot.feedback.classifying.verdict import Verdict

SIGNS_FILE: Final = DATA / "signs.vi.toml"


def reasons(verdict: Verdict) -> Sequence[str]:
    """Give what spoke for the kind of ``verdict``, loudest first; nothing when it has no name."""
    return tuple(signs()[sign] for sign in verdict.signs if sign in signs())


@cache
def signs() -> Mapping[str, str]:
    """Give the names of the groups of ``concepts.vi.toml``, read once."""
    return tomllib.loads(SIGNS_FILE.read_text(encoding="utf-8"))
