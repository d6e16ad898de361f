"""The Official Accounts as rows: which office has which, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Row, exists, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import Account, AccountStatus
from bot.channels.zalo.quotas import TEMPLATES
from bot.storage.zalo_tables import zalo_accounts, zalo_quotas

A: Final = zalo_accounts.c
Q: Final = zalo_quotas.c
SHOWN: Final[Sequence[ColumnElement[Any]]] = (
    A.oa_id,
    A.office,
    A.name,
    A.status,
    A.fault,
    A.plain_until,
)


async def account_of(connection: AsyncConnection, oa_id: str) -> Account | None:
    """Give an account by its id."""
    found = (await connection.execute(select(*SHOWN).where(A.oa_id == oa_id))).first()
    return _account(found) if found else None


async def account_in(connection: AsyncConnection, office: str) -> Account | None:
    """Give the account of an office."""
    found = (await connection.execute(select(*SHOWN).where(A.office == office))).first()
    return _account(found) if found else None


async def every_account(connection: AsyncConnection) -> Sequence[Account]:
    """Give all accounts, by office."""
    return [_account(one) for one in await connection.execute(select(*SHOWN).order_by(A.office))]


async def offices_of_accounts(connection: AsyncConnection) -> Mapping[str, str]:
    """Give the office of each account that may speak."""
    wanted = select(A.oa_id, A.office).where(A.status != AccountStatus.OFF)
    return {row.oa_id: row.office for row in await connection.execute(wanted)}


async def stay_plain(connection: AsyncConnection, oa_id: str, until: datetime) -> None:
    """Try no buttons until then."""
    await connection.execute(
        update(zalo_accounts).where(A.oa_id == oa_id).values(plain_until=until)
    )


async def tell_state(
    connection: AsyncConnection, oa_id: str, told: Mapping[str, object], *, at: datetime
) -> None:
    """Keep what the account's page at Zalo tells of it (getoa), and its name."""
    values: dict[str, object] = {"told": orjson.dumps(told).decode(), "told_at": at}
    if name := told.get("name"):
        values["name"] = str(name)[:200]
    await connection.execute(update(zalo_accounts).where(A.oa_id == oa_id).values(values))


async def told_of(
    connection: AsyncConnection, oa_id: str
) -> tuple[Mapping[str, Any], datetime | None]:
    """Give what the account's page told last, and when."""
    row = (await connection.execute(select(A.told, A.told_at).where(A.oa_id == oa_id))).first()
    return (orjson.loads(row.told), row.told_at) if row else ({}, None)


async def accounts_told_before(connection: AsyncConnection, at: datetime) -> Sequence[str]:
    """Give the connected accounts whose page was not read since then."""
    stale = or_(A.told_at.is_(None), A.told_at < at)
    wanted = select(A.oa_id).where(A.status == AccountStatus.CONNECTED, stale).order_by(A.oa_id)
    return (await connection.execute(wanted)).scalars().all()


async def accounts_unread(connection: AsyncConnection, since: datetime) -> Sequence[str]:
    """Give the accounts connected ``since`` a moment whose quotas were not read after it."""
    read = exists().where(Q.oa_id == A.oa_id, Q.kind == TEMPLATES, Q.read_at >= A.connected_at)
    fresh = (A.status == AccountStatus.CONNECTED, A.connected_at >= since)
    wanted = select(A.oa_id).where(*fresh, not_(read)).order_by(A.oa_id)
    return (await connection.execute(wanted)).scalars().all()


async def every_told(connection: AsyncConnection) -> Mapping[str, Mapping[str, Any]]:
    """Give what each account's page told last."""
    rows = await connection.execute(select(A.oa_id, A.told))
    return {row.oa_id: orjson.loads(row.told) for row in rows}


def _account(row: Row[Any]) -> Account:
    return Account(
        oa_id=row.oa_id,
        office=row.office,
        name=row.name,
        status=AccountStatus(row.status),
        fault=row.fault,
        plain_until=row.plain_until,
    )
