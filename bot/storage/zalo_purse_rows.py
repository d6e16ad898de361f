"""What may be said to somebody on Zalo, as rows: counted in the transaction that begins a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.purses import FREE, Told
from bot.channels.zalo.quotas import until_of
from bot.channels.zalo.window import (
    LATELY,
    MOST_LATELY,
    Left,
    Opening,
    Person,
    Policy,
    Purse,
    bounded,
    opening,
)
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_people, zalo_quotas
from broadcasts.routes import VIETNAM

P: Final = zalo_people.c
Q: Final = zalo_quotas.c
# Messages of a package, bought and given ones, by Zalo's names; ours says that paying is refused.
PACKAGES: Final = ("sub_quota", "purchase_quota", "reward_quota")
PAYING: Final = "cs_paying"
# So long after a price could not be paid it is tried again.
PATIENCE: Final = timedelta(hours=1)


async def purse_of(
    connection: AsyncConnection, to: Follower, policy: Policy, now: datetime
) -> Opening:
    """Tell what the next message to somebody would be taken from."""
    row = (await connection.execute(select(zalo_people).where(_is(to)))).first()
    return await _decided(connection, to, row, policy, now)


async def begin_message(
    connection: AsyncConnection, to: Follower, policy: Policy, now: datetime
) -> Opening:
    """Count a message to somebody if it may go; one after the other where several are begun."""
    wanted = select(zalo_people).where(_is(to)).with_for_update()
    row = (await connection.execute(wanted)).first()
    found = await _decided(connection, to, row, policy, now)
    await _count(connection, to, found, by=1)
    return found


async def take_message_back(connection: AsyncConnection, to: Follower, begun: Opening) -> None:
    """Count a message no more, that was not taken."""
    await _count(connection, to, begun, by=-1)


async def believe(
    connection: AsyncConnection, to: Follower, told: Told, policy: Policy, now: datetime
) -> None:
    """Believe what Zalo tells of the purse a message was taken from."""
    if told.kind == FREE:
        if told.remain is not None and policy.free_replies:
            replies = max(policy.free_replies - told.remain, 0)
            await connection.execute(update(zalo_people).where(_is(to)).values(replies=replies))
    elif told.kind in PACKAGES and told.remain is not None:
        total = {} if told.total is None else {"total": told.total}
        remain = await _lesser(connection, to.oa, told.kind, told.remain, now)
        await _keep(connection, to.oa, told.kind, remain, read_at=now, until=None, **total)


async def _lesser(
    connection: AsyncConnection, oa: str, kind: str, told: int, now: datetime
) -> int:
    """Give what is left after those under way as well, of which an answer knows nothing."""
    wanted = select(zalo_quotas).where(Q.oa_id == oa, Q.kind == kind)
    row = (await connection.execute(wanted)).first()
    return min(told, row.remain) if row is not None and _counts(row, now) else told


async def note_emptied(
    connection: AsyncConnection, oa: str, purse: Purse, now: datetime, *, money: bool
) -> None:
    """Note that nothing is left: of messages this month, of ``money`` for a while.

    Messages bought meanwhile are a quota, which is read each hour; money is told nowhere.
    """
    if purse is Purse.PAID:
        until = now + PATIENCE if money else until_of(PAYING, now)
        await _keep(connection, oa, PAYING, 0, read_at=now, until=until)
        return
    for kind in PACKAGES:
        await _keep(connection, oa, kind, 0, read_at=now, until=None)


async def note_unreached(
    connection: AsyncConnection,
    to: Follower,
    state: str,
    now: datetime,
    *,
    since: datetime | None = None,
) -> None:
    """Note why nothing reaches somebody; without a state, that they did not act lately.

    Nothing is noted where the refused message went by ``since`` and they have acted again.
    """
    values: dict[str, Any] = (
        {"state": state, "state_at": now} if state else {"interacted_at": None}
    )
    noting = update(zalo_people).where(_is(to)).values(**values)
    if since is not None:
        noting = noting.where(P.interacted_at <= since)
    await connection.execute(noting)


async def left_to(connection: AsyncConnection, oa: str, now: datetime) -> Left:
    """Give what is left to an account; of what ran out, or is of last month, nobody knows."""
    wanted = select(zalo_quotas).where(Q.oa_id == oa, Q.kind.in_((*PACKAGES, PAYING)))
    rows = [one for one in await connection.execute(wanted) if _counts(one, now)]
    known = [row.remain for row in rows if row.kind in PACKAGES]
    paying = [row.remain for row in rows if row.kind == PAYING]
    return Left(package=sum(known) if known else None, paid=min(paying) if paying else None)


async def _decided(
    connection: AsyncConnection,
    to: Follower,
    row: Row[Any] | None,
    policy: Policy,
    now: datetime,
) -> Opening:
    if row is None:
        person = Person()
    else:
        person = Person(
            interacted_at=row.interacted_at,
            left_at=row.follow_at if row.follows is False else None,
            replies=row.replies,
            state=row.state,
        )
    found = opening(person, await left_to(connection, to.oa, now), policy, now)
    return bounded(found, await _said_lately(connection, to, now)) if found.purse.costs else found


async def _said_lately(connection: AsyncConnection, to: Follower, now: datetime) -> int:
    """Count what was said to somebody, no further than it matters."""
    said = select(outbox.c.id).where(
        outbox.c.conversation == to.address.conversation,
        outbox.c.status == OutboxStatus.SENT,
        outbox.c.created_at > now - LATELY,
    )
    counted = select(func.count()).select_from(said.limit(MOST_LATELY).subquery())
    return int((await connection.execute(counted)).scalar_one())


async def _count(connection: AsyncConnection, to: Follower, found: Opening, *, by: int) -> None:
    if found.purse is Purse.FREE:
        await connection.execute(
            update(zalo_people).where(_is(to), P.replies + by >= 0).values(replies=P.replies + by)
        )
    elif found.purse is Purse.PACKAGE:
        # Of which of them Zalo takes it first nobody tells; its answer corrects.
        fullest = (
            select(Q.kind)
            .where(Q.oa_id == to.oa, Q.kind.in_(PACKAGES))
            .order_by(Q.remain.desc(), Q.kind)
            .limit(1)
            .scalar_subquery()
        )
        remain = case((Q.remain - by > 0, Q.remain - by), else_=0)
        await connection.execute(
            update(zalo_quotas).where(Q.oa_id == to.oa, Q.kind == fullest).values(remain=remain)
        )


async def _keep(
    connection: AsyncConnection, oa: str, kind: str, remain: int, **known: object
) -> None:
    values: Mapping[str, Any] = {"remain": remain, **known}
    row = insert_into(zalo_quotas, connection.dialect).values(oa_id=oa, kind=kind, **values)
    await connection.execute(
        row.on_conflict_do_update(index_elements=["oa_id", "kind"], set_=values)
    )


def _counts(row: Row[Any], now: datetime) -> bool:
    """Tell whether what was read of a quota still counts; packages are counted by the month."""
    if row.until is not None and row.until <= now:
        return False
    here, then = now.astimezone(VIETNAM), row.read_at.astimezone(VIETNAM)
    return (here.year, here.month) == (then.year, then.month)


def _is(to: Follower) -> ColumnElement[bool]:
    return and_(P.oa_id == to.oa, P.user_id == to.user)
