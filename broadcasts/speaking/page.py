"""What the sheet in the announcer's hand says: its head, what to look at first, the sentences.

The text file and the Word file are both made from it, so they say the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from broadcasts.speaking.records import Flag, Script
from broadcasts.speaking.speech import DATA

SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """The words of the sheet; ``why`` by kind of flag, ``aired_*`` of the table to fill in."""

    title: str
    station: str
    slot: str
    length: str
    length_of: str
    short_length_of: str
    review: str
    review_line: str
    perhaps: str
    notes: str
    aired: str
    aired_columns: tuple[str, ...]
    aired_rows: int
    why: Mapping[str, str]

    @classmethod
    def load(cls, data: Path = DATA) -> Self:
        """Read the words of a folder, by default those shipped."""
        told: dict[str, Any] = tomllib.loads(
            (data / "phrases.vi.toml").read_text(encoding="utf-8")
        )
        page = told["page"]
        return cls(**{**page, "aired_columns": tuple(page["aired_columns"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPage:
    """A script as a sheet: lines of the head (label, value), what to look at, the sentences."""

    title: str
    head: tuple[tuple[str, str], ...]
    review: tuple[str, ...]
    script: Script
    words: PageWords


def script_page(
    script: Script, *, station: str, slot: str, words: PageWords | None = None
) -> ScriptPage:
    """Lay a script out for a station and a slot ("17 giờ, ngày 15/12/2026")."""
    words = words or _shipped_words()
    shape = words.length_of if script.seconds >= SECONDS else words.short_length_of
    length = shape.format(
        minutes=script.seconds // SECONDS,
        seconds=script.seconds % SECONDS,
        syllables=script.syllables,
        rate=script.rate,
    )
    return ScriptPage(
        title=script.title,
        head=((words.station, station), (words.slot, slot), (words.length, length)),
        review=tuple(_review(script, words)),
        script=script,
        words=words,
    )


def as_text(page: ScriptPage) -> str:
    """Give the sheet as plain text, one numbered sentence a line."""
    words = page.words
    lines = [words.title, page.title, "", *(f"{label}: {value}" for label, value in page.head), ""]
    if page.review:
        lines += [words.review, *(f"- {line}" for line in page.review), ""]
    sentences = enumerate(page.script.sentences, start=1)
    lines += [f"{number}. {sentence.text}" for number, sentence in sentences]
    lines += ["", f"{words.aired}: {', '.join(words.aired_columns).lower()}"]
    return "\n".join([*lines, *(["…" * SECONDS] * words.aired_rows)]) + "\n"


def _review(script: Script, words: PageWords) -> Iterator[str]:
    for number, sentence in enumerate(script.sentences, start=1):
        for flag in sentence.flags:
            why = words.why[flag.kind] + _hints(flag, words)
            yield words.review_line.format(line=number, found=flag.found, why=why)


def _hints(flag: Flag, words: PageWords) -> str:
    return f" ({words.perhaps.format(hints=', '.join(flag.hints))})" if flag.hints else ""


@cache
def _shipped_words() -> PageWords:
    return PageWords.load()
