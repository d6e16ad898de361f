"""An administrative document as its author thinks of it; how it looks is the form's matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | float | Decimal | date | None


class Align(StrEnum):
    """Where the cells of a column stand; numbers stand to the right."""

    TEXT = "text"
    CENTRED = "centred"
    NUMBER = "number"


class Authority(StrEnum):
    """In whose stead somebody signs (ký TM., KT., TL., TUQ., Q.)."""

    BEHALF = "behalf"
    ACTING = "acting"
    DEPUTY = "deputy"
    ORDER = "order"
    MANDATE = "mandate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is counted I., level 2 counted 1., level 3 counted a)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Points of a list, each after a dash."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``width`` is its share beside the other columns' widths.

    ``places`` are the decimal places its numbers show, ``None`` as many as each has.
    """

    heading: str
    width: float = 1.0
    align: Align = Align.TEXT
    places: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; its heading row is repeated on every page. ``totals``: the last row sums up."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    totals: bool = False

    def __post_init__(self) -> None:
        """Refuse rows of another length than the headings'."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(self.caption)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, such as a chart (PNG or JPEG); ``description`` is for those who cannot see it."""

    content: bytes = field(repr=False)
    description: str
    caption: str = ""
    width: float = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Columns of figures, the series of a place stacked upon one another.

    ``places`` are the labels along the axis, each with a figure for every series; ``description``
    is for those who cannot see it. Series are told apart without colour.
    """

    title: str
    description: str
    axis: str
    series: tuple[str, ...]
    places: tuple[tuple[str, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        """Refuse places that have not a figure for every series."""
        if any(len(figures) != len(self.series) for _, figures in self.places):
            raise ValueError(self.title)


Block = Heading | Paragraph | Bullets | Table | Picture | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs as what, and in whose stead: "TM. Ủy ban nhân dân" before "KT. Chủ tịch".

    Without a name the place is left open.
    """

    title: str
    name: str = ""
    stead: tuple[tuple[Authority, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """What is attached on pages of its own (phụ lục), such as a wide table on its side."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrativeDocument:
    """A document of an office: report, plan, official letter.

    ``kind`` is its name ("Báo cáo"); without one it is an official letter (công văn) and the
    subject stands under the number. ``symbol`` is what follows the number ("BC-UBND"). Until it
    bears a number it is a draft, and says so. ``dated`` of a draft tells the year alone.
    """

    issuer: str
    symbol: str
    place: str
    dated: date
    subject: str
    blocks: tuple[Block, ...]
    signing: Signing
    superior: str = ""
    kind: str = ""
    number: int | None = None
    to: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it bears no number yet."""
        return self.number is None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankPart:
    """What a blank letter asks for: a label to write behind and ``rows`` dotted lines below.

    With a ``text`` it is a sentence of its own instead.
    """

    label: str = ""
    rows: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankLetter:
    """A citizen's letter (đơn) to be filled in by hand or on the citizen's own device."""

    title: str
    to: str
    parts: tuple[BlankPart, ...]
    dated: str
    signer: str
    signer_hint: str
    foot: str
