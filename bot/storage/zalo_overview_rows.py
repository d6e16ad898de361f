"""How the Official Accounts do, for those who look: few statements, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.messages import ChannelName
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_tables import (
    zalo_accounts,
    zalo_marks,
    zalo_people,
    zalo_quotas,
    zalo_template_uses,
)

A: Final = zalo_accounts.c
# Among so many newest messages the last of each account is looked for.
NEWEST: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """An account with all that is known of it but its tokens.

    ``told`` is its own page at Zalo (getoa) as of ``told_at``; ``refresh_until`` is when the
    consent ends that nothing but a person can give anew.
    """

    oa_id: str
    office: str
    name: str
    status: AccountStatus
    fault: str
    fault_at: datetime | None
    access_until: datetime | None
    refresh_until: datetime | None
    refreshed_at: datetime | None
    plain_until: datetime | None
    connected_at: datetime | None
    told: Mapping[str, Any]
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much of one kind is left, as Zalo told at ``read_at``."""

    kind: str
    remain: int
    total: int | None
    until: datetime | None
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something counted of an account."""

    mark: str
    count: int
    last_at: datetime


async def states_at(
    connection: AsyncConnection, offices: Collection[str] | None
) -> Sequence[AccountState]:
    """Give the accounts of ``offices``, of all when ``None``, by office."""
    wanted = select(zalo_accounts).order_by(A.office)
    if offices is not None:
        wanted = wanted.where(A.office.in_(sorted(offices)))
    return [_state(row) for row in await connection.execute(wanted)]


async def state_of(connection: AsyncConnection, oa_id: str) -> AccountState | None:
    """Give one account."""
    row = (await connection.execute(select(zalo_accounts).where(A.oa_id == oa_id))).first()
    return _state(row) if row else None


async def quotas_of(
    connection: AsyncConnection, accounts: Collection[str]
) -> Mapping[str, Sequence[Quota]]:
    """Give what is left of each kind, by account."""
    kept = zalo_quotas
    wanted = select(kept).where(kept.c.oa_id.in_(accounts)).order_by(kept.c.oa_id, kept.c.kind)
    found = defaultdict[str, list[Quota]](list)
    for row in await connection.execute(wanted):
        found[row.oa_id].append(
            Quota(
                kind=row.kind,
                remain=row.remain,
                total=row.total,
                until=row.until,
                read_at=row.read_at,
            )
        )
    return found


async def marks_of(
    connection: AsyncConnection, accounts: Collection[str]
) -> Mapping[str, Sequence[Mark]]:
    """Give what was counted, by account."""
    kept = zalo_marks
    wanted = (
        select(kept.c.oa_id, kept.c.mark, kept.c.count.label("times"), kept.c.last_at)
        .where(kept.c.oa_id.in_(accounts))
        .order_by(kept.c.oa_id, kept.c.mark)
    )
    found = defaultdict[str, list[Mark]](list)
    for row in await connection.execute(wanted):
        found[row.oa_id].append(Mark(mark=row.mark, count=row.times, last_at=row.last_at))
    return found


async def template_users(connection: AsyncConnection, accounts: Collection[str]) -> frozenset[str]:
    """Give those of the accounts whose office has chosen a template, which costs money."""
    wanted = select(zalo_template_uses.c.oa_id).where(zalo_template_uses.c.oa_id.in_(accounts))
    return frozenset((await connection.execute(wanted.distinct())).scalars())


async def last_words(
    connection: AsyncConnection, accounts: Collection[str]
) -> Mapping[str, datetime]:
    """Give when somebody last wrote to each account, followed it or pressed something."""
    of = zalo_people.c
    wanted = (
        select(of.oa_id, func.max(of.interacted_at).label("at"))
        .where(of.oa_id.in_(accounts), of.interacted_at.is_not(None))
        .group_by(of.oa_id)
    )
    return {row.oa_id: row.at for row in await connection.execute(wanted)}


async def last_replies(connection: AsyncConnection) -> Mapping[str, datetime]:
    """Give when each account last sent something, among the newest messages of all.

    It went not before it was written, and not before it was due.
    """
    of = outbox.c
    newest = select(func.max(of.id) - NEWEST).scalar_subquery()
    wanted = (
        select(of.user_id, of.created_at, of.not_before)
        .where(of.id > newest, of.status == OutboxStatus.SENT, of.channel == ChannelName.ZALO)
        .order_by(of.id.desc())
    )
    found: dict[str, datetime] = {}
    for row in await connection.execute(wanted):
        found.setdefault(Follower.of(row.user_id).oa, max(row.created_at, row.not_before))
    return found


def _state(row: Row[Any]) -> AccountState:
    return AccountState(
        oa_id=row.oa_id,
        office=row.office,
        name=row.name,
        status=AccountStatus(row.status),
        fault=row.fault,
        fault_at=row.fault_at,
        access_until=row.access_until,
        refresh_until=row.refresh_until,
        refreshed_at=row.refreshed_at,
        plain_until=row.plain_until,
        connected_at=row.connected_at,
        told=orjson.loads(row.told),
        told_at=row.told_at,
    )
