"""How many turns of each kind a day had; kept after the turns themselves are gone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select

from bot.clock import VIETNAM
from bot.storage.database import Database
from bot.storage.tables import daily_turns, turns


async def count_days(database: Database, *, now: datetime, again: int = 1) -> int:
    """Count every ended day not counted yet, and the last ``again`` days anew; give how many.

    What a clock that ran ahead counted too early is so put right.
    """
    today = now.astimezone(VIETNAM).date()
    first, last = await _counted(database, before=today)
    if last is not None and first is not None:
        day = max(first, min(last + timedelta(days=1), today - timedelta(days=again)))
    else:
        turn = await _turn(database, turns.c.created_at)
        day = turn.astimezone(VIETNAM).date() if turn else today
    counted = 0
    while day < today:
        await _count(database, day)
        counted += 1
        day += timedelta(days=1)
    return counted


async def _counted(database: Database, *, before: date) -> tuple[date | None, date | None]:
    """Give the first and the last day that are counted; days to come are no days counted."""
    days = select(func.min(daily_turns.c.day), func.max(daily_turns.c.day))
    async with database.reading() as connection:
        row = (await connection.execute(days.where(daily_turns.c.day < before.isoformat()))).one()
    first, last = (date.fromisoformat(day) if day else None for day in row)
    return first, last


async def _turn(
    database: Database, *order: ColumnElement[Any], until: datetime | None = None
) -> datetime | None:
    wanted = select(turns.c.created_at).order_by(*order).limit(1)
    if until is not None:
        wanted = wanted.where(turns.c.created_at <= until)
    async with database.reading() as connection:
        return (await connection.execute(wanted)).scalar()


async def latest_stored(database: Database) -> datetime | None:
    """Give the time of the turn stored last, whatever the clock said before."""
    return await _turn(database, turns.c.inbox_id.desc())


async def latest_known(database: Database, *, until: datetime) -> datetime | None:
    """Give the latest moment up to ``until`` of which a turn or a counted day tells."""
    turn = await _turn(database, turns.c.created_at.desc(), until=until)
    _, day = await _counted(database, before=until.astimezone(VIETNAM).date())
    told = [turn, midnight(day + timedelta(days=1)) if day else None]
    return max(filter(None, told), default=None)


async def _count(database: Database, day: date) -> None:
    """Count one day whole; done twice it gives the same."""
    start = midnight(day)
    counts = (
        select(turns.c.office, turns.c.channel, turns.c.outcome, func.count().label("turns"))
        .where(turns.c.created_at >= start, turns.c.created_at < midnight(day + timedelta(days=1)))
        .group_by(turns.c.office, turns.c.channel, turns.c.outcome)
    )
    async with database.writing() as connection:
        rows = [
            {"day": day.isoformat(), **row}
            for row in (await connection.execute(counts)).mappings()
        ]
        # A day without turns is counted too, so that counting goes on behind it.
        empty = {"day": day.isoformat(), "office": "", "channel": "", "outcome": "", "turns": 0}
        await connection.execute(delete(daily_turns).where(daily_turns.c.day == day.isoformat()))
        await connection.execute(insert(daily_turns), rows or [empty])


def midnight(day: date) -> datetime:
    """Give the moment ``day`` begins in Việt Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
