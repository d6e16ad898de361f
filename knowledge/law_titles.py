"""Laws called by their title and year, as offices write them: “Luật Hộ tịch 2014”."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from knowledge.columns import folded

LAWS: Final = Path(__file__).parent / "data" / "laws.toml"
_YEAR: Final = re.compile(r"^(?P<title>.*?)(?: so)?(?: nam)?(?: (?P<year>(?:19|20)\d\d))?$")


def law_called(text: str) -> str:
    """Give the number of the one law of that title (and year), empty when none or several are."""
    told = _YEAR.match(folded(text))
    if told is None:
        return ""
    numbers = _numbers().get(told["title"], ())
    found = [one for one in numbers if not told["year"] or f"/{told['year']}/" in one]
    return found[0] if len(found) == 1 else ""


@cache
def _numbers() -> dict[str, tuple[str, ...]]:
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for law in tomllib.loads(LAWS.read_text(encoding="utf-8"))["law"]:
        numbers[folded(law["title"])].append(law["number"])
    return {title: tuple(each) for title, each in numbers.items()}
