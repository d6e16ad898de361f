"""What officers asked of a run, carried out a few thousand rows in each transaction.

What is left to do stands in ``runs.asked`` with the moment it was asked at, so whoever goes on
with it needs to know nothing else. Rows are chosen anew each time: those are left that still fit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, runs, subscribers
from bot.storage.moments import moments
from broadcasts.delivery.answers import Skip
from broadcasts.models import DeliveryStatus, RunId, SubscriberStatus

D: Final = deliveries.c
# Rows in one transaction: whoever else writes waits for no more than these.
PORTION: Final = 2_000
UNTAKEN: Final = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED)
Which = ColumnElement[bool]


class Task(StrEnum):
    """What is to be done with the rows of a run because somebody asked for it."""

    PLAN = "plan"
    CANCEL = "cancel"
    RETRY = "retry"
    SKIP = "skip"


async def asked_runs(connection: AsyncConnection) -> Sequence[RunId]:
    """Give the runs of which something is still to be carried out."""
    wanted = select(runs.c.id).where(runs.c.asked != "").order_by(runs.c.id)
    return [RunId(number) for number in (await connection.execute(wanted)).scalars()]


async def ask(
    connection: AsyncConnection, run: RunId, task: Task, now: datetime, told: Collection[str] = ()
) -> None:
    """Write down what is to be done with the rows of a run that is held."""
    asked = ":".join((task, ",".join(sorted(told)))) if told else str(task)
    await connection.execute(
        update(runs)
        .where(runs.c.id == run)
        .values(asked=asked, asked_at=moments(connection, now)())
    )


async def done(connection: AsyncConnection, run: RunId) -> None:
    """Write down that nothing is left to do."""
    await connection.execute(update(runs).where(runs.c.id == run).values(asked=""))


async def count(connection: AsyncConnection, which: Which) -> int:
    """Give how many rows fit."""
    wanted = select(func.count()).select_from(deliveries).where(which)
    return (await connection.execute(wanted)).scalar_one()


def untaken(run: RunId) -> Which:
    """Rows of a run that nobody has begun."""
    return and_(D.run == run, D.status.in_(UNTAKEN))


def unserved(run: RunId, routes: Collection[str]) -> Which:
    """Rows of a run that wait for one of ``routes``."""
    return and_(D.run == run, D.status == DeliveryStatus.PENDING, D.route.in_(routes))


def retryable(run: RunId, asked_at: datetime | None = None) -> Which:
    """Rows of a run that had failed when it was asked, whose readers may still be written to."""
    active = exists().where(
        subscribers.c.id == D.subscriber, subscribers.c.status == SubscriberStatus.ACTIVE
    )
    failed = and_(D.run == run, D.status == DeliveryStatus.FAILED, or_(active, D.subscriber < 0))
    if asked_at is None:
        return failed
    return and_(failed, or_(D.ended_at.is_(None), D.ended_at <= asked_at))


async def go_on(
    connection: AsyncConnection, run: RunId, now: datetime, most: int = PORTION
) -> bool:
    """Do up to ``most`` rows of what is asked of a run; tell whether any may be left.

    A plan is not done here: its ledger is one transaction.
    """
    held = select(runs.c.asked, runs.c.asked_at).where(runs.c.id == run).with_for_update()
    row = (await connection.execute(held)).one()
    asked, _, routes = row.asked.partition(":")
    if asked in ("", Task.PLAN):
        return False
    at = moments(connection, now)()
    which, values = _work(Task(asked), run, routes.split(","), row.asked_at, at)
    # In no order: to put them in one, all that are left would be read each time.
    some = select(D.id).where(which).limit(most).correlate(None)
    changed = await connection.execute(update(deliveries).where(D.id.in_(some)).values(values))
    if changed.rowcount == most:
        return True
    await done(connection, run)
    return False


def _work(
    task: Task,
    run: RunId,
    routes: Collection[str],
    asked_at: datetime,
    at: ColumnElement[datetime],
) -> tuple[Which, dict[str, Any]]:
    if task is Task.CANCEL:
        return untaken(run), skipped(Skip.CANCELLED, at)
    if task is Task.SKIP:
        return unserved(run, routes), skipped(Skip.NO_ROUTE, at)
    return retryable(run, asked_at), free_again(at)


def skipped(code: Skip, at: ColumnElement[datetime]) -> dict[str, Any]:
    """Give what ends a row that nobody has begun."""
    return {
        "status": DeliveryStatus.SKIPPED,
        "code": code,
        "claimed_by": "",
        "claimed_until": None,
        "ended_at": at,
    }


def free_again(at: ColumnElement[datetime]) -> dict[str, Any]:
    """Give what makes a row new and due."""
    return {
        "status": DeliveryStatus.PENDING,
        "code": "",
        "attempts": 0,
        "not_before": at,
        "claimed_by": "",
        "claimed_until": None,
        "ended_at": None,
    }
