"""The rules of how an administrative document looks; all data, with their source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

FORM: Final = Path(__file__).parent / "data" / "form.vi.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value chosen from the range the rules allow."""

    chosen: float
    range: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The sheet and its margins, in millimetres."""

    width: float
    height: float
    top: Measure
    bottom: Measure
    left: Measure
    right: Measure
    header: float

    @property
    def text_width(self) -> float:
        """How wide the text may be."""
        return self.width - self.left.chosen - self.right.chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one part of the document is set; ``size`` in points, out of ``range``."""

    size: float
    range: tuple[float, float]
    align: str
    bold: bool = False
    italic: bool = False
    capitals: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Make a style of a table of data."""
        return cls(**_ranged(told))

    def shown(self, text: str) -> str:
        """Give the text as the part shows it."""
        return text.upper() if self.capitals else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """The typeface, its colour as RRGGBB, and the language of the text."""

    name: str
    colour: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The two columns of the head, in millimetres; the gap after it in points."""

    issuer_width: float
    state_width: float
    gap_after: float
    to_indent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyForm:
    """Indents in millimetres, gaps in points, and how headings are counted."""

    first_line: Measure
    between: Measure
    lines: Measure
    ending: str
    headings: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Solid lines under the parts of the head, as shares of the text they stand under."""

    thickness: float
    motto: float
    issuer: float
    subject: float
    capital: float
    small: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """How tables are drawn; borders in points, padding in millimetres, gaps in points."""

    header_shade: str
    border: float
    padding: float
    row_gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureForm:
    """The foot's two columns in millimetres, and the points left for hand and seal."""

    width: float
    recipients_width: float
    room: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The whole form."""

    page: Page
    font: Font
    head: Head
    styles: Mapping[str, Style]
    body: BodyForm
    rules: Rules
    table: TableForm
    signature: SignatureForm
    words: Mapping[str, str]
    authorities: Mapping[str, str]

    def turned(self) -> Self:
        """Give the same form for a sheet on its side."""
        page = replace(self.page, width=self.page.height, height=self.page.width)
        return replace(self, page=page)

    @classmethod
    def load(cls, file: Path = FORM) -> Self:
        """Read the rules of a file, by default those shipped."""
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(
            page=Page(**_measured(told["page"])),
            font=Font(**told["font"]),
            head=Head(**told["head"]),
            styles={name: Style.of(style) for name, style in told["styles"].items()},
            body=BodyForm(**_measured(told["body"])),
            rules=Rules(**told["rules"]),
            table=TableForm(**told["table"]),
            signature=SignatureForm(**told["signature"]),
            words=told["words"],
            authorities=told["authorities"],
        )


def _measured(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Measure(**_ranged(value)) if isinstance(value, dict) else _frozen(value)
        for name, value in told.items()
    }


def _ranged(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _frozen(value) for name, value in told.items()}


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@cache
def shipped_form() -> Form:
    """Give the shipped form, read once."""
    return Form.load()
