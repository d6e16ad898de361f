"""Lists: what their address asks for, and the page of rows that a template shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Final, Generic, TypeVar

from aiohttp import web
from yarl import URL

from bot.console.fields import Code, Day, Line
from bot.storage.paging import SIZE, Page

# What says how a list is shown, not what stands in it.
ARRANGED: Final = frozenset({"sort", "page"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What any list may be asked: office, Vietnamese days, words, order, and which page.

    A list with more to ask extends it; ``read_query`` reads it from the address.
    """

    office: Annotated[str, Code()] = ""
    from_: Annotated[date | None, Day()] = None
    to: Annotated[date | None, Day()] = None
    text: Annotated[str, Line(1, 200)] = ""
    sort: Annotated[str, Code()] = ""
    page: Annotated[str, Code(shape=r"[A-Za-z0-9_=-]{1,400}")] = ""

    @property
    def narrowed(self) -> int:
        """How many conditions are set."""
        return len(self.query().keys() - ARRANGED)

    def query(self) -> Mapping[str, str]:
        """Give what has to stand in an address that asks the same from the first page on."""
        values = {one.name.removesuffix("_"): getattr(self, one.name) for one in fields(self)}
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in values.items()
            if value and name != "page"
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """A page of a list with the addresses around it."""

    rows: Sequence[T]
    earlier: bool
    first_url: str
    next_url: str


def listing(request: web.Request, asked: Asked, page: Page[T]) -> Listing[T]:
    """Give what ``macros/pager.html`` shows of a page."""
    first = URL.build(path=request.path, query=dict(asked.query()))
    return Listing(
        rows=page.rows,
        earlier=page.earlier,
        first_url=str(first),
        next_url=str(first.update_query(page=page.next)) if page.next else "",
    )


def sliced(things: Sequence[T], after: str, *, size: int = SIZE) -> Page[T]:
    """Give a page of what lies in memory, sorted already; ``after`` as ``Page.next`` gave it."""
    start = min(int(after), len(things)) if after.isascii() and after.isdigit() else 0
    end = start + size
    more = str(end) if end < len(things) else ""
    return Page(rows=tuple(things[start:end]), next=more, earlier=start > 0)
