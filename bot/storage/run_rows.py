"""Runs as rows: what officers and the program do with one, by conditional moves under its lock.

The order in which rows are locked is: run, deliveries. Whoever takes deliveries to send them holds
the run shared, so what an officer said counts for every row taken later.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.asked_rows import (
    Task,
    ask,
    count,
    free_again,
    retryable,
    unserved,
    untaken,
)
from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.moments import moments
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
)

D: Final = deliveries.c
# The code of what was uncertain until somebody's later word.
SETTLED: Final = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One occurrence of a broadcast, as it stands; ``title`` is its broadcast's.

    ``asked`` is what is still being done with its rows because somebody asked for it.
    """

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
    asked: Task | None


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
        asked=Task(row.asked.partition(":")[0]) if row.asked else None,
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
    """Let a run begin whose time was missed; its ledger is asked for and written by the leader."""
    found = await run_of(connection, run, lock=True)
    if found is None or found.status is not RunStatus.MISSED:
        return False
    await ask(connection, run, Task.PLAN, now)
    return await _moved(connection, run, RunStatus.RUNNING, reason="", began_at=now)


async def cancel(connection: AsyncConnection, run: RunId, now: datetime) -> int | None:
    """End a run before its end; give how many will not be sent, ``None`` when it was over.

    None of them is begun from now on; ``asked_rows.go_on`` skips them. What is being sent just
    now gets its ending all the same.
    """
    if not await _moved(connection, run, RunStatus.CANCELLED, reason="", ended_at=now):
        return None
    await ask(connection, run, Task.CANCEL, now)
    return await count(connection, untaken(run))


async def retry_failed(connection: AsyncConnection, run: RunId, now: datetime) -> int | None:
    """Have sent again what failed, to who may still be written to; give how many rows.

    Who blocked us or is gone stays failed. ``asked_rows.go_on`` makes them pending. ``None`` when
    the run was cancelled or missed, or something else is asked of it.
    """
    found = await run_of(connection, run, lock=True)
    if found is None or found.asked or found.status in (RunStatus.CANCELLED, RunStatus.MISSED):
        return None
    if number := await count(connection, retryable(run)):
        await ask(connection, run, Task.RETRY, now)
        await _reopened(connection, found)
    return number


async def resend_uncertain(
    connection: AsyncConnection, run: RunId, rows: Collection[DeliveryId], now: datetime
) -> int | None:
    """Send once more what a person chose of the uncertain; those readers may get it twice."""
    found = await run_of(connection, run, lock=True)
    if found is None or found.status in (RunStatus.CANCELLED, RunStatus.MISSED):
        return None
    chosen = and_(D.run == run, D.status == DeliveryStatus.UNCERTAIN, D.id.in_(rows))
    again = update(deliveries).where(chosen).values(free_again(moments(connection, now)()))
    if number := (await connection.execute(again)).rowcount:
        await _reopened(connection, found)
    return number


async def skip_unserved(
    connection: AsyncConnection, run: RunId, routes: Collection[Route], now: datetime
) -> int | None:
    """Have given up what waits for ``routes`` that nothing serves yet; give how many rows.

    ``asked_rows.go_on`` skips them. ``None`` when the run is over, or something else is asked.
    """
    found = await run_of(connection, run, lock=True)
    if found is None or found.asked or found.status not in (RunStatus.RUNNING, RunStatus.PAUSED):
        return None
    await ask(connection, run, Task.SKIP, now, routes)
    return await count(connection, unserved(run, routes))


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
    running = and_(runs.c.status == RunStatus.RUNNING, runs.c.asked == "")
    candidates = await connection.execute(select(runs.c.id).where(running, _all_final()))
    done = []
    for number in candidates.scalars().all():
        found = await run_of(connection, RunId(number), lock=True)
        # Looked at once more under the lock: somebody may have had failed ones sent again.
        still = (
            await connection.execute(select(_all_final()).where(runs.c.id == number))
        ).scalar()
        if found and still and found.status is RunStatus.RUNNING and not found.asked:
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


async def _reopened(connection: AsyncConnection, run: Run) -> None:
    if run.status is RunStatus.FINISHED:
        await _moved(connection, run.id, RunStatus.RUNNING, reason="", ended_at=None)
