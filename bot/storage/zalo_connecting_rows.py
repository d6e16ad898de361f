"""An office's account connected and disconnected; its tokens stand sealed in its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case, delete, exists, insert, literal, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.pairs import Pair
from bot.messages import ChannelName
from bot.officials.models import OfficerId
from bot.storage.broadcast_tables import subscribers
from bot.storage.release_waiting_rows import release_replies
from bot.storage.zalo_tables import zalo_accounts
from bot.storage.zalo_token_rows import columns_of
from bot.vault import Vault

A: Final = zalo_accounts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """Which account is connected with which office, and who did it."""

    oa_id: str
    office: str
    name: str
    officer: OfficerId | None


async def connect_account(
    connection: AsyncConnection, vault: Vault, told: Connected, pair: Pair, at: datetime
) -> None:
    """Connect an account, new or again; what is known of it and its followers stays.

    Raises:
        IntegrityError: the office was given another account just now.
    """
    values = {
        **columns_of(vault, told.oa_id, pair, at),
        "office": told.office,
        "name": told.name,
        "generation": A.generation + 1,
        "refreshing": A.generation + 1,
        "alarmed_at": None,
        "silent_until": None,
        "connected_at": at,
        "connected_by": told.officer,
    }
    # One switched off makes room for another account of the same office.
    await connection.execute(
        delete(zalo_accounts).where(
            A.office == told.office, A.oa_id != told.oa_id, A.status == AccountStatus.OFF
        )
    )
    again = update(zalo_accounts).where(A.oa_id == told.oa_id).values(values)
    if (await connection.execute(again)).rowcount == 0:
        first = values | {"oa_id": told.oa_id, "generation": 1, "refreshing": 1}
        await connection.execute(insert(zalo_accounts).values(first))
    await release_replies(connection, ChannelName.ZALO, told.oa_id)


async def complete_readers(connection: AsyncConnection, office: str, oa_id: str) -> int:
    """Put the account before bare ids of an office's readers; give how many there were.

    One who came by themselves meanwhile is there already: the bare row stays, and reaches nobody.
    """
    of = subscribers.c
    other = subscribers.alias()
    whole = literal(f"{oa_id}:") + of.address
    taken = exists().where(other.c.channel == ChannelName.ZALO, other.c.address == whole)
    alone = f"{ChannelName.ZALO}:"
    completed = (
        update(subscribers)
        .where(of.channel == ChannelName.ZALO, of.office == office)
        .where(of.address.not_like("%:%"), ~taken)
        .values(
            address=whole,
            person=case((of.person == alone + of.address, alone + whole), else_=of.person),
        )
    )
    return (await connection.execute(completed)).rowcount


async def try_again(connection: AsyncConnection, oa_id: str) -> bool:
    """Have a pair that was refused asked with once more; tell whether one waited for that."""
    waits = (A.oa_id == oa_id, A.status == AccountStatus.CONSENT_NEEDED)
    again = {"status": AccountStatus.CONNECTED, "fault": "", "fault_at": None}
    done = await connection.execute(
        update(zalo_accounts).where(*waits, A.refresh_sealed.is_not(None)).values(again)
    )
    if done.rowcount != 1:
        return False
    await release_replies(connection, ChannelName.ZALO, oa_id)
    return True


async def disconnect_account(connection: AsyncConnection, oa_id: str) -> bool:
    """Switch an account off and erase its tokens; tell whether it was on."""
    off = (
        update(zalo_accounts)
        .where(A.oa_id == oa_id, A.status != AccountStatus.OFF)
        .values(
            status=AccountStatus.OFF,
            access_sealed=None,
            refresh_sealed=None,
            access_until=None,
            refresh_until=None,
            fault="",
            fault_at=None,
            alarmed_at=None,
        )
    )
    return (await connection.execute(off)).rowcount == 1
