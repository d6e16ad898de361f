"""How many turns of each kind a day had; kept after the turns themselves are gone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from bot.clock import VIETNAM
from bot.storage.database import Database
from bot.storage.tables import daily_turns, turns


async def count_days(database: Database, *, now: datetime) -> int:
    """Count every ended day that has turns and no count yet; give how many days were counted."""
    today = now.astimezone(VIETNAM).date()
    day = await _first_uncounted(database)
    counted = 0
    while day is not None and day < today:
        await _count(database, day)
        counted += 1
        day += timedelta(days=1)
    return counted


async def _first_uncounted(database: Database) -> date | None:
    async with database.reading() as connection:
        last = (await connection.execute(select(func.max(daily_turns.c.day)))).scalar()
        if last is not None:
            return date.fromisoformat(last) + timedelta(days=1)
        first = (
            await connection.execute(
                select(turns.c.created_at).order_by(turns.c.created_at).limit(1)
            )
        ).scalar()
    return first.astimezone(VIETNAM).date() if first else None


async def _count(database: Database, day: date) -> None:
    """Count one day whole; done twice it gives the same."""
    start = midnight(day)
    counts = (
        select(turns.c.channel, turns.c.outcome, func.count().label("turns"))
        .where(turns.c.created_at >= start, turns.c.created_at < midnight(day + timedelta(days=1)))
        .group_by(turns.c.channel, turns.c.outcome)
    )
    async with database.writing() as connection:
        rows = [
            {"day": day.isoformat(), **row}
            for row in (await connection.execute(counts)).mappings()
        ]
        # A day without turns is counted too, so that counting goes on behind it.
        empty = {"day": day.isoformat(), "channel": "", "outcome": "", "turns": 0}
        await connection.execute(delete(daily_turns).where(daily_turns.c.day == day.isoformat()))
        await connection.execute(insert(daily_turns), rows or [empty])


def midnight(day: date) -> datetime:
    """Give the moment ``day`` begins in Việt Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
