"""Devices on which an officer signed in before, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.people_tables import devices
from bot.storage.upserts import insert_into


async def is_known(connection: AsyncConnection, token_hash: str, officer: OfficerId) -> bool:
    """Tell whether the officer signed in on the device before."""
    wanted = select(devices.c.officer).where(
        devices.c.token_hash == token_hash, devices.c.officer == officer
    )
    return (await connection.execute(wanted)).first() is not None


async def remember_device(
    connection: AsyncConnection, token_hash: str, officer: OfficerId, *, now: datetime
) -> None:
    """Write that the officer signed in on the device."""
    seen = insert_into(devices, connection.dialect).values(
        token_hash=token_hash, officer=officer, made_at=now, seen_at=now
    )
    await connection.execute(
        seen.on_conflict_do_update(index_elements=["token_hash"], set_={"seen_at": now})
    )


async def forget_devices(connection: AsyncConnection, officer: OfficerId) -> None:
    """Know none of the officer's devices any more."""
    await connection.execute(delete(devices).where(devices.c.officer == officer))
