"""Phrases of ``board.vi.toml`` in a text: of somebody's private life, of a child."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from bot.feedback.law import read_data
from knowledge.text import fold, nfc

_AGE: Final = re.compile(r"\b(\d{1,2})\s{0,3}(?:tuổi|tuoi)\b")


def is_private(text: str) -> bool:
    """Tell whether a text is about somebody's private life."""
    return _says(text, "private")


def speaks_of_a_child(text: str) -> bool:
    """Tell whether a child may be meant: by what they are called, or by an age in numbers."""
    ages = (int(age) for age in _AGE.findall(nfc(text).casefold()))
    return _says(text, "child") or any(age < board_words()["child"]["below"] for age in ages)


def board_words() -> dict[str, Any]:
    """Give what the data say of the board."""
    return read_data("board.vi.toml")


def _says(text: str, name: str) -> bool:
    told = nfc(text).casefold()
    return _phrases(name, plain=told == fold(told)).search(told) is not None


@cache
def _phrases(name: str, *, plain: bool) -> re.Pattern[str]:
    known = board_words()[name]
    listed = [nfc(one) for one in known["words"]]
    told = map(fold, listed) if plain else [*listed, *map(nfc, known.get("marked", ()))]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, told))})\b")
