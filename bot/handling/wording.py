"""What the program itself tells officials about cases, read from ``wording.vi.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

WORDS: Final = Path(__file__).with_name("wording.vi.toml")


@cache
def words(part: str) -> dict[str, str]:
    """Give the words of one part by name."""
    told: dict[str, str] = tomllib.loads(WORDS.read_text(encoding="utf-8"))[part]
    return told
