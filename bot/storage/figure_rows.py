"""How many turns there were: of today by hour, of earlier days as they were counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.storage.daily_rows import midnight
from bot.storage.tables import daily_turns, turns

HOURS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """Turns of one hour of the day by Vietnamese clocks, on one channel with one outcome."""

    hour: int
    channel: str
    outcome: str
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Turns of one day with one outcome."""

    day: date
    outcome: str
    turns: int


async def turns_of_day(
    connection: AsyncConnection, day: date, *, offices: Collection[str] | None
) -> Sequence[HourCount]:
    """Count the turns of a Vietnamese day at ``offices``; ``None`` stands for all."""
    hour = extract("hour", _utc(turns.c.created_at, connection)).label("hour")
    counted = (
        select(hour, turns.c.channel, turns.c.outcome, func.count().label("turns"))
        .where(
            turns.c.created_at >= midnight(day),
            turns.c.created_at < midnight(day + timedelta(days=1)),
            *at(turns.c.office, offices),
        )
        .group_by(hour, turns.c.channel, turns.c.outcome)
    )
    ahead = _hours_ahead(day)
    return [
        HourCount(
            hour=(int(row.hour) + ahead) % HOURS,
            channel=row.channel,
            outcome=row.outcome,
            turns=row.turns,
        )
        for row in await connection.execute(counted)
    ]


async def turns_of_days(
    connection: AsyncConnection, first: date, last: date, *, offices: Collection[str] | None
) -> Sequence[DayCount]:
    """Give what was counted of the days ``first`` to ``last``, which have ended."""
    counted = (
        select(
            daily_turns.c.day, daily_turns.c.outcome, func.sum(daily_turns.c.turns).label("sum")
        )
        .where(
            daily_turns.c.day.between(first.isoformat(), last.isoformat()),
            daily_turns.c.turns > 0,
            *at(daily_turns.c.office, offices),
        )
        .group_by(daily_turns.c.day, daily_turns.c.outcome)
    )
    return [
        DayCount(day=date.fromisoformat(row.day), outcome=row.outcome, turns=int(row.sum))
        for row in await connection.execute(counted)
    ]


def at(column: ColumnElement[str], offices: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Give the condition that a row belongs to one of ``offices``; none for all."""
    return [] if offices is None else [column.in_(sorted(offices))]


def _utc(moment: ColumnElement[datetime], connection: AsyncConnection) -> ColumnElement[Any]:
    # PostgreSQL would tell the hour by the clock of the session's zone.
    return moment if connection.dialect.name == "sqlite" else func.timezone("UTC", moment)


def _hours_ahead(day: date) -> int:
    offset = datetime(day.year, day.month, day.day, tzinfo=VIETNAM).utcoffset()
    return int(offset.total_seconds() // 3600) if offset else 0
