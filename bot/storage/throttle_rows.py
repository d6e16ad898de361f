"""Attempts to come in as rows, counted by key: an account, or a device known to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    Subquery,
    cast,
    delete,
    func,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.throttle import FORGOTTEN_AFTER, Count, Tried, after_failure
from bot.storage.people_tables import devices, officers, throttles
from bot.storage.upserts import insert_into


def account_key(tried: Tried, account: str) -> str:
    """Give what attempts upon an account are counted under; ``account`` is its number.

    For a login that nobody has it is the digest of what was typed.
    """
    return f"{tried}:{account}"


def device_key(tried: Tried, device: str) -> str:
    """Give what attempts on a device are counted under, on which its officer came in before."""
    return f"{tried}@device:{device}"


def guesses(now: datetime) -> Subquery:
    """Give ``officer``, ``failures``, ``last_at`` and ``blocked_until`` of the last day."""
    ids = cast(officers.c.id, String)
    keys = union_all(
        *(
            query
            for tried in Tried
            for query in (
                _keys(officers.c.id, account_key(tried, ""), ids),
                _keys(devices.c.officer, device_key(tried, ""), devices.c.token_hash),
            )
        )
    ).subquery()
    counted = (
        select(
            keys.c.officer,
            func.sum(throttles.c.failures).label("failures"),
            func.max(throttles.c.last_at).label("last_at"),
            func.max(throttles.c.blocked_until).label("blocked_until"),
        )
        .join(throttles, throttles.c.key == keys.c.key)
        .where(throttles.c.last_at > now - FORGOTTEN_AFTER)
        .group_by(keys.c.officer)
    )
    return counted.subquery("guesses")


def _keys(
    officer: ColumnElement[int], beginning: str, key: ColumnElement[str]
) -> Select[int, str]:
    return select(officer.label("officer"), (literal(beginning) + key).label("key"))


async def count_attempt(connection: AsyncConnection, key: str, *, now: datetime) -> timedelta:
    """Take an attempt, counted as failed until ``forget_attempts``; who must wait takes none.

    Give how long is to be waited. Counted before the password is looked at, attempts sent all at
    once are not all heard.
    """
    beginning = insert_into(throttles, connection.dialect).values(
        key=key, failures=0, blocked_until=now, last_at=now
    )
    # Locked by the same statement that finds it: between two, one who came in would forget it.
    locked = beginning.on_conflict_do_update(index_elements=["key"], set_={"key": key})
    row = (await connection.execute(locked.returning(throttles))).one()
    count = _count(row)
    left = count.left(now)
    if not left:
        more = after_failure(count, now)
        await connection.execute(
            update(throttles)
            .where(throttles.c.key == key)
            .values(failures=more.failures, last_at=more.last_at, blocked_until=more.blocked_until)
        )
    return left


async def to_wait(connection: AsyncConnection, key: str, *, now: datetime) -> timedelta:
    """Give how long is to be waited before the next attempt, without taking one."""
    row = (await connection.execute(select(throttles).where(throttles.c.key == key))).first()
    return _count(row).left(now) if row else timedelta()


async def forget_attempts(connection: AsyncConnection, *keys: str) -> int:
    """Forget what was counted under ``keys``; give the failures there were."""
    gone = delete(throttles).where(throttles.c.key.in_(keys)).returning(throttles.c.failures)
    return sum((await connection.execute(gone)).scalars())


def _count(row: Row[Any]) -> Count:
    return Count(
        failures=row.failures, last_at=row.last_at, blocked_until=row.blocked_until or row.last_at
    )
