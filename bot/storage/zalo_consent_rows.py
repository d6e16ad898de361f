"""Consents on their way and an app's fixed verifier as rows, sealed; implements ``ConsentStore``.

Also where a consent ends: the account of an office, with its first pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.oauth import CONSENT_LASTS, Consent, new_verifier
from bot.channels.zalo.pairs import Pair
from bot.errors import BotError
from bot.officials.models import OfficerId
from bot.storage.database import Database
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_accounts, zalo_apps, zalo_consents
from bot.storage.zalo_token_rows import columns_of
from bot.vault import Vault, place

SEALED = "verifier_sealed"


class OfTwo(BotError):
    """An account is another office's, or an office has another account; told is whose or which."""


class SqlConsentStore:
    """Consents in ``database``, their verifiers sealed by ``vault``."""

    def __init__(self, database: Database, vault: Vault) -> None:
        """Keep them there."""
        self._database = database
        self._vault = vault

    async def begin(self, consent: Consent) -> None:
        """Keep a consent until it comes back; those that never will go."""
        over = zalo_consents.c.made_at <= consent.made_at - CONSENT_LASTS
        where = place(zalo_consents.name, SEALED, consent.state)
        row = {
            "state": consent.state,
            "office": consent.office,
            "officer": consent.officer,
            "made_at": consent.made_at,
            SEALED: self._vault.seal(consent.verifier, where),
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(zalo_consents).where(over))
            await connection.execute(insert(zalo_consents).values(row))

    async def come_back(self, state: str, *, now: datetime) -> Consent | None:
        """Give a consent once; one that is over, or was begun in a time to come, is none."""
        taken = delete(zalo_consents).where(zalo_consents.c.state == state)
        async with self._database.writing() as connection:
            row = (await connection.execute(taken.returning(zalo_consents))).one_or_none()
        if row is None or not now - CONSENT_LASTS < row.made_at <= now:
            return None
        return Consent(
            state=row.state,
            verifier=self._vault.words(
                row.verifier_sealed, place(zalo_consents.name, SEALED, state)
            ),
            office=row.office,
            officer=row.officer,
            made_at=row.made_at,
        )

    async def verifier(self, app: str, *, now: datetime) -> str:
        """Give the app's fixed verifier; of two that are made at once the first counts."""
        where = place(zalo_apps.name, SEALED, app)
        fresh = {"app_id": app, SEALED: self._vault.seal(new_verifier(), where), "made_at": now}
        known = select(zalo_apps.c.verifier_sealed).where(zalo_apps.c.app_id == app)
        async with self._database.writing() as connection:
            sealed = (await connection.execute(known)).scalar()
            if sealed is None:
                made = insert_into(zalo_apps, connection.dialect).values(fresh)
                await connection.execute(made.on_conflict_do_nothing())
                sealed = (await connection.execute(known)).scalar_one()
        return self._vault.words(sealed, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """An account that an officer connects to an office."""

    oa_id: str
    office: str
    name: str
    officer: OfficerId
    at: datetime


async def join(connection: AsyncConnection, vault: Vault, joining: Joining, pair: Pair) -> None:
    """Keep the first pair of an account, or the first after a new consent.

    Raises:
        OfTwo: the account is another office's, or the office has another account.
    """
    await _refuse_of_two(connection, joining)
    told = {
        "name": joining.name,
        "connected_at": joining.at,
        "connected_by": joining.officer,
        "alarmed_at": None,
        **columns_of(vault, joining.oa_id, pair, joining.at),
    }
    fresh = insert_into(zalo_accounts, connection.dialect).values(
        oa_id=joining.oa_id, office=joining.office, generation=1, refreshing=1, **told
    )
    number = zalo_accounts.c.generation + 1
    await connection.execute(
        fresh.on_conflict_do_update(
            index_elements=["oa_id"], set_={**told, "generation": number, "refreshing": number}
        )
    )


async def _refuse_of_two(connection: AsyncConnection, joining: Joining) -> None:
    accounts = zalo_accounts.c
    either = or_(accounts.oa_id == joining.oa_id, accounts.office == joining.office)
    wanted = select(accounts.oa_id, accounts.office).where(either).with_for_update()
    for row in await connection.execute(wanted):
        if row.office != joining.office:
            raise OfTwo(row.office)
        if row.oa_id != joining.oa_id:
            raise OfTwo(row.oa_id)
