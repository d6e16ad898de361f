"""What accounts have left of what Zalo gives in a number, as its answers told it last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.quotas import Left, until_of
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_quotas

Q: Final = zalo_quotas.c
# Somebody may have bought more meanwhile: so long at most nothing is tried.
LONGEST: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What an account had left of one kind when it was read."""

    oa_id: str
    kind: str
    remain: int
    total: int | None
    until: datetime | None
    read_at: datetime


async def quotas_of(connection: AsyncConnection, oa: str = "") -> Sequence[Quota]:
    """Give what is known of an account, or of all, by account and kind."""
    wanted = select(zalo_quotas).order_by(Q.oa_id, Q.kind)
    rows = await connection.execute(wanted.where(Q.oa_id == oa) if oa else wanted)
    return [Quota(**row._mapping) for row in rows]  # noqa: SLF001 - as SQLAlchemy documents it


async def keep_quota(connection: AsyncConnection, oa: str, left: Left, *, at: datetime) -> None:
    """Write down what an answer told; a later word takes the place of an earlier one."""
    values = {"oa_id": oa, **asdict(left), "read_at": at}
    wish = insert_into(zalo_quotas, connection.dialect).values(values)
    done = wish.on_conflict_do_update(
        index_elements=["oa_id", "kind"], set_=values, where=Q.read_at <= at
    )
    await connection.execute(done)


class SqlAllowance:
    """Implements ``bot.delivery.articles.Allowance`` over the rows."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Keep them in ``database``."""
        self._database = database
        self._clock = clock

    async def told(self, oa: str, left: Left) -> None:
        """Write down what an answer told."""
        async with self._database.writing() as connection:
            await keep_quota(connection, oa, left, at=self._clock.now())

    async def wait(self, oa: str, kind: str) -> float:
        """Give for how many seconds there is nothing of a kind left; see ``Allowance``."""
        now = self._clock.now()
        async with self._database.reading() as connection:
            found = [one for one in await quotas_of(connection, oa) if one.kind == kind]
        if not found or found[0].remain > 0:
            return 0.0
        asked_again = found[0].read_at + LONGEST
        until = min(found[0].until or asked_again, asked_again)
        return max((until - now).total_seconds(), 0.0)

    async def used_up(self, oa: str, kind: str) -> float:
        """Note that nothing is left until the next time; see ``Allowance``."""
        now = self._clock.now()
        await self.told(oa, Left(kind=kind, remain=0, until=until_of(kind, now)))
        return await self.wait(oa, kind)
