"""A copy's parts: sections of entries of labelled words, and the words all of them use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot.conversation.filing.filed import moment
from bot.vault import Unopenable

FILE: Final = Path(__file__).with_name("words.vi.toml")
Line = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo as it is shown: what is in it, and of which media type it is."""

    content: bytes
    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is kept: labelled lines, what was said of it, its photos."""

    lines: tuple[Line, ...] = ()
    said: tuple[Line, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of one kind under their title."""

    title: str
    entries: tuple[Entry, ...] = field(default=())


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Give the words of the copy, read once."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def lines_of(**told: object) -> tuple[Line, ...]:
    """Give labelled lines, without those of which nothing is known."""
    labels = words()["labels"]
    return tuple((labels[name], _shown(value)) for name, value in told.items() if _shown(value))


def _shown(value: object) -> str:
    if value is True:
        return words()["values"]["yes"]
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None or value is False else str(value)


def section(name: str, entries: list[Entry]) -> Section:
    """Give the section ``name``."""
    return Section(title=words()["sections"][name], entries=tuple(entries))


def opened(open_it: Callable[..., Any], *told: object, otherwise: str = "") -> str:
    """Open sealed words; where there are none ``otherwise``, and where a key is lost so much."""
    try:
        return str(open_it(*told)) or otherwise
    except Unopenable:
        return otherwise or words()["values"]["unopened"]
