"""The sentences about schedules, from ``data/schedule.vi.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).with_name("data") / "schedule.vi.toml"


def sentence(key: str, **gaps: object) -> str:
    """Give a sentence with its gaps filled."""
    return _sentences()[key].format(**gaps)


@cache
def _sentences() -> Mapping[str, str]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
