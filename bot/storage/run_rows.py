"""Runs as rows: what officers and the program do with one, by conditional moves under its lock.

The order in which rows are locked is: run, deliveries. Whoever takes deliveries to send them holds
the run shared, so what an officer said counts for every row taken later.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts, deliveries, runs, subscribers
from bot.storage.moments import moments
from broadcasts.delivery.answers import Skip
from broadcasts.delivery.ports import OPEN
from broadcasts.models import (
    RUN_MOVES,
    BroadcastId,
    DeliveryId,
    DeliveryStatus,
    PauseReason,
    Route,
    RunId,
    RunStatus,
    SubscriberStatus,
)

D: Final = deliveries.c
# The code of what was uncertain until somebody's later word.
SETTLED: Final = "settled"
UNTAKEN: Final = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One occurrence of a broadcast, as it stands; ``title`` is its broadcast's."""

    id: RunId
    broadcast: BroadcastId
    version: int
    title: str
    office: str
    urgent: bool
    status: RunStatus
    reason: str
    due_at: datetime
    began_at: datetime | None
    ended_at: datetime | None


async def run_of(connection: AsyncConnection, run: RunId, *, lock: bool = False) -> Run | None:
    """Give a run; with ``lock`` nobody else moves it until the transaction ends."""
    wanted = (
        select(runs, broadcasts.c.title)
        .join(broadcasts, broadcasts.c.id == runs.c.broadcast)
        .where(runs.c.id == run)
    )
    row = (await connection.execute(wanted.with_for_update(of=runs) if lock else wanted)).first()
    if row is None:
        return None
    return Run(
        id=RunId(row.id),
        broadcast=BroadcastId(row.broadcast),
        version=row.version,
        title=row.title,
        office=row.office,
        urgent=row.urgent,
        status=RunStatus(row.status),
        reason=row.reason,
        due_at=row.due_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
    )


async def pause(connection: AsyncConnection, run: RunId, reason: PauseReason) -> bool:
    """Let a run rest; what was taken and not begun is free again."""
    if not await _moved(connection, run, RunStatus.PAUSED, reason=reason):
        return False
    await connection.execute(
        update(deliveries)
        .where(D.run == run, D.status == DeliveryStatus.CLAIMED)
        .values(status=DeliveryStatus.PENDING, claimed_by="", claimed_until=None)
    )
    return True


async def resume(connection: AsyncConnection, run: RunId) -> bool:
    """Let a run that rests go on."""
    found = await run_of(connection, run, lock=True)
    if found is None or found.status is not RunStatus.PAUSED:
        return False
    return await _moved(connection, run, RunStatus.RUNNING, reason="")


async def begin_missed(connection: AsyncConnection, run: RunId, now: datetime) -> bool:
    """Let a run begin whose time was missed; its ledger is the caller's to write."""
    found = await run_of(connection, run, lock=True)
    if found is None or found.status is not RunStatus.MISSED:
        return False
    return await _moved(connection, run, RunStatus.RUNNING, reason="", began_at=now)


async def cancel(connection: AsyncConnection, run: RunId, now: datetime) -> int | None:
    """End a run before its end; give how many will not be sent, ``None`` when it was over.

    What is being sent just now gets its ending all the same.
    """
    if not await _moved(connection, run, RunStatus.CANCELLED, reason="", ended_at=now):
        return None
    left = and_(D.run == run, D.status.in_(UNTAKEN))
    return await _skip(connection, left, Skip.CANCELLED, now)


async def retry_failed(connection: AsyncConnection, run: RunId, now: datetime) -> int | None:
    """Send again what failed, to who may still be written to; give how many rows.

    Who blocked us or is gone stays failed. ``None`` when the run was cancelled or missed.
    """
    active = exists().where(
        subscribers.c.id == D.subscriber, subscribers.c.status == SubscriberStatus.ACTIVE
    )
    failed = and_(D.status == DeliveryStatus.FAILED, or_(active, D.subscriber < 0))
    return await _again(connection, run, failed, now)


async def resend_uncertain(
    connection: AsyncConnection, run: RunId, rows: Collection[DeliveryId], now: datetime
) -> int | None:
    """Send once more what a person chose of the uncertain; those readers may get it twice."""
    chosen = and_(D.status == DeliveryStatus.UNCERTAIN, D.id.in_(rows))
    return await _again(connection, run, chosen, now)


async def skip_unserved(
    connection: AsyncConnection, run: RunId, routes: Collection[Route], now: datetime
) -> int | None:
    """Give up what waits for ``routes`` that nothing serves yet; give how many rows.

    ``None`` when the run is over.
    """
    found = await run_of(connection, run, lock=True)
    if found is None or found.status not in (RunStatus.RUNNING, RunStatus.PAUSED):
        return None
    waiting = and_(D.run == run, D.status == DeliveryStatus.PENDING, D.route.in_(routes))
    return await _skip(connection, waiting, Skip.NO_ROUTE, now)


async def note_total(connection: AsyncConnection, run: RunId, rows: int) -> None:
    """Write down how many rows the ledger of a run has."""
    await connection.execute(update(runs).where(runs.c.id == run).values(total=rows))


async def settle(
    connection: AsyncConnection, row: DeliveryId, status: DeliveryStatus, *, run: RunId
) -> bool:
    """Write down what became of an uncertain row of ``run`` after all: ``SENT`` or ``FAILED``.

    A provider's later word, or a person who asked the reader; tell whether it was uncertain.
    """
    uncertain = and_(D.run == run, D.id == row, D.status == DeliveryStatus.UNCERTAIN)
    settled = update(deliveries).where(uncertain).values(status=status, code=SETTLED)
    return (await connection.execute(settled)).rowcount == 1


async def finish_done(connection: AsyncConnection, now: datetime) -> Sequence[Run]:
    """Finish the running runs whose rows are all final; give them."""
    running = runs.c.status == RunStatus.RUNNING
    candidates = await connection.execute(select(runs.c.id).where(running, _all_final()))
    done = []
    for number in candidates.scalars().all():
        found = await run_of(connection, RunId(number), lock=True)
        # Looked at once more under the lock: somebody may have had failed ones sent again.
        still = (
            await connection.execute(select(_all_final()).where(runs.c.id == number))
        ).scalar()
        if found and still and found.status is RunStatus.RUNNING:
            await _moved(connection, found.id, RunStatus.FINISHED, reason="", ended_at=now)
            done.append(found)
    return done


def _all_final() -> Any:  # noqa: ANN401 - an expression
    # One probe of the index for each state: 100,000 final rows cost nothing.
    return and_(
        *(~exists().where(D.run == runs.c.id, D.status == one).correlate(runs) for one in OPEN)
    )


async def _moved(connection: AsyncConnection, run: RunId, to: RunStatus, **values: object) -> bool:
    sources = [status for status, reached in RUN_MOVES.items() if to in reached]
    move = update(runs).where(runs.c.id == run, runs.c.status.in_(sources))
    return (await connection.execute(move.values(status=to, **values))).rowcount == 1


async def _skip(
    connection: AsyncConnection,
    which: Any,  # noqa: ANN401 - an expression
    code: Skip,
    now: datetime,
) -> int:
    skipped = (
        update(deliveries)
        .where(which)
        .values(
            status=DeliveryStatus.SKIPPED,
            code=code,
            claimed_by="",
            claimed_until=None,
            ended_at=moments(connection, now)(),
        )
    )
    return (await connection.execute(skipped)).rowcount


async def _again(
    connection: AsyncConnection,
    run: RunId,
    which: Any,  # noqa: ANN401 - an expression
    now: datetime,
) -> int | None:
    found = await run_of(connection, run, lock=True)
    if found is None or found.status in (RunStatus.CANCELLED, RunStatus.MISSED):
        return None
    pending = (
        update(deliveries)
        .where(D.run == run, which)
        .values(
            status=DeliveryStatus.PENDING,
            code="",
            attempts=0,
            not_before=moments(connection, now)(),
            claimed_by="",
            claimed_until=None,
            ended_at=None,
        )
    )
    number = (await connection.execute(pending)).rowcount
    if number and found.status is RunStatus.FINISHED:
        await _moved(connection, run, RunStatus.RUNNING, reason="", ended_at=None)
    return number
