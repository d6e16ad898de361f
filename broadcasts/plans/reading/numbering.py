"""Numbers that Word counts by itself: “I.”, “1.1”, “a)”, dashes, the numbers of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from broadcasts.plans.reading.word_text import W

_PLACE: Final = re.compile(r"%([1-9])")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_STYLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level is counted and written."""

    kind: str
    pattern: str
    start: int


Key = tuple[str, int]


@dataclass(slots=True, kw_only=True)
class Numbering:
    """The counters of one document, in the order its paragraphs are read."""

    levels: Mapping[Key, Level]
    lists: Mapping[str, str]
    styles: Mapping[str, Key]
    counts: dict[Key, int] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:  # noqa: ANN401 - an XML element
        """Count a paragraph and give the number or dash before it; blank where it has none."""
        named = _named(paragraph) or self.styles.get(_style(paragraph))
        if named is None or named[0] not in self.lists:
            return ""
        family, depth = self.lists[named[0]], named[1]
        level = self.levels.get((family, depth))
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "-"
        self._count(family, depth, level)
        return _PLACE.sub(lambda found: self._number(family, int(found[1]) - 1), level.pattern)

    def _count(self, family: str, depth: int, level: Level) -> None:
        key = (family, depth)
        self.counts[key] = self.counts.get(key, level.start - 1) + 1
        for deeper in [one for one in self.counts if one[0] == family and one[1] > depth]:
            del self.counts[deeper]

    def _number(self, family: str, depth: int) -> str:
        level = self.levels.get((family, depth))
        if level is None:
            return ""
        return _written(level.kind, self.counts.get((family, depth), level.start))


def numbering_of(package: Any) -> Numbering:  # noqa: ANN401 - the library has no types
    """Read how a document counts."""
    known = {one.get(f"{W}styleId", ""): one for one in package.styles.element.iter(f"{W}style")}
    styles = {name: named for name, one in known.items() if (named := _inherited(known, one))}
    try:
        root = package.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return Numbering(levels={}, lists={}, styles=styles)
    levels = {
        (family.get(f"{W}abstractNumId", ""), int(level.get(f"{W}ilvl", "0"))): _level(level)
        for family in root.iter(f"{W}abstractNum")
        for level in family.iter(f"{W}lvl")
    }
    lists = {
        one.get(f"{W}numId", ""): _value(one, "abstractNumId") or ""
        for one in root.iter(f"{W}num")
    }
    return Numbering(levels=levels, lists=lists, styles=styles)


def _level(level: Any) -> Level:  # noqa: ANN401
    start = _value(level, "start") or "1"
    return Level(
        kind=_value(level, "numFmt") or "decimal",
        pattern=_value(level, "lvlText") or "",
        start=int(start) if start.isdigit() else 1,
    )


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401
    found = element.find(f"{W}{name}")
    told: str | None = None if found is None else found.get(f"{W}val")
    return told


def _named(element: Any) -> Key | None:  # noqa: ANN401
    """Give the list and level a paragraph or style names."""
    found = element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None
    return _value(found, "numId") or "", int(_value(found, "ilvl") or "0")


def _style(paragraph: Any) -> str:  # noqa: ANN401
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _inherited(known: Mapping[str, Any], style: Any) -> Key | None:  # noqa: ANN401
    """Give the list a style names, or one it is based on."""
    for _ in range(_MOST_STYLES):
        if named := _named(style):
            return named
        parent = known.get(_value(style, "basedOn") or "")
        if parent is None:
            return None
        style = parent
    return None


def _written(kind: str, number: int) -> str:
    return _WRITERS.get(kind, str)(number)


def _letter(number: int) -> str:
    return _LETTERS[(number - 1) % len(_LETTERS)]


def _roman(number: int) -> str:
    told = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        told += sign * min(times, 9)
    return told


_WRITERS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalZero": "{:02d}".format,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
