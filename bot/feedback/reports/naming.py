"""What the report calls stretches, kinds, fields, units and ways in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot.feedback.regimes import regimes
from bot.feedback.reports.figures import Side
from bot.feedback.reports.stretches import Length, Stretch
from bot.feedback.topics import topic_label

DATA: Final = Path(__file__).with_name("data") / "report.vi.toml"


@cache
def report_words() -> Mapping[str, Any]:
    """Give the words of the report, read once."""
    words: Mapping[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return words


def stretch_called(stretch: Stretch) -> str:
    """Name a stretch: "quý III năm 2026"."""
    words = report_words()["stretches"]
    part = str(stretch.part)
    match stretch.kind:
        case Length.QUARTER:
            key, part = "quarter", words["quarters"][stretch.part - 1]
        case Length.HALF:
            key = "first_half" if stretch.part == 1 else "second_half"
        case one:
            key = one.name.lower()
    return str(words[key].format(year=stretch.year, part=part))


def called(side: Side, key: str, units: Mapping[str, str]) -> str:
    """Name a key of a side; one that is not known any more goes by itself."""
    words = report_words()
    match side:
        case Side.TOPIC:
            return topic_label(key)
        case Side.UNIT:
            return units.get(key, key) or str(words["unassigned"])
        case Side.REGIME:
            known = regimes().get(key)
            return known.label if known else key or str(words["no_regime"])
        case _:
            return str(words[f"{side}s"].get(key, key))
