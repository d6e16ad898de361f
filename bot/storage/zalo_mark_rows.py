"""What is counted of Zalo's accounts: which signature matched, unknown events, errors by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_marks

M = zalo_marks.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How often something was seen of an account, and when last."""

    mark: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something was seen since it was written down last, and when last."""

    count: int
    last_at: datetime

    def after(self, earlier: Counted | None) -> Counted:
        """Give both together."""
        if earlier is None:
            return self
        last = max(self.last_at, earlier.last_at)
        return Counted(count=self.count + earlier.count, last_at=last)


async def add_marks(
    connection: AsyncConnection, counts: Mapping[tuple[str, str], Counted]
) -> None:
    """Add to what was counted, by account and mark; another process may have counted later."""
    rows = [
        {"oa_id": oa, "mark": mark, "count": counts[oa, mark].count}
        | {"last_at": counts[oa, mark].last_at}
        # In one order everywhere, so that no two wait for each other.
        for oa, mark in sorted(counts)
    ]
    if not rows:
        return
    fresh = insert_into(zalo_marks, connection.dialect)
    is_later = M.last_at > fresh.excluded.last_at
    await connection.execute(
        fresh.on_conflict_do_update(
            index_elements=["oa_id", "mark"],
            set_={
                "count": M["count"] + fresh.excluded["count"],
                "last_at": case((is_later, M.last_at), else_=fresh.excluded.last_at),
            },
        ),
        rows,
    )


async def marks_of(connection: AsyncConnection, oa: str) -> tuple[Mark, ...]:
    """Give what was counted of an account, by its name."""
    wanted = select(M.mark, M["count"], M.last_at).where(M.oa_id == oa).order_by(M.mark)
    rows = await connection.execute(wanted)
    return tuple(Mark(mark=mark, count=count, last_at=at) for mark, count, at in rows)
