"""Reading: who has an account, with which roles and sessions, as far as the asker may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import Grant, Officer, OfficerId
from bot.officials.throttle import FREE_FAILURES, Guesses
from bot.storage.officer_rows import grants_of, officer_of
from bot.storage.paging import SIZE, Order, Page, Query, listed
from bot.storage.people_tables import officers
from bot.storage.throttle_rows import guesses
from knowledge.text import fold

ORDER: Final = Order(by=officers.c.login, unique=officers.c.id, falling=False)
# Nobody looks through more than these by name.
MOST_FOUND: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as the list shows it."""

    officer: Officer
    grants: tuple[Grant, ...]
    off_at: datetime | None
    signed_in_at: datetime | None
    has_password: bool
    guesses: Guesses | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """Give what somebody switched on still needs to work: a role, a password."""
        needs = {"role": bool(self.grants), "password": self.has_password}
        return tuple(name for name, there in needs.items() if self.officer.active and not there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a list of accounts is narrowed to; ``reach`` is ``None`` for all offices."""

    reach: frozenset[str] | None
    office: str = ""
    active: bool | None = None
    guessed: bool = False
    text: str = ""


async def accounts(
    connection: AsyncConnection,
    sought: Sought,
    *,
    now: datetime,
    after: str = "",
    size: int = SIZE,
) -> Page[Account]:
    """Give a page of accounts, by login."""
    query = _with_guesses(now, many=sought.guessed).where(*await _conditions(connection, sought))
    page = await listed(connection, query, ORDER, after=after, size=size)
    granted = await grants_of(connection, [OfficerId(row.id) for row in page.rows])
    return page.turned(lambda row: _account(row, granted))


async def account(
    connection: AsyncConnection, officer: OfficerId, *, now: datetime
) -> Account | None:
    """Give one account."""
    wanted = _with_guesses(now).where(officers.c.id == officer)
    row = (await connection.execute(wanted)).first()
    return _account(row, await grants_of(connection, [officer])) if row else None


async def named(
    connection: AsyncConnection, text: str, reach: Collection[str] | None
) -> frozenset[OfficerId]:
    """Give whose login or name holds ``text``, marks or none."""
    wanted, found = fold(text), set[OfficerId]()
    known = select(officers.c.id, officers.c.login, officers.c.name).where(*_within(reach))
    for row in await connection.execute(known.order_by(officers.c.id.desc())):
        if wanted in fold(row.name) or wanted in fold(row.login):
            found.add(OfficerId(row.id))
        if len(found) == MOST_FOUND:
            break
    return frozenset(found)


async def names_of(
    connection: AsyncConnection, people: Collection[OfficerId]
) -> Mapping[OfficerId, str]:
    """Give the names of ``people``."""
    if not people:
        return {}
    wanted = select(officers.c.id, officers.c.name).where(officers.c.id.in_(people))
    return {OfficerId(row.id): row.name for row in await connection.execute(wanted)}


async def _conditions(connection: AsyncConnection, sought: Sought) -> list[ColumnElement[bool]]:
    conditions = _within(sought.reach)
    if sought.office:
        conditions.append(officers.c.office == sought.office)
    if sought.active is not None:
        conditions.append(officers.c.active.is_(sought.active))
    if sought.text.strip():
        conditions.append(officers.c.id.in_(await named(connection, sought.text, sought.reach)))
    return conditions


def _with_guesses(now: datetime, *, many: bool = False) -> Query:
    tried = guesses(now)
    columns = (
        tried.c.failures.label("guessed"),
        tried.c.last_at.label("guessed_at"),
        tried.c.blocked_until,
    )
    query = select(officers, *columns).outerjoin(tried, tried.c.officer == officers.c.id)
    return query.where(tried.c.failures >= FREE_FAILURES) if many else query


def _within(reach: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if reach is None else [officers.c.office.in_(reach)]


def _account(row: Row[Any], granted: Mapping[OfficerId, tuple[Grant, ...]]) -> Account:
    return Account(
        officer=officer_of(row),
        grants=granted[OfficerId(row.id)],
        off_at=row.off_at,
        signed_in_at=row.signed_in_at,
        has_password=bool(row.password_hash),
        guesses=_guesses(row) if row.guessed else None,
    )


def _guesses(row: Row[Any]) -> Guesses:
    return Guesses(
        failures=int(row.guessed), last_at=row.guessed_at, blocked_until=row.blocked_until
    )
