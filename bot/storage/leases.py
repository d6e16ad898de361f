"""Leases: who among several processes does a thing that one alone may do."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Database
from bot.storage.tables import leases


async def hold(
    database: Database, name: str, holder: str, *, now: datetime, length: timedelta
) -> bool:
    """Take or renew the lease ``name`` for ``length``; tell whether it is the holder's."""
    dialect = sqlite if database.embedded else postgresql
    wish = dialect.insert(leases).values(name=name, holder=holder, until=now + length)
    taken = wish.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "until": now + length},
        where=or_(leases.c.holder == holder, leases.c.until < now),
    ).returning(leases.c.holder)
    async with database.writing() as connection:
        row = (await connection.execute(taken)).first()
    return row is not None
