"""Webhook calls as rows: kept sealed before they are thanked for, claimed in order, forgotten.

A subject (a person's events) is worked on by one process at a time: whoever locks the first row
that waits there has all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName
from bot.storage.firsts import is_first, unindexed
from bot.storage.moments import moments
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import arrivals

A: Final = arrivals.c
CLAIM: Final = timedelta(seconds=60)
# What is claimed for longer was claimed by a process whose clock was wrong; no pause is as long.
LONGEST_CLAIM: Final = 10 * CLAIM
# Longer than a call is repeated, or counts as fresh; what nobody could sort stays for a look.
KEYS_STAY: Final = timedelta(days=4)
BODIES_STAY: Final = timedelta(days=30)
BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One call: its ``key`` is the same when it is repeated, its ``body_sealed`` is as it came.

    ``subject`` is whose events are sorted in order with it, ``happened_at`` its own time.
    """

    channel: ChannelName
    key: str
    subject: str
    event: str
    happened_at: datetime
    received_at: datetime
    body_sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedArrival:
    """A call taken to be sorted; ``attempts`` counts this one."""

    id: int
    arrival: Arrival
    attempts: int


async def insert_arrivals(
    connection: AsyncConnection, came: Sequence[Arrival]
) -> frozenset[tuple[str, str]]:
    """Insert calls that are not there yet; give the channel and key of those."""
    rows = {(one.channel, one.key): _row(one) for one in came}
    statement = (
        insert_into(arrivals, connection.dialect)
        .on_conflict_do_nothing(index_elements=["channel", "key"])
        .returning(A.channel, A.key)
    )
    stored = await connection.execute(statement, list(rows.values()))
    return frozenset((row.channel, row.key) for row in stored)


def _row(one: Arrival) -> dict[str, Any]:
    # Written out: ``asdict`` copies whatever it finds, and this is done 2,000 times a second.
    return {
        "channel": one.channel,
        "key": one.key,
        "subject": one.subject,
        "event": one.event,
        "happened_at": one.happened_at,
        "received_at": one.received_at,
        "body_sealed": one.body_sealed,
        "attempts": 0,
        "done": False,
    }


async def claim_arrivals(
    connection: AsyncConnection,
    now: datetime,
    *,
    subjects: int,
    most: int,
    tried_first: bool = False,
) -> tuple[ClaimedArrival, ...]:
    """Take what waits of some subjects nobody works on, in the order in which it happened.

    What was taken before and is not done may be what ended its process: it is taken alone. That
    goes ``tried_first`` in turns, so that much of it keeps nobody waiting who comes afresh.
    PostgreSQL goes by its own clock; ``now`` counts for the embedded database alone.
    """
    at = moments(connection, now)
    free = or_(
        A.claimed_until.is_(None), A.claimed_until < at(), A.claimed_until > at(LONGEST_CLAIM)
    )
    first = (
        select(arrivals)
        .where(
            is_first(connection, arrivals, A.done.is_(False), by=A.subject),
            unindexed(A.done).is_(False),
            free,
        )
        .order_by(case((A.attempts > 0, not tried_first), else_=tried_first), A.id)
        .limit(subjects)
        .with_for_update(skip_locked=True)
    )
    heads = (await connection.execute(first)).all()
    alone = bool(heads and heads[0].attempts)
    fresh = [one for one in heads if not one.attempts]
    rows = heads[:1] if alone else await _behind(connection, fresh, most)
    if rows:
        taken = {"claimed_until": at(CLAIM), "attempts": A.attempts + 1}
        numbers = [row.id for row in rows]
        await connection.execute(update(arrivals).where(A.id.in_(numbers)).values(taken))
    return tuple(map(_claimed, sorted(rows, key=lambda row: (row.happened_at, row.id))))


async def _behind(
    connection: AsyncConnection, heads: Sequence[Row[Any]], most: int
) -> Sequence[Row[Any]]:
    """Give these first rows with what waits behind them; a subject is cut at its end alone."""
    if not heads:
        return []
    waiting = (
        select(arrivals)
        .where(A.done.is_(False), A.subject.in_([one.subject for one in heads]))
        .order_by(A.id)
        .limit(most)
    )
    return (await connection.execute(waiting)).all()


def _claimed(row: Row[Any]) -> ClaimedArrival:
    arrival = Arrival(
        channel=ChannelName(row.channel),
        key=row.key,
        subject=row.subject,
        event=row.event,
        happened_at=row.happened_at,
        received_at=row.received_at,
        body_sealed=row.body_sealed or b"",
    )
    return ClaimedArrival(id=row.id, arrival=arrival, attempts=row.attempts + 1)


async def settle_arrivals(connection: AsyncConnection, numbers: Collection[int]) -> int:
    """End calls that were sorted; their keys stay. Give how many were not ended before."""
    done = await connection.execute(
        update(arrivals)
        .where(A.id.in_(numbers), A.done.is_(False))
        .values(done=True, body_sealed=None, claimed_until=None)
    )
    return done.rowcount


async def set_arrivals_aside(connection: AsyncConnection, numbers: Collection[int]) -> None:
    """End calls that nobody can sort; they stay sealed for a while, to be looked into."""
    await connection.execute(
        update(arrivals).where(A.id.in_(numbers)).values(done=True, claimed_until=None)
    )


async def give_back_arrivals(connection: AsyncConnection) -> int:
    """Have every call that was set aside sorted once more, as if it came now; give how many."""
    aside = and_(A.done.is_(True), A.body_sealed.is_not(None))
    anew = update(arrivals).where(aside).values(done=False, attempts=0, claimed_until=None)
    return (await connection.execute(anew)).rowcount


async def put_off_arrival(
    connection: AsyncConnection, number: int, now: datetime, pause: timedelta
) -> None:
    """Have a call tried again after ``pause``, and nothing of its subject before."""
    later = moments(connection, now)(pause)
    await connection.execute(update(arrivals).where(A.id == number).values(claimed_until=later))


async def put_off_untried(
    connection: AsyncConnection, numbers: Collection[int], now: datetime, pause: timedelta
) -> None:
    """Have calls looked at again after ``pause``, as if they had never been taken.

    None of them failed, so none is taken alone.
    """
    later = moments(connection, now)(pause)
    await connection.execute(
        update(arrivals).where(A.id.in_(numbers)).values(claimed_until=later, attempts=0)
    )


async def free_arrivals(connection: AsyncConnection, numbers: Collection[int]) -> None:
    """Give back calls that were taken and not tried."""
    await connection.execute(
        update(arrivals).where(A.id.in_(numbers), A.done.is_(False)).values(claimed_until=None)
    )


async def release_arrivals(connection: AsyncConnection) -> None:
    """Give back every claim; only for a database that no other process serves."""
    claimed = and_(A.done.is_(False), A.claimed_until.is_not(None))
    await connection.execute(update(arrivals).where(claimed).values(claimed_until=None))


async def waiting_arrivals(connection: AsyncConnection) -> int:
    """Count the calls that are not sorted yet."""
    waiting = select(func.count()).where(A.done.is_(False))
    return int((await connection.execute(waiting)).scalar_one())


async def erase_arrivals_of(connection: AsyncConnection, subject: str, *, told: str = "") -> None:
    """Take out what stays of somebody's calls, but for their keys, and whose they were.

    ``told`` is the key of the call that asks for it, if one does; it is about to end.
    """
    over = and_(A.subject == subject, or_(A.done.is_(True), A.key == told))
    await connection.execute(
        update(arrivals)
        .where(over)
        .values(subject=A.key, body_sealed=case((A.key == told, A.body_sealed)))
    )


async def forget_arrivals(connection: AsyncConnection, now: datetime) -> int:
    """Forget a portion of what ended long ago; give how many. Done again until it gives 0."""
    sorted_out = and_(A.body_sealed.is_(None), A.received_at < now - KEYS_STAY)
    aside = and_(A.body_sealed.is_not(None), A.received_at < now - BODIES_STAY)
    old = select(A.id).where(A.done.is_(True), or_(sorted_out, aside)).limit(BATCH)
    return (await connection.execute(delete(arrivals).where(A.id.in_(old)))).rowcount
