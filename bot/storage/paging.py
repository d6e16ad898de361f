"""Lists page by page: each page begins behind the last row of the one before.

So a page costs the same however far back it lies, and rows that arrive meanwhile move nothing.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Generic, TypeAlias, TypeVar

import orjson
from sqlalchemy import ColumnElement, Integer, Row, Select, String, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.daily_rows import midnight
from bot.storage.tables import UtcDateTime

SIZE: Final = 50
LARGEST: Final = 2**63 - 1
# A statement that gives rows of any columns, and such a row.
Query: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; ``next`` asks for the one behind it and is empty at the end.

    ``earlier`` tells that rows stand before it.
    """

    rows: tuple[T, ...]
    next: str = ""
    earlier: bool = False

    def turned(self, into: Callable[[T], R]) -> Page[R]:
        """Give the same page with each row turned into something else."""
        return Page(rows=tuple(map(into, self.rows)), next=self.next, earlier=self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a list is sorted by: a column that is never null, then one that is unique."""

    by: ColumnElement[Any]
    unique: ColumnElement[Any]
    falling: bool = True

    def begin(self, query: Query, after: tuple[Any, Any] | None) -> Query:
        """Sort ``query`` and let it begin behind the row with the values ``after``."""
        columns = (self.by, self.unique)
        sorted_ = query.order_by(*(one.desc() if self.falling else one.asc() for one in columns))
        if after is None:
            return sorted_
        place = tuple_(*columns)
        last = tuple_(
            *(literal(value, one.type) for value, one in zip(after, columns, strict=True))
        )
        return sorted_.where(place < last if self.falling else place > last)

    def read(self, after: str) -> tuple[Any, Any] | None:
        """Read what ``Page.next`` gave; anything else counts as the beginning."""
        try:
            values = orjson.loads(urlsafe_b64decode(after.encode()))
            by, unique = values
            return _back(by, self.by), _back(unique, self.unique)
        except (ValueError, TypeError, OverflowError):
            return None


async def listed(
    connection: AsyncConnection,
    query: Query,
    order: Order,
    *,
    after: str = "",
    size: int = SIZE,
) -> Page[AnyRow]:
    """Give the page of ``query`` that ``after`` asks for, in one statement."""
    start = order.read(after) if after else None
    wanted = order.begin(query, start).add_columns(
        order.by.label("order_by"), order.unique.label("order_unique")
    )
    rows = (await connection.execute(wanted.limit(size + 1))).all()
    more = len(rows) > size
    last = rows[size - 1] if more else None
    return Page(
        rows=tuple(rows[:size]),
        next=_written(last.order_by, last.order_unique) if last else "",
        earlier=start is not None,
    )


def within_days(
    column: ColumnElement[datetime], first: date | None, last: date | None
) -> list[ColumnElement[bool]]:
    """Give the conditions that a moment lies on the Vietnamese days ``first`` to ``last``."""
    conditions = []
    if first:
        conditions.append(column >= midnight(first))
    if last and last < date.max:
        conditions.append(column < midnight(last + timedelta(days=1)))
    return conditions


def _written(*values: object) -> str:
    return urlsafe_b64encode(orjson.dumps(values)).decode()


def _back(value: object, column: ColumnElement[Any]) -> object:
    """Give what was written in the kind the column keeps.

    Raises:
        ValueError: it is of another kind.
    """
    if isinstance(column.type, UtcDateTime) and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(column.type, String) and isinstance(value, str) and value.isprintable():
        return value
    if isinstance(column.type, Integer) and type(value) is int and abs(value) <= LARGEST:
        return value
    raise ValueError(value)
