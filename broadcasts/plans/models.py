"""The words of a plan: what is to be done, by whom, when, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from broadcasts.timing import Timing


class PlanReaders(StrEnum):
    """For whom something in a plan is meant."""

    OFFICIAL = "official"
    CITIZEN = "citizen"
    BOTH = "both"


class EntryKind(StrEnum):
    """Whether an entry stands in the table of activities or among the duties of a unit."""

    ACTIVITY = "activity"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something a person has to look at: a short code and a Vietnamese sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of the document with their place; ``readers`` when they are for some only."""

    text: str
    source: str
    readers: PlanReaders | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity or duty, in the words of the document.

    ``entries`` are the activities of a cell that names several, each with its own time; the
    ``timing`` of the whole is unclear then and its note says why. ``others`` holds the words of
    columns no rule knows.
    """

    no: str
    kind: EntryKind
    content: str
    source: str
    timing: Timing
    forms: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    time_text: str = ""
    audience: PlanReaders | None = None
    section: str = ""
    note: str = ""
    product: str = ""
    budget: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    flags: tuple[Flag, ...] = ()


class Use(StrEnum):
    """What became of a block of the document."""

    HEAD = "head"
    BASIS = "basis"
    HEADING = "heading"
    PURPOSE = "purpose"
    AUDIENCE = "audience"
    FORM = "form"
    ENTRY = "entry"
    DUTY = "duty"
    TABLE_HEAD = "table_head"
    SECTION_ROW = "section_row"
    CLOSING = "closing"
    SIGNATURE = "signature"
    TEXT = "text"
    UNKNOWN_TABLE = "unknown_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A block of the document, its words, and what was made of it."""

    source: str
    use: Use
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above and below a plan; None or blank is what the document does not say."""

    number: str | None
    date: date | None
    issuer: str | None
    title: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An issued plan.

    ``entries`` come from the tables of activities; only where there is none, from the duties.
    ``duties`` are always the duties of units in prose.
    """

    year: int
    number: str | None
    date: date | None
    issuer: str | None
    title: str
    basis: tuple[Said, ...]
    purposes: tuple[Said, ...]
    audiences: tuple[Said, ...]
    forms: tuple[Said, ...]
    entries: tuple[Entry, ...]
    duties: tuple[Entry, ...]
    flags: tuple[Flag, ...]
    coverage: tuple[Covered, ...]
