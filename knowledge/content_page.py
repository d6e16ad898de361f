"""One content file as text: where a key stands, and what is wrong there, in Vietnamese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from knowledge.errors import RowFault

PROBLEMS: Final = Path(__file__).parent / "data" / "content.vi.toml"
_AT: Final = re.compile(r"\(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class Page:
    """A file's name and its lines."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, path: Path, text: str) -> Page:
        """Keep the lines of ``text``."""
        return cls(path.name, tuple(text.splitlines()))

    def unreadable(self, error: Exception) -> RowFault:
        """Name the line at which reading stopped, when the error tells it."""
        at = _AT.search(str(error))
        reason = "encoding" if isinstance(error, UnicodeDecodeError) else "unreadable"
        problem = _words()[reason].format(error=error)
        return RowFault(file=self.name, row=int(at[1]) if at else None, column="", problem=problem)

    def fault(self, kind: str, number: int, key: str, problem: str) -> RowFault:
        """Name a key of the record that is the ``number``-th of its kind."""
        label = f"[[{kind}]] {key}".strip()
        row = self._row(kind, number, key)
        return RowFault(file=self.name, row=row, column=label, problem=problem)

    def _row(self, kind: str, number: int, key: str) -> int | None:
        heading = re.compile(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]")
        headings = [row for row, line in enumerate(self.lines, start=1) if heading.match(line)]
        if number > len(headings):
            return None
        first = headings[number - 1]
        wanted = re.compile(rf"\s*{re.escape(key.split('.', maxsplit=1)[0])}\s*=")
        for row, line in enumerate(self.lines[first:], start=first + 1):
            if line.lstrip().startswith("[["):
                break
            if wanted.match(line):
                return row
        return first


def problem_of(detail: Mapping[str, Any]) -> str:
    """Tell one of pydantic's errors in Vietnamese; one nobody translated stays as it is."""
    told = _words()
    family = str(detail["type"]).split("_")[0]
    wording = told.get(family, told["other"])
    expected = detail.get("ctx", {}).get("expected", "").replace(" or ", ", ")
    return wording.format(expected=expected, message=detail["msg"])


def unknown_key() -> str:
    """Tell that a key is none of the record's."""
    return _words()["unknown_key"]


def unknown_kind(known: str) -> str:
    """Tell that a table is none of ours."""
    return _words()["unknown_kind"].format(known=known)


@cache
def _words() -> dict[str, str]:
    told: dict[str, str] = tomllib.loads(PROBLEMS.read_text(encoding="utf-8"))["problems"]
    return told
