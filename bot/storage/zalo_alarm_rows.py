"""What alarms of an account are worked out of, and when somebody was told last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries
from bot.storage.zalo_mark_rows import Counted, add_marks
from bot.storage.zalo_overview_rows import last_words
from bot.storage.zalo_tables import zalo_accounts, zalo_marks, zalo_people
from broadcasts.delivery.answers import Fault
from broadcasts.models import DeliveryStatus, Route

A: Final = zalo_accounts.c
M: Final = zalo_marks.c
P: Final = zalo_people.c
# The marks of the kinds of alarm for which an account rings.
RANG: Final = "rang:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """When somebody last came to an account, and how many had come in the days before that."""

    since: datetime
    people: int


async def calm_of(
    connection: AsyncConnection, accounts: Collection[str], before: datetime, since: datetime
) -> Mapping[str, Calm]:
    """Give the accounts to which nobody has come since ``before``, but somebody since ``since``.

    People are counted from ``since`` on; two statements, however many accounts there are.
    """
    last = await last_words(connection, accounts)
    quiet = {oa_id: at for oa_id, at in last.items() if since < at <= before}
    counted = (
        select(P.oa_id, func.count().label("people"))
        .where(P.oa_id.in_(quiet), P.interacted_at > since)
        .group_by(P.oa_id)
    )
    rows = await connection.execute(counted)
    return {row.oa_id: Calm(since=quiet[row.oa_id], people=row.people) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """When somebody was told of an account, and for which kinds of alarm it rings since."""

    at: datetime | None
    kinds: frozenset[str]


async def rang_of(connection: AsyncConnection) -> Mapping[str, Rang]:
    """Give of each account what was told."""
    rung = select(M.oa_id, M.mark).where(M.mark.startswith(RANG))
    kinds = defaultdict[str, set[str]](set)
    for row in await connection.execute(rung):
        kinds[row.oa_id].add(row.mark.removeprefix(RANG))
    rows = await connection.execute(select(A.oa_id, A.alarmed_at))
    return {row.oa_id: Rang(at=row.alarmed_at, kinds=frozenset(kinds[row.oa_id])) for row in rows}


async def note_alarmed(connection: AsyncConnection, oa_id: str, at: datetime | None) -> None:
    """Note that somebody was told of an account now, or that all is well with it."""
    told = update(zalo_accounts).where(A.oa_id == oa_id)
    await connection.execute(told.values(alarmed_at=at))


async def note_ringing(
    connection: AsyncConnection, oa_id: str, before: Rang, kinds: Collection[str], at: datetime
) -> None:
    """Note for what an account rings now, where that is another than ``before``."""
    if over := before.kinds.difference(kinds):
        gone = M.mark.in_([RANG + one for one in over])
        await connection.execute(delete(zalo_marks).where(M.oa_id == oa_id, gone))
    begun = Counted(count=1, last_at=at)
    new = frozenset(kinds) - before.kinds
    await add_marks(connection, {(oa_id, RANG + one): begun for one in new})
    if before.at and not kinds:
        await note_alarmed(connection, oa_id, None)


async def owing(connection: AsyncConnection, accounts: Collection[str]) -> frozenset[str]:
    """Give those of the accounts for which templates wait until somebody mends what is paid by."""
    of = deliveries.c
    waits = exists().where(
        of.status == DeliveryStatus.PENDING,
        of.route == Route.ZALO_TEMPLATE,
        of.code.in_((Fault.MISCONFIGURED, Fault.NO_QUOTA)),
        func.substr(of.address, 1, func.length(A.oa_id) + 1) == A.oa_id + ":",
    )
    found = await connection.execute(select(A.oa_id).where(A.oa_id.in_(accounts), waits))
    return frozenset(found.scalars())
