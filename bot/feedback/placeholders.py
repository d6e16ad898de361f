"""Gaps in an office's prepared answers, ``{ma}`` and the like, and what is left unfilled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.feedback.law import read_data

# Whatever stands in braces is taken for a gap, so that a slip is seen.
_GAP: Final = re.compile(r"\{([^{}]*)\}")


@cache
def known_gaps() -> Mapping[str, str]:
    """Give the gaps the program fills, with what they stand for."""
    gaps: dict[str, str] = read_data("placeholders.vi.toml")["gap"]
    return gaps


def gaps_in(text: str) -> tuple[str, ...]:
    """Give what stands in braces, each once."""
    return tuple(dict.fromkeys(_GAP.findall(text)))


def unknown_gaps(text: str) -> tuple[str, ...]:
    """Give the gaps that nothing fills: slips."""
    return tuple(one for one in gaps_in(text) if one.strip() not in known_gaps())


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the gaps that have a value; others stay for an officer to see.

    A value is taken as it is: braces within it are no gap.
    """
    return _GAP.sub(lambda gap: values.get(gap[1].strip(), "").strip() or gap[0], text)
