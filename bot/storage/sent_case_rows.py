"""Cases an office gave away, as it sees them from then on: where each stands, and no more.

Nothing that was told, written or noted is read here at all, so nothing of it can be shown. Open
ones are few wherever they are; of those in a state behind that the newest ``WINDOW`` are listed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    and_,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Result
from bot.feedback.moves import Act, CaseState
from bot.officials.models import OfficerId
from bot.storage.case_tab_rows import NEVER, OPEN
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import cases, events
from bot.storage.figure_rows import at
from bot.storage.paging import SIZE, Order, Page, listed
from bot.storage.tables import UtcDateTime

# So few that PostgreSQL looks each up: of more it would read every case there is.
WINDOW: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """Where a case stands that was given away, ``since`` when, and at which ``office``."""

    id: CaseId
    reference: str
    kind: Kind
    topic: str
    office: str
    state: CaseState
    since: datetime
    received_at: datetime
    due_at: datetime | None
    left_minutes: int | None
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSent:
    """Which cases: those that one of ``offices`` gave away and has not again; ``None`` for all.

    Without a ``state`` all that are open.
    """

    offices: Collection[str] | None
    state: CaseState | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether these cases still have an answer before them."""
        return self.state is None or self.state.is_open


async def find_sent(connection: AsyncConnection, number: CaseId) -> SentCase:
    """Give where a case stands."""
    return _read((await connection.execute(select(*_told()).where(cases.c.id == number))).one())


async def list_sent(
    connection: AsyncConnection,
    wanted: WantedSent,
    reader: OfficerId,
    *,
    after: str = "",
    size: int = SIZE,
) -> Page[SentCase]:
    """Give a page of the cases ``wanted``: what is due first; of ended ones what came last."""
    query = select(*_told()).where(
        _was_sent(wanted),
        not_of(reader, cases.c.id),
        *([cases.c.state == wanted.state] if wanted.state else []),
    )
    return (await listed(connection, query, _order(wanted), after=after, size=size)).turned(_read)


def _was_sent(wanted: WantedSent) -> ColumnElement[bool]:
    """Tell which cases one of the offices gave away; what came back is its own again."""
    sent = select(events.c.case, events.c.sent_from).where(*_senders(wanted))
    if wanted.is_open:
        elsewhere = (events.c.case == cases.c.id, events.c.sent_from != cases.c.office)
        return and_(OPEN, sent.where(*elsewhere).exists())
    newest = sent.order_by(events.c.case.desc()).limit(WINDOW).subquery("newest")
    now = cases.alias("now")
    left = and_(now.c.id == newest.c.case, now.c.office != newest.c.sent_from)
    return cases.c.id.in_(select(newest.c.case).join(now, left))


def _senders(wanted: WantedSent) -> list[ColumnElement[bool]]:
    # With offices the index is found by them: that it is not null would be reckoned twice.
    return at(events.c.sent_from, wanted.offices) or [events.c.sent_from.is_not(None)]


def _order(wanted: WantedSent) -> Order:
    if not wanted.is_open:
        return Order(by=cases.c.received_at, unique=cases.c.id)
    due = func.coalesce(cases.c.due_at, literal(NEVER, UtcDateTime), type_=UtcDateTime)
    return Order(by=due, unique=cases.c.id, falling=False)


def _told() -> list[ColumnElement[Any]]:
    names = (one for one in SentCase.__slots__ if one != "since")
    return [*(cases.c[name] for name in names), _since().label("since")]


def _since() -> ScalarSelect[Any]:
    """Give since when a case is in its state; given to another office, it begins anew there."""
    step = events.alias("step")
    first = select(func.min(step.c.at)).where(
        step.c.case == cases.c.id,
        step.c.version > _newest(events.c.state != cases.c.state),
        step.c.version >= _newest(events.c.did == Act.TRANSFER),
    )
    return first.correlate(cases).scalar_subquery()


def _newest(of: ColumnElement[bool]) -> ColumnElement[int]:
    version = select(func.max(events.c.version)).where(events.c.case == cases.c.id, of)
    return func.coalesce(version.correlate(cases).scalar_subquery(), 0)


def _read(row: Row[Any]) -> SentCase:
    told = {name: getattr(row, name) for name in SentCase.__slots__}
    kinds = {"kind": Kind(row.kind), "state": CaseState(row.state), "result": Result(row.result)}
    return SentCase(**told | kinds)
