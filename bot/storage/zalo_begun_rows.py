"""Consents that were begun, and the fixed PKCE verifier of the app, each sealed in its row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_apps, zalo_consents
from bot.vault import Unopenable, Vault, place

C: Final = zalo_consents.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A consent an officer began for an office; ``state`` names it, ``verifier`` redeems it."""

    state: str = field(repr=False)
    office: str
    officer: OfficerId
    verifier: str = field(repr=False)
    made_at: datetime


async def put_consent(connection: AsyncConnection, vault: Vault, begun: Begun) -> None:
    """Remember a consent; of an officer the newest alone counts."""
    await connection.execute(delete(zalo_consents).where(C.officer == begun.officer))
    sealed = vault.seal(begun.verifier, _place(begun.state))
    await connection.execute(
        insert(zalo_consents).values(
            state=begun.state,
            office=begun.office,
            officer=begun.officer,
            verifier_sealed=sealed,
            made_at=begun.made_at,
        )
    )


async def consent_begun(
    connection: AsyncConnection, vault: Vault, officer: OfficerId, *, since: datetime
) -> Begun | None:
    """Give the consent an officer began, unless that was before ``since`` or no key opens it."""
    wanted = select(zalo_consents).where(C.officer == officer, C.made_at >= since)
    row = (await connection.execute(wanted)).first()
    verifier = _opened(vault, row.verifier_sealed, _place(row.state)) if row else ""
    return _begun(row, verifier) if row and verifier else None


async def use_consent(connection: AsyncConnection, begun: Begun) -> bool:
    """Let a consent be used, once; tell whether it still was there."""
    used = delete(zalo_consents).where(C.state == begun.state)
    return (await connection.execute(used)).rowcount == 1


async def drop_consents(connection: AsyncConnection, before: datetime) -> int:
    """Forget consents that were begun before then and never came back."""
    gone = await connection.execute(delete(zalo_consents).where(C.made_at < before))
    return gone.rowcount


async def fixed_verifier(connection: AsyncConnection, vault: Vault, app: str) -> str:
    """Give the app's own verifier, empty while none was made that our keys open."""
    return _opened(vault, await _kept(connection, app), _app_place(app))


async def put_verifier(
    connection: AsyncConnection, vault: Vault, app: str, verifier: str, at: datetime
) -> None:
    """Keep the app's verifier; one that is there already stays, since Zalo knows its challenge.

    But for one whose key was lost: nobody could connect an account by it any more.
    """
    kept = await _kept(connection, app)
    if kept and not _opened(vault, kept, _app_place(app)):
        lost = zalo_apps.c.verifier_sealed == kept
        await connection.execute(delete(zalo_apps).where(zalo_apps.c.app_id == app, lost))
    row = {"app_id": app, "verifier_sealed": vault.seal(verifier, _app_place(app)), "made_at": at}
    put = insert_into(zalo_apps, connection.dialect).values(row)
    await connection.execute(put.on_conflict_do_nothing())


async def _kept(connection: AsyncConnection, app: str) -> bytes:
    wanted = select(zalo_apps.c.verifier_sealed).where(zalo_apps.c.app_id == app)
    return (await connection.execute(wanted)).scalar() or b""


def _opened(vault: Vault, sealed: bytes, where: str) -> str:
    """Give what is sealed; nothing where nothing is, or where its key was lost."""
    try:
        return vault.words(sealed, where) if sealed else ""
    except Unopenable:
        return ""


def _begun(row: Row[Any], verifier: str) -> Begun:
    return Begun(
        state=row.state,
        office=row.office,
        officer=OfficerId(row.officer),
        verifier=verifier,
        made_at=row.made_at,
    )


def _place(state: str) -> str:
    return place("zalo_consents", "verifier_sealed", state)


def _app_place(app: str) -> str:
    return place("zalo_apps", "verifier_sealed", app)
