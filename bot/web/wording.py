"""The Vietnamese words of the web, read from ``messages.vi.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

WORDING_FILE: Final = Path(__file__).with_name("messages.vi.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Every sentence of the web: ``errors``, the pages, and what the scripts say."""

    errors: Mapping[str, str]
    error_page: Mapping[str, str]
    page: Mapping[str, str]
    news: Mapping[str, str]
    board: Mapping[str, str]
    script: Mapping[str, str]
    embed: Mapping[str, str]


@cache
def read_wording(path: Path = WORDING_FILE) -> Wording:
    """Read the sentences, once; a missing or unknown table is a ``TypeError`` at start."""
    return Wording(**tomllib.loads(path.read_text(encoding="utf-8")))
