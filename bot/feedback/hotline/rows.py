"""A row of an export: what it tells of a case, or everything that is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final, TypeVar

from bot.feedback.hotline.columns import Column, Headings
from bot.feedback.hotline.moments import Moment, moment_of
from bot.feedback.hotline.wording import fault, listed, plain, told
from bot.feedback.kinds import Kind
from bot.feedback.models import Contact
from knowledge.tabular.grid import clean

# Signs a column may hold, as the tables and forms have them.
LONGEST: Final[Mapping[Column, int]] = {
    Column.OUTER: 64,
    Column.WORDS: 4_000,
    Column.PLACE: 300,
    Column.HAMLET: 80,
    Column.PERSON: 80,
    Column.PHONE: 30,
    Column.ADDRESS: 200,
    Column.RESULT: 4_000,
}
OTHERS: Final = 200
FIRST_YEAR: Final = 2000
# A clock of theirs may be ahead of ours.
AHEAD: Final = timedelta(hours=1)
# Excel drops the zero a telephone begins with.
_SHORN: Final = range(9, 11)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing that cannot be used: in which row, under which heading, and what to do."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineRow:
    """What a row tells; ``kind`` is nothing where the export does not say it."""

    row: int
    outer: str
    received: datetime
    words: str
    place: str
    hamlet: str
    field: str
    kind: Kind | None
    urgent: bool
    contact: Contact
    unit: str
    due: Moment | None
    state: str
    result: str

    @property
    def is_ended(self) -> bool:
        """Tell whether the hotline has nothing left to do with it."""
        return plain(self.state) in listed("ended")


def row_of(
    number: int, cells: Mapping[int, object], headings: Headings, now: datetime
) -> HotlineRow | list[RowFault]:
    """Read a row, or give everything that is wrong with it."""
    reading = _Reading(number, cells, headings, now, [])
    text = {one: reading.of(one, _text(one)) for one in Column if one not in _MOMENTS}
    received = reading.of(Column.RECEIVED, _needed_moment(now))
    due = reading.of(Column.DUE, _moment_or_none)
    if reading.faults or received is None:
        return reading.faults
    contact = Contact(
        name=text[Column.PERSON] or "",
        phone=_telephone(text[Column.PHONE] or ""),
        address=text[Column.ADDRESS] or "",
    )
    return HotlineRow(
        row=number,
        outer=text[Column.OUTER] or "",
        received=received.at,
        words=text[Column.WORDS] or "",
        place=text[Column.PLACE] or "",
        hamlet=text[Column.HAMLET] or "",
        field=text[Column.FIELD] or "",
        kind=_kind(text[Column.KIND] or ""),
        urgent=plain(text[Column.URGENCY] or "") in listed("urgent"),
        contact=contact,
        unit=text[Column.UNIT] or "",
        due=due,
        state=text[Column.STATE] or "",
        result=text[Column.RESULT] or "",
    )


_MOMENTS: Final = (Column.RECEIVED, Column.DUE)


@dataclass(frozen=True, slots=True)
class _Reading:
    number: int
    cells: Mapping[int, object]
    headings: Headings
    now: datetime
    faults: list[RowFault]

    def of(self, column: Column, read: Callable[[object], Read]) -> Read | None:
        place = self.headings.places.get(column)
        value = self.cells.get(place) if place is not None else None
        try:
            return read(value)
        except ValueError as wrong:
            self.faults.append(RowFault(self.number, column.label, str(wrong)))
            return None


@cache
def _text(column: Column) -> Callable[[object], str]:
    needed = bool(told()["columns"][column].get("needed"))
    most = LONGEST.get(column, OTHERS)

    def read(value: object) -> str:
        text = _plainly(value)
        if needed and not text:
            raise ValueError(fault("missing"))
        if len(text) > most:
            raise ValueError(fault("long", count=len(text), most=most))
        return text

    return read


def _plainly(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(sign for sign in clean(value) if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    """Tell of signs that only steer how others are drawn: whoever reads a row would be misled."""
    return sign not in "\n\t" and unicodedata.category(sign) in {"Cf", "Cc"}


def _needed_moment(now: datetime) -> Callable[[object], Moment]:
    def read(value: object) -> Moment:
        moment = _moment_or_none(value)
        if moment is None:
            raise ValueError(fault("missing"))
        if moment.at > now + AHEAD:
            raise ValueError(fault("future", said=moment.spoken))
        if moment.at.year < FIRST_YEAR:
            raise ValueError(fault("long_ago", said=moment.spoken))
        return moment

    return read


def _moment_or_none(value: object) -> Moment | None:
    said = _plainly(value)
    if not said:
        return None
    try:
        return moment_of(said if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        raise ValueError(fault("moment", said=said[:40])) from None


def _telephone(said: str) -> str:
    shorn = said.isdecimal() and len(said) in _SHORN and not said.startswith("0")
    return f"0{said}" if shorn else said


def _kind(said: str) -> Kind | None:
    named = plain(said)
    known = told()["kinds"].items()
    return next((Kind(kind) for kind, names in known if named in map(plain, names)), None)
