"""The labelled phrases of ``phrases.vi.txt``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broadcasts.timing import Timing

FILE = Path(__file__).with_name("phrases.vi.txt")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phrase and what an official reads in it."""

    year: int
    phrase: str
    told: tuple[object, ...]


def labelled() -> list[Labelled]:
    """Read the file."""
    return list(_read(FILE.read_text(encoding="utf-8").splitlines()))


def told(timing: Timing) -> tuple[object, ...]:
    """Give what a label is compared with."""
    per = str(timing.per) if timing.per else None
    return (str(timing.kind), timing.start, timing.end, timing.count, per)


def _read(lines: list[str]) -> Iterator[Labelled]:
    year = 0
    for line in lines:
        if line.startswith("["):
            year = int(line.strip("[]"))
        elif line and not line.startswith("#"):
            phrase, kind, start, end, often = (part.strip() for part in line.rsplit("|", 4))
            yield Labelled(
                year, phrase, (kind, _day(start, year), _day(end, year), *_often(often))
            )


def _day(text: str, year: int) -> date | None:
    return None if text == "-" else date.fromisoformat(f"{year}-{text}"[-10:])


def _often(text: str) -> tuple[int | None, str | None]:
    count, _, per = text.partition(" ")
    return (None if count == "-" else int(count), None if per in ("", "-") else per)
