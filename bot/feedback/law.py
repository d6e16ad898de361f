"""A rule of law as the house tells it: where it stands, since when, and how sure we are of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

DATA: Final = Path(__file__).parent / "data"


class Mark(StrEnum):
    """How sure a rule is: its text was read or two sources agree, one source, or doubtful."""

    CONFIRMED = "C"
    ONE_SOURCE = "1"
    DOUBTFUL = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a rule stands; ``law`` is a number of ``knowledge/data/laws.toml``.

    ``recheck`` says that a later law may have moved it and that its article is still to be read.
    Both days are within its force; one not told is open.
    """

    mark: Mark
    law: str = ""
    article: str = ""
    since: date | None = None
    until: date | None = None
    recheck: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Read the basis among the fields of a row of data.

        Raises:
            ValueError: the mark is none.
        """
        names = ("law", "article", "since", "until", "recheck")
        known = {name: told[name] for name in names if name in told}
        return cls(mark=Mark(told["mark"]), **known)

    def in_force(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    @property
    def sure(self) -> bool:
        """Whether it may be told as it stands; of any other a person says that it holds."""
        return self.mark is Mark.CONFIRMED

    @property
    def cited(self) -> str:
        """Give where it stands as it is said aloud; empty for what may not be cited."""
        if not (self.sure and self.law and self.article):
            return ""
        return f"{self.article} {law_names()[self.law]}"


@cache
def law_names() -> Mapping[str, str]:
    """Give what each law is called aloud, by its number."""
    names: dict[str, str] = read_data("law_names.vi.toml")["names"]
    return names


def data_names() -> tuple[str, ...]:
    """Give the names of the data files of this room."""
    return tuple(sorted(file.name for file in DATA.glob("*.toml")))


@cache
def read_data(name: str) -> dict[str, Any]:
    """Give one of the data files of this room, read from disk once; nobody changes it."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
