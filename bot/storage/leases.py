"""Leases: who among several processes does a thing that one alone may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from bot.storage.database import Database
from bot.storage.moments import moment
from bot.storage.tables import leases
from bot.storage.upserts import insert_into

# Longer than any lease may be set to: what ends later was written by a clock that was wrong.
LONGEST: Final = timedelta(seconds=660)


async def hold(
    database: Database, name: str, holder: str, *, now: datetime, length: timedelta
) -> bool:
    """Take or renew the lease ``name`` for ``length``; tell whether it is the holder's.

    PostgreSQL goes by its own clock, so that those of its clients need not agree; ``now`` counts
    for the embedded database alone.
    """
    until = moment(now, length, embedded=database.embedded)
    wish = insert_into(leases, database.engine.dialect).values(
        name=name, holder=holder, until=until
    )
    taken = wish.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "until": until},
        where=or_(
            leases.c.holder == holder,
            leases.c.until < moment(now, embedded=database.embedded),
            leases.c.until > moment(now, LONGEST, embedded=database.embedded),
        ),
    ).returning(leases.c.holder)
    async with database.writing() as connection:
        row = (await connection.execute(taken)).first()
    return row is not None


async def release(database: Database, name: str, holder: str) -> None:
    """Give the lease back, so that nobody has to wait until it runs out."""
    gone = delete(leases).where(leases.c.name == name, leases.c.holder == holder)
    async with database.writing() as connection:
        await connection.execute(gone)


async def vacate(database: Database, name: str) -> None:
    """Free the lease ``name`` of a holder known to be gone."""
    async with database.writing() as connection:
        await connection.execute(delete(leases).where(leases.c.name == name))


async def holder_of(
    database: Database, name: str, *, now: datetime, longer: timedelta = timedelta()
) -> str:
    """Give who holds the lease ``name`` for ``longer`` than now, empty when nobody does."""
    wanted = select(leases.c.holder).where(
        leases.c.name == name,
        leases.c.until >= moment(now, longer, embedded=database.embedded),
        leases.c.until <= moment(now, LONGEST, embedded=database.embedded),
    )
    async with database.reading() as connection:
        return (await connection.execute(wanted)).scalar() or ""
