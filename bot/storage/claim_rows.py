"""How deliveries are taken, begun and ended: each move a conditional update of many rows at once.

PostgreSQL goes by its own clock; ``now`` counts for the embedded database alone. What was taken
runs out, so a process that dies loses nothing and two that both believe to lead share the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.asked_rows import Task
from bot.storage.broadcast_tables import broadcast_versions, deliveries, runs, subscribers
from bot.storage.moments import moments
from bot.storage.tables import UtcDateTime
from bot.storage.zalo_article_rows import is_shown
from broadcasts.delivery.answers import LOST, Ending, Skip
from broadcasts.delivery.ports import Begun, Claimed, Rescued, Running
from broadcasts.models import (
    DeliveryId,
    DeliveryStatus,
    Route,
    RunId,
    RunStatus,
    SubscriberId,
    SubscriberStatus,
)

D: Final = deliveries.c
# Longer than a call may last: its process writes the ending long before.
CALL: Final = timedelta(seconds=40)
# What is claimed for longer was claimed by a process whose clock was wrong.
LONGEST_CLAIM: Final = timedelta(minutes=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who claims, and for how long what is not begun stays theirs."""

    name: str
    claim: timedelta = timedelta(seconds=30)


async def running_runs(connection: AsyncConnection) -> Sequence[Running]:
    """Give the runs whose deliveries go out, urgent ones first, then by age."""
    wanted = (
        select(runs)
        .where(runs.c.status == RunStatus.RUNNING, runs.c.asked != Task.PLAN)
        .order_by(runs.c.urgent.desc(), runs.c.id)
    )
    return [
        Running(
            id=RunId(row.id),
            broadcast=row.broadcast,
            version=row.version,
            office=row.office,
            urgent=row.urgent,
            began_at=row.began_at or row.due_at,
        )
        for row in await connection.execute(wanted)
    ]


async def frozen_text(connection: AsyncConnection, run: Running) -> tuple[str, str, str]:
    """Give title, body and parts of what a run says.

    Raises:
        LookupError: there is no such version.
    """
    versions = broadcast_versions.c
    wanted = select(versions.title, versions.body, versions.parts).where(
        versions.broadcast == run.broadcast, versions.version == run.version
    )
    row = (await connection.execute(wanted)).first()
    if row is None:
        raise LookupError(f"broadcast {run.broadcast} has no version {run.version}")
    return row.title, row.body, row.parts


async def hold(connection: AsyncConnection, wanted: Collection[RunId]) -> dict[RunId, RunStatus]:
    """Give where runs stand, and keep them there until the transaction ends.

    First in a transaction that moves their deliveries: officers lock in the same order.
    """
    which = select(runs.c.id, runs.c.status).where(runs.c.id.in_(wanted)).order_by(runs.c.id)
    rows = await connection.execute(which.with_for_update(read=True))
    return {RunId(row.id): RunStatus(row.status) for row in rows}


async def claim(
    connection: AsyncConnection,
    run: RunId,
    route: Route,
    most: int,
    *,
    owner: Owner,
    now: datetime,
) -> Sequence[Claimed]:
    """Take up to ``most`` due rows of a run that runs; the caller commits before it begins any."""
    if (await hold(connection, [run])).get(run) is not RunStatus.RUNNING:
        return ()
    at = moments(connection, now)
    due = (
        select(D.id)
        .where(
            D.run == run,
            D.status == DeliveryStatus.PENDING,
            D.route == route,
            D.not_before <= at(),
        )
        .order_by(D.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = (
        update(deliveries)
        .where(D.id == due.c.id)
        .values(
            status=DeliveryStatus.CLAIMED, claimed_by=owner.name, claimed_until=at(owner.claim)
        )
        .returning(D.id, D.run, D.address)
    )
    rows = await connection.execute(taken)
    found = [
        Claimed(id=DeliveryId(row.id), run=RunId(row.run), address=row.address) for row in rows
    ]
    return sorted(found, key=lambda one: one.id)


async def give_back(connection: AsyncConnection, rows: Collection[Claimed], owner: Owner) -> None:
    """Free rows that were taken and not begun."""
    ours = and_(
        D.id.in_([one.id for one in rows]),
        D.status == DeliveryStatus.CLAIMED,
        D.claimed_by == owner.name,
    )
    await connection.execute(
        update(deliveries)
        .where(ours)
        .values(status=DeliveryStatus.PENDING, claimed_by="", claimed_until=None)
    )


async def begin(
    connection: AsyncConnection,
    rows: Collection[Claimed],
    held: Mapping[RunId, RunStatus],
    *,
    owner: Owner,
    now: datetime,
) -> Sequence[Begun]:
    """Mark rows ``sending`` that are still ours, of runs that run; give those to be sent.

    ``held`` are the runs, kept where they stand. Who may not be written to any more is skipped.
    The caller commits before it sends any.
    """
    going = [one.id for one in rows if held.get(one.run) is RunStatus.RUNNING]
    if not going:
        return ()
    at = moments(connection, now)
    reader = select(subscribers.c.status).where(subscribers.c.id == D.subscriber).scalar_subquery()
    # A negative number stands for an account's followers and is nobody's.
    fit = or_(D.subscriber < 0, reader == SubscriberStatus.ACTIVE)
    begun = (
        update(deliveries)
        .where(
            D.id.in_(going),
            D.status == DeliveryStatus.CLAIMED,
            D.claimed_by == owner.name,
            D.claimed_until > at(),
        )
        .values(
            status=case((fit, DeliveryStatus.SENDING), else_=DeliveryStatus.SKIPPED),
            code=case((fit, D.code), else_=func.coalesce(reader, Skip.REMOVED)),
            attempts=D.attempts + case((fit, 1), else_=0),
            claimed_until=case((fit, at(CALL))),
            ended_at=case((fit, None), else_=at()),
        )
        .returning(D.id, D.run, D.subscriber, D.address, D.attempts, D.code, D.status)
    )
    marked = await connection.execute(begun)
    found = [_begun(row) for row in marked if row.status == DeliveryStatus.SENDING]
    return sorted(found, key=lambda one: one.id)


def _begun(row: Row[Any]) -> Begun:
    return Begun(
        id=DeliveryId(row.id),
        run=RunId(row.run),
        subscriber=SubscriberId(row.subscriber),
        address=row.address,
        attempts=row.attempts,
        code=row.code,
    )


async def end(
    connection: AsyncConnection,
    endings: Sequence[Ending],
    held: Mapping[RunId, RunStatus],
    *,
    owner: Owner,
    now: datetime,
) -> None:
    """Write down what became of rows we began, also where they are uncertain meanwhile.

    What never left is pending again; where ``held`` tells that its run is over it is skipped or
    failed.
    """
    known = [_known(one, held.get(one.run)) for one in endings]
    final = [one for one in known if one["ending"] is not DeliveryStatus.PENDING]
    at = moments(connection, now)
    ours = update(deliveries).where(
        D.id == bindparam("row"),
        D.claimed_by == owner.name,
        # Not in_: a list of that kind cannot be sent many times over.
        or_(D.status == DeliveryStatus.SENDING, D.status == DeliveryStatus.UNCERTAIN),
    )
    if final:
        told: dict[str, Any] = {
            "status": bindparam("ending"),
            "external_id": bindparam("known_as"),
        }
        ended = ours.values(code=bindparam("why"), claimed_until=None, ended_at=at(), **told)
        await connection.execute(ended, final)
    for one in endings:
        row = _known(one, held.get(one.run))
        if row["ending"] is DeliveryStatus.PENDING:
            await connection.execute(ours.values(_free_again(one, at(one.rest))), row)


def _known(ending: Ending, run: RunStatus | None) -> dict[str, Any]:
    told = {"row": ending.delivery, "why": str(ending.code), "known_as": ending.external_id}
    if ending.status is not DeliveryStatus.PENDING:
        return told | {"ending": ending.status}
    if run is RunStatus.CANCELLED:
        return told | {"ending": DeliveryStatus.SKIPPED, "why": Skip.CANCELLED}
    if run is RunStatus.FINISHED:
        # It was taken for uncertain meanwhile; what failed an officer may have sent again.
        return told | {"ending": DeliveryStatus.FAILED}
    return {"row": ending.delivery, "why": str(ending.code), "ending": DeliveryStatus.PENDING}


def _free_again(ending: Ending, not_before: ColumnElement[datetime]) -> dict[str, Any]:
    return {
        "status": bindparam("ending"),
        "code": bindparam("why"),
        "attempts": D.attempts - int(not ending.spent),
        "not_before": not_before,
        "claimed_by": "",
        "claimed_until": None,
        "ended_at": None,
    }


async def rescue(connection: AsyncConnection, now: datetime) -> Rescued:
    """Free what was taken and not begun in time, and doubt what was begun and not ended.

    Nobody was told of an article that is not shown yet, so its row is freed though it was begun.
    """
    at = moments(connection, now)
    over = or_(D.claimed_until < at(), D.claimed_until > at(LONGEST_CLAIM))
    freed = (
        update(deliveries)
        .where(D.status == DeliveryStatus.CLAIMED, over)
        .values(status=DeliveryStatus.PENDING, claimed_by="", claimed_until=None)
    )
    in_vain = (
        update(deliveries)
        .where(
            D.status == DeliveryStatus.SENDING,
            D.route == Route.ZALO_ARTICLE,
            over,
            not_(is_shown(D.id)),
        )
        .values(
            status=DeliveryStatus.PENDING,
            claimed_by="",
            claimed_until=None,
            attempts=D.attempts - 1,
        )
    )
    # Whose it was stays written: their word still counts when they were only held up.
    doubted = (
        update(deliveries)
        .where(D.status == DeliveryStatus.SENDING, over)
        .values(status=DeliveryStatus.UNCERTAIN, code=LOST, claimed_until=None, ended_at=at())
    )
    free = [(await connection.execute(one)).rowcount for one in (freed, in_vain)]
    return Rescued(
        freed=sum(free),
        doubted=(await connection.execute(doubted)).rowcount,
    )


async def outlive(connection: AsyncConnection) -> None:
    """Let every claim run out; only for a database that no other process serves."""
    taken = D.status.in_((DeliveryStatus.CLAIMED, DeliveryStatus.SENDING))
    long_ago = literal(datetime.fromtimestamp(0, UTC), UtcDateTime())
    await connection.execute(update(deliveries).where(taken).values(claimed_until=long_ago))
