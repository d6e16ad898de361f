"""Whether a matter may wait: a bad state that endangers people may not, though nobody is hurt."""

from __future__ import annotations

from functools import cache
from typing import Final

from bot.feedback.classifying.concepts import Groups
from bot.feedback.classifying.reading import DATA, Said
from bot.feedback.classifying.verdict import Urgency
from bot.feedback.kinds import Kind

URGENCY_FILE: Final = DATA / "urgency.vi.toml"
# What is praised, wished for or asked about is no state of now.
MAY_BE_URGENT: Final = frozenset({Kind.REPORT})


def urgency_of(said: Said, kind: Kind) -> Urgency:
    """Tell whether a message of ``kind`` speaks of something that may not wait."""
    if kind is Kind.EMERGENCY:
        return Urgency.URGENT
    told = _groups().told(said) if kind in MAY_BE_URGENT else frozenset()
    urgent = "sure" in told or {"state", "thing", "people"} <= told
    return Urgency.URGENT if urgent and "over" not in told else Urgency.NORMAL


@cache
def _groups() -> Groups:
    return Groups.read(URGENCY_FILE)
