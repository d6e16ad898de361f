"""The calls of a line of Zalo as rows: counted, taken and given back one transaction at a time.

The line's row of ``pace`` is locked meanwhile, so that processes take one after the other; it
keeps silences and how fast the line may be after a refusal, as for Telegram.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.pace.speed import Speed
from bot.channels.zalo.calls import WINDOW, Taken, room
from bot.messages import Priority
from bot.storage.moments import moments
from bot.storage.pace_rows import enter
from bot.storage.pace_tables import pace
from bot.storage.zalo_tables import zalo_calls

C: Final = zalo_calls.c
COUNTED: Final = timedelta(seconds=WINDOW)
# Seconds for which what the provider told of its limit counts without being told again.
TOLD: Final = 60.0


async def take_call(
    connection: AsyncConnection, line: str, priority: Priority, *, most: int, now: datetime
) -> Taken:
    """Take a turn of ``line``; PostgreSQL goes by its own clock, ``now`` counts for the other."""
    row, at = await _held(connection, line, now)
    since = at.timestamp()
    rate = _speed(row, most).at(since)
    if row.silent_until > since:
        silence = row.silent_until - since
        return Taken(wait=silence, silence=silence, rate=rate)
    await _forget(connection, line, at)
    found = select(func.count()).select_from(zalo_calls).where(C.line == line)
    beyond = (await connection.execute(found)).scalar_one() - room(rate, priority)
    if beyond < 0:
        return Taken(number=await _note(connection, line, at), rate=rate)
    oldest = select(C.at).where(C.line == line).order_by(C.at, C.id).offset(beyond).limit(1)
    frees = (await connection.execute(oldest)).scalar_one() + COUNTED
    return Taken(wait=(frees - at).total_seconds(), rate=rate)


async def give_call_back(connection: AsyncConnection, number: int) -> None:
    """Forget a turn that made no call."""
    await connection.execute(delete(zalo_calls).where(C.id == number))


async def hush_line(
    connection: AsyncConnection, line: str, *, seconds: float, most: int, now: datetime
) -> None:
    """Have ``line`` silent, and slower afterwards; refused inside a silence tells nothing new."""
    row, at = await _held(connection, line, now)
    since = at.timestamp()
    until = max(row.silent_until, since + seconds)
    values: dict[str, float] = {"silent_until": until}
    if row.silent_until <= since:
        slower = _speed(row, most).refused(since, until)
        values |= {"cut_to": slower.cut_to, "cut_at": slower.cut_at, "refused_at": since}
    await _change(connection, line, values)


async def learn_limit(connection: AsyncConnection, line: str, *, most: int, now: datetime) -> None:
    """Have ``line`` keep to ``most`` calls a minute, as the provider told."""
    row, at = await _held(connection, line, now)
    lasts = at.timestamp() + TOLD
    cut_to = min(float(most), _speed(row, most).at(at.timestamp()))
    await _change(connection, line, {"cut_to": cut_to, "cut_at": max(row.cut_at, lasts)})


async def _held(
    connection: AsyncConnection, line: str, now: datetime
) -> tuple[Row[Any], datetime]:
    """Lock the row of ``line``, made when missing; give it and the present moment."""
    await enter(connection, line)
    wanted = select(pace).where(pace.c.bot == line).with_for_update()
    row = (await connection.execute(wanted)).one()
    # Asked after the lock: who waited for it comes after whoever had it.
    at = (await connection.execute(select(moments(connection, now)()))).scalar_one()
    return row, at.astimezone(UTC)


async def _forget(connection: AsyncConnection, line: str, at: datetime) -> None:
    """Drop calls that count no more; those of a clock that was put back were made just now."""
    await connection.execute(delete(zalo_calls).where(C.line == line, C.at <= at - COUNTED))
    await connection.execute(update(zalo_calls).where(C.line == line, C.at > at).values(at=at))


async def _note(connection: AsyncConnection, line: str, at: datetime) -> int:
    made = insert(zalo_calls).values(line=line, at=at).returning(C.id)
    return int((await connection.execute(made)).scalar_one())


async def _change(connection: AsyncConnection, line: str, values: Mapping[str, float]) -> None:
    told = {name: literal(value) for name, value in values.items()}
    await connection.execute(update(pace).where(pace.c.bot == line).values(**told))


def _speed(row: Row[Any], most: int) -> Speed:
    """Give the rule of ``Speed``, whose unit is a minute here."""
    return Speed(allowed=most, cut_to=row.cut_to, cut_at=row.cut_at)
