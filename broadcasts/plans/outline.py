"""Paragraphs under their headings: each with the numbers and titles it stands below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from broadcasts.plans.document import Paragraph
from broadcasts.plans.words import names

_ROMAN: Final = re.compile(r"(?:PHẦN |MỤC |Phần |Mục )?([IVX]{1,5})\s*[.)\-–:/]\s*(?=\S)")
_CAPITAL: Final = re.compile(r"([A-H])[.)]\s+(?=\S)")
_DOTTED: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)")
_NUMBER: Final = re.compile(r"(\d{1,2})\s*[.)](?:\s+|(?=[^\W\d]))")
_LETTER: Final = re.compile(r"([a-zđ])\s*[.)]\s+(?=\S)")
_ITEM: Final = re.compile(r"\s*[-–—+*•●▪◦✓➢❖]\s*")
LONGEST_TITLE: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A numbered heading: how deep it stands, its number and its words."""

    level: int
    label: str
    title: str

    @property
    def is_title(self) -> bool:
        """Tell whether it names a part, rather than being an item that says something itself."""
        return len(self.title.split()) <= LONGEST_TITLE and not self.title.endswith((".", ";"))

    def names(self, name: str) -> bool:
        """Tell whether it announces a part of this name."""
        return self.is_title and names(self.title, "sections", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paragraph, the steps it stands below, and the step it is itself."""

    paragraph: Paragraph
    above: tuple[Step, ...]
    step: Step | None = None

    @property
    def text(self) -> str:
        """Give its words without the number or dash it begins with."""
        if self.step:
            return self.step.title
        return _ITEM.sub("", self.paragraph.text, count=1)

    @property
    def path(self) -> tuple[Step, ...]:
        """Give the steps down to and with itself."""
        return (*self.above, self.step) if self.step else self.above

    @property
    def source(self) -> str:
        """Give where a person finds it: “mục V.1, đoạn 12”."""
        labels = [
            step.label for step in self.path
            if not any(other.label.startswith(f"{step.label}.") for other in self.path)
        ]  # fmt: skip
        section = f"mục {'.'.join(labels)}, " if labels else ""
        return section + self.paragraph.place


def outline(paragraphs: Iterable[Paragraph]) -> tuple[Placed, ...]:
    """Put every paragraph below its headings."""
    told: list[Placed] = []
    above: tuple[Step, ...] = ()
    for paragraph in paragraphs:
        step = step_of(paragraph.text)
        if step is None:
            told.append(Placed(paragraph=paragraph, above=above))
            continue
        above = tuple(one for one in above if one.level < step.level)
        told.append(Placed(paragraph=paragraph, above=above, step=step))
        above = (*above, step)
    return tuple(told)


def step_of(text: str) -> Step | None:
    """Read the number a paragraph begins with; None where it begins with none."""
    for level, pattern in enumerate((_CAPITAL, _ROMAN)):
        if found := pattern.match(text):
            return _step(level, found, text)
    if found := _DOTTED.match(text):
        return _step(2 + found[1].count("."), found, text)
    if found := _NUMBER.match(text):
        return _step(2, found, text)
    found = _LETTER.match(text)
    return _step(6, found, text) if found else None


def _step(level: int, found: re.Match[str], text: str) -> Step:
    return Step(level=level, label=found[1], title=text[found.end() :].strip())
