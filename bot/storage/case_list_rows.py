"""Cases as the inbox lists them: by tab and filter, page by page, whatever there is in all.

What is open is a small part of what there is, so its tabs read partial indexes. A narrow filter
over all cases looks at the newest ``WINDOW`` of them alone: days lead further back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Result, Source
from bot.feedback.moves import CaseState
from bot.feedback.reference import Unread, read_reference
from bot.storage.case_tab_rows import Desk, Tab, in_tab, order_of
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import cases, units
from bot.storage.figure_rows import at
from bot.storage.paging import SIZE, Page, listed, within_days
from bot.storage.people_tables import officers

WINDOW: Final = 10_000
SHOWN_WORDS: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases; ``channel`` is a channel or a ``Source`` other than the chat."""

    offices: Collection[str] | None
    tab: Tab = Tab.ALL
    state: CaseState | None = None
    kind: Kind | None = None
    topic: str = ""
    hamlet: str = ""
    channel: str = ""
    unit: int | None = None
    officer: int | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""

    @property
    def is_windowed(self) -> bool:
        """Tell whether more is asked of all cases than what indexes answer by themselves."""
        if self.tab is not Tab.ALL or self._names_one:
            return False
        whole = replace(self, first=None, last=None)
        return whole != Wanted(offices=self.offices)

    @property
    def _names_one(self) -> bool:
        return not isinstance(read_reference(self.text), Unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case in a list; ``words`` are masked and cut, ``officer`` and ``unit`` are names."""

    id: CaseId
    office: str
    reference: str
    kind: Kind
    topic: str
    urgent: bool
    state: CaseState
    words: str
    place: str
    hamlet: str
    source: Source
    channel: str
    unit: str
    officer: str
    received_at: datetime
    due_at: datetime | None
    left_minutes: int | None
    result: Result


async def list_cases(
    connection: AsyncConnection, wanted: Wanted, desk: Desk, *, after: str = "", size: int = SIZE
) -> Page[ListedCase]:
    """Give a page of the cases ``wanted``: what is due first, in the last tab what came last."""
    seen = _windowed(wanted) if wanted.is_windowed else cases
    query = select(*_told(seen)).where(
        *at(seen.c.office, wanted.offices),
        not_of(desk.officer, seen.c.id),
        *_narrowed(wanted, seen),
        *_days(wanted, seen),
        *([] if wanted.tab is Tab.ALL else [in_tab(wanted.tab, desk)]),
    )
    found = await listed(connection, query, order_of(wanted.tab, seen), after=after, size=size)
    return found.turned(_listed)


def _windowed(wanted: Wanted) -> FromClause:
    newest = (
        select(cases)
        .where(*at(cases.c.office, wanted.offices), *_days(wanted, cases))
        .order_by(cases.c.received_at.desc(), cases.c.id.desc())
        .limit(WINDOW)
    )
    return newest.subquery("newest")


def _days(wanted: Wanted, seen: FromClause) -> list[ColumnElement[bool]]:
    return within_days(seen.c.received_at, wanted.first, wanted.last)


def _narrowed(wanted: Wanted, seen: FromClause) -> list[ColumnElement[bool]]:
    named = ("state", "kind", "topic", "unit", "officer")
    told = {name: getattr(wanted, name) for name in named}
    conditions = [seen.c[name] == value for name, value in told.items() if value]
    if wanted.hamlet:
        conditions.append(seen.c.hamlet.icontains(wanted.hamlet, autoescape=True))
    if wanted.channel:
        by_source = wanted.channel in set(Source)
        conditions.append(seen.c["source" if by_source else "channel"] == wanted.channel)
    if wanted.text:
        conditions.append(_says(wanted.text, seen))
    return conditions


def _says(words: str, seen: FromClause) -> ColumnElement[bool]:
    """Match a reference as people write it, else words of the masked text or of the place."""
    reference = read_reference(words)
    if not isinstance(reference, Unread):
        return seen.c.reference == reference
    told = (seen.c.words, seen.c.place)
    return or_(*(column.icontains(words, autoescape=True) for column in told))


def _told(seen: FromClause) -> list[ColumnElement[Any]]:
    names = [name for name in ListedCase.__slots__ if name not in {"words", "unit", "officer"}]
    unit = select(units.c.name).where(units.c.id == seen.c.unit).scalar_subquery()
    officer = select(officers.c.name).where(officers.c.id == seen.c.officer).scalar_subquery()
    return [
        *(seen.c[name] for name in names),
        func.substr(seen.c.words, 1, SHOWN_WORDS).label("words"),
        func.coalesce(unit, "").label("unit"),
        func.coalesce(officer, "").label("officer"),
    ]


def _listed(row: Row[*tuple[Any, ...]]) -> ListedCase:
    told = {name: getattr(row, name) for name in ListedCase.__slots__}
    kinds = {
        "kind": Kind(row.kind),
        "state": CaseState(row.state),
        "source": Source(row.source),
        "result": Result(row.result),
    }
    return ListedCase(**told | kinds)
