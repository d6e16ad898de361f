"""The tokens of Zalo's accounts as rows, sealed; implements ``TokenStore``.

Every change names the pair it goes from (``generation``): where another took its place meanwhile,
or the account was switched off, nothing is changed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, and_, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.oauth import REFRESH_LASTS
from bot.channels.zalo.pairs import PASSING, Held, Pair, StoreClosed, TokenFault
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_tables import zalo_accounts
from bot.vault import Unopenable, Vault, place

A: Final = zalo_accounts.c
ACCESS: Final = "access_sealed"
REFRESH: Final = "refresh_sealed"
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)


class SqlTokenStore:
    """The tokens in ``database``, sealed by ``vault``; without one none can be kept or read."""

    def __init__(self, database: Database, vault: Vault | None) -> None:
        """Keep them there."""
        self._database = database
        self._vault = vault
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def alone(self, oa_id: str) -> AsyncIterator[None]:
        """Keep others away, of other processes too; an embedded database has none.

        The lock is none of the account's row: that is written by others while Zalo is asked. It
        is gone with its connection, so a process that dies keeps nobody waiting.
        """
        if self._database.embedded:
            async with self._locks[oa_id]:
                yield
            return
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"zalo tokens {oa_id}", 0))
        async with _reaching(), self._database.unhurried().writing() as connection:
            await connection.execute(select(lock))
            yield

    async def connected(self) -> Sequence[str]:
        """Give the accounts that can be refreshed."""
        wanted = select(A.oa_id).where(A.status == AccountStatus.CONNECTED).order_by(A.oa_id)
        async with _reaching(), self._database.reading() as connection:
            return list((await connection.execute(wanted)).scalars())

    async def held(self, oa_id: str) -> Held | None:
        """Give what is kept; tokens that no key opens are left out."""
        wanted = select(zalo_accounts).where(A.oa_id == oa_id)
        async with _reaching(), self._database.reading() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return self._held(row) if row else None

    async def ask(self, held: Held, *, back: bool = False) -> None:
        """Note that the pair after ``held`` is asked for."""
        asked = held.generation if back else held.generation + 1
        await self._change(held, refreshing=asked)

    async def keep(self, held: Held, pair: Pair, *, at: datetime) -> bool:
        """Put ``pair`` in the place of ``held``."""
        if self._vault is None:
            raise StoreClosed("no key")
        number = held.generation + 1
        told = dict(columns_of(self._vault, held.oa_id, pair, at))
        if held.fault == TokenFault.USELESS:
            del told["fault"], told["fault_at"]
        return await self._change(held, generation=number, refreshing=number, **told)

    async def give_up(self, held: Held, why: TokenFault, *, at: datetime) -> bool:
        """Note that a new consent is needed."""
        return await self._change(
            held, status=AccountStatus.CONSENT_NEEDED, fault=why, fault_at=at
        )

    async def spoil(self, held: Held, *, at: datetime) -> None:
        """End the access token."""
        await self._change(held, access_until=at)

    async def complain(self, oa_id: str, why: TokenFault, *, at: datetime) -> None:
        """Note a fault that may pass; where a consent is needed nothing less is noted."""
        known = and_(A.oa_id == oa_id, A.status == AccountStatus.CONNECTED, A.fault != why)
        async with _reaching(), self._database.writing() as connection:
            await connection.execute(
                update(zalo_accounts).where(known).values(fault=why, fault_at=at)
            )

    async def commend(self, oa_id: str) -> None:
        """Forget what a call that passed disproves."""
        known = and_(A.oa_id == oa_id, A.fault.in_(PASSING))
        async with _reaching(), self._database.writing() as connection:
            await connection.execute(
                update(zalo_accounts).where(known).values(fault="", fault_at=None)
            )

    async def _change(self, held: Held, **values: object) -> bool:
        is_on = A.status != AccountStatus.OFF
        same = and_(A.oa_id == held.oa_id, A.generation == held.generation, is_on)
        async with _reaching(), self._database.writing() as connection:
            done = await connection.execute(update(zalo_accounts).where(same).values(**values))
        return done.rowcount == 1

    def _held(self, row: Row[Any]) -> Held:
        access, refresh = self._opened(row, ACCESS), self._opened(row, REFRESH)
        return Held(
            oa_id=row.oa_id,
            status=AccountStatus(row.status),
            # One without the other is of no use.
            access=access if refresh else "",
            refresh=refresh if access else "",
            access_until=row.access_until or LONG_AGO,
            refresh_until=row.refresh_until or LONG_AGO,
            refreshed_at=row.refreshed_at or LONG_AGO,
            generation=row.generation,
            refreshing=row.refreshing,
            fault=row.fault,
        )

    def _opened(self, row: Row[Any], name: str) -> str:
        sealed = row._mapping[name]  # noqa: SLF001 - SQLAlchemy's public way by name
        if sealed is None or self._vault is None:
            return ""
        try:
            return self._vault.words(sealed, place(zalo_accounts.name, name, row.oa_id))
        except Unopenable:
            return ""


def columns_of(vault: Vault, oa_id: str, pair: Pair, at: datetime) -> Mapping[str, object]:
    """Give the columns of a pair that was asked for at a moment: all is well with it."""

    def sealed(name: str, token: str) -> bytes:
        return vault.seal(token, place(zalo_accounts.name, name, oa_id))

    return {
        ACCESS: sealed(ACCESS, pair.access),
        REFRESH: sealed(REFRESH, pair.refresh),
        "access_until": at + pair.lasts,
        "refresh_until": at + REFRESH_LASTS,
        "refreshed_at": at,
        "status": AccountStatus.CONNECTED,
        "fault": "",
        "fault_at": None,
    }


@asynccontextmanager
async def _reaching() -> AsyncIterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreClosed(fault_of(error)) from error
