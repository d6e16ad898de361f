"""The ledger as its readers see it: where a run stands, and what is uncertain in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.paging import AnyRow
from broadcasts.delivery.ports import Progress, Receipts
from broadcasts.models import DeliveryId, DeliveryStatus, Route, RunId, RunStatus, SubscriberId
from broadcasts.routes import TELLING

D: Final = deliveries.c
REASONED: Final = (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN, DeliveryStatus.SKIPPED)
# The rate is read off the rows sent last: off so many at most, of this last while; why some wait,
# off as many that wait.
SAMPLE: Final = 500
LATELY: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One delivery as officers read it."""

    id: DeliveryId
    route: Route
    subscriber: SubscriberId
    address: str
    status: DeliveryStatus
    code: str
    ended_at: datetime | None
    received_at: datetime | None = None
    seen_at: datetime | None = None


async def progress(connection: AsyncConnection, run: RunId, now: datetime) -> Progress | None:
    """Give where a run stands, exactly; nothing when there is no such run."""
    found = select(runs.c.status, runs.c.reason).where(runs.c.id == run)
    head = (await connection.execute(found)).first()
    if head is None:
        return None
    counted = (
        select(D.status, D.route, func.count()).where(D.run == run).group_by(D.status, D.route)
    )
    rows = (await connection.execute(counted)).all()
    counts: dict[DeliveryStatus, int] = {}
    by_route: dict[DeliveryStatus, dict[Route, int]] = {}
    for status, route, number in rows:
        counts[DeliveryStatus(status)] = counts.get(DeliveryStatus(status), 0) + number
        by_route.setdefault(DeliveryStatus(status), {})[Route(route)] = number
    sent = by_route.get(DeliveryStatus.SENT, {})
    return Progress(
        run=run,
        status=RunStatus(head.status),
        reason=head.reason,
        counts=counts,
        reasons=await _reasons(connection, run),
        waiting=by_route.get(DeliveryStatus.PENDING, {}),
        rate=sum([await _rate(connection, run, route, now) for route in sent]),
        receipts=await receipts_of(connection, run) if TELLING & sent.keys() else None,
    )


async def receipts_of(connection: AsyncConnection, run: RunId) -> Receipts:
    """Give what was told of a run's messages after they were sent."""
    told = select(func.count(), func.count(D.received_at), func.count(D.seen_at)).where(
        D.run == run, D.status == DeliveryStatus.SENT, D.route.in_(TELLING)
    )
    sent, received, seen = (await connection.execute(told)).one()
    return Receipts(sent=sent, received=received, seen=seen)


async def articles_in(connection: AsyncConnection, run: RunId) -> int:
    """Give how many of a run's rows are articles: one for all followers of an account."""
    counted = select(func.count()).where(D.run == run, D.route == Route.ZALO_ARTICLE)
    return int((await connection.execute(counted)).scalar_one())


async def _reasons(
    connection: AsyncConnection, run: RunId
) -> dict[DeliveryStatus, dict[str, int]]:
    ended = select(D.status, D.code).where(D.run == run, D.status.in_(REASONED))
    # Rows are tried in the order of their ids, so those that have to wait stand first.
    first = (
        select(D.status, D.code)
        .where(D.run == run, D.status == DeliveryStatus.PENDING)
        .order_by(D.route, D.id)
        .limit(SAMPLE)
        .subquery()
    )
    told = union_all(ended, select(first).where(first.c.code != "")).subquery()
    wanted = select(told.c.status, told.c.code, func.count()).group_by(told.c.status, told.c.code)
    reasons: dict[DeliveryStatus, dict[str, int]] = {}
    for status, code, number in await connection.execute(wanted):
        reasons.setdefault(DeliveryStatus(status), {})[code] = number
    return reasons


async def _rate(connection: AsyncConnection, run: RunId, route: Route, now: datetime) -> float:
    # Rows go out in the order of their ids, so those sent last stand at the end of the index.
    last = (
        select(D.ended_at)
        .where(D.run == run, D.status == DeliveryStatus.SENT, D.route == route)
        .order_by(D.id.desc())
        .limit(SAMPLE)
        .subquery()
    )
    lately = select(func.count(), func.min(last.c.ended_at)).where(last.c.ended_at > now - LATELY)
    number, first = (await connection.execute(lately)).one()
    if first is None:
        return 0.0
    seconds: float = (now - first) / timedelta(seconds=1)
    return float(number) / max(seconds, 1.0)


async def rows_of(
    connection: AsyncConnection,
    run: RunId,
    status: DeliveryStatus,
    *,
    after: DeliveryId | None = None,
    limit: int = 100,
) -> Sequence[Row]:
    """Give the rows of a run in one state, by id, past ``after``; the uncertain to look into."""
    wanted = select(deliveries).where(D.run == run, D.status == status, D.id > (after or 0))
    return list(map(_row, await connection.execute(wanted.order_by(D.id).limit(limit))))


async def rows_by_state(
    connection: AsyncConnection, run: RunId, states: Sequence[DeliveryStatus], *, limit: int
) -> Sequence[Row]:
    """Give the rows of a run in these states, state by state, each row once while the run goes on.

    One statement sees one moment; what moved on between several would be there twice, or nowhere.
    """
    place = case({str(one): number for number, one in enumerate(states)}, value=D.status)
    wanted = select(deliveries).where(D.run == run, D.status.in_(states)).order_by(place, D.id)
    return list(map(_row, await connection.execute(wanted.limit(limit))))


def _row(row: AnyRow) -> Row:
    return Row(
        id=DeliveryId(row.id),
        route=Route(row.route),
        subscriber=SubscriberId(row.subscriber),
        address=row.address,
        status=DeliveryStatus(row.status),
        code=row.code,
        ended_at=row.ended_at,
        received_at=row.received_at,
        seen_at=row.seen_at,
    )
