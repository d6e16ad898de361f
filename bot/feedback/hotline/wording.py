"""The words of exports and about them, as ``hotline.vi.toml`` has them; folded for comparing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from bot.feedback.law import read_data
from knowledge.text import fold

FILE: Final = "hotline.vi.toml"
_ASIDE: Final = re.compile(r"\([^)]*\)")
_SIGNS: Final = re.compile(r"[^\w#]+")


def plain(text: str) -> str:
    """Give words as they are compared: no marks, no signs, no capitals, nothing in brackets."""
    return _SIGNS.sub(" ", fold(_ASIDE.sub(" ", text))).strip()


@cache
def told() -> Mapping[str, Any]:
    """Give the whole file."""
    return read_data(FILE)


@cache
def listed(name: str) -> frozenset[str]:
    """Give one of the lists of ``[reading]``, folded."""
    return frozenset(map(plain, told()["reading"][name]))


def fault(name: str, **gaps: object) -> str:
    """Say what is wrong, and what to do."""
    return str(told()["faults"][name]).format(**gaps)
