"""What officers prove themselves with, in their rows: password, second factor, recovery codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.people_tables import officers


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """An officer's second factor: the sealed secret, its last used step, digests of codes."""

    secret: str
    step: int
    recovery: tuple[str, ...]


async def note_sign_in(
    connection: AsyncConnection, officer: OfficerId, *, proved: str, kept: str, at: datetime
) -> bool:
    """Write that somebody signed in, unless the password changed or the account was switched off.

    ``proved`` is the hash the password was held against, ``kept`` the one to be kept from now on.
    """
    done = await connection.execute(
        update(officers)
        .where(
            officers.c.id == officer,
            officers.c.active.is_(True),
            officers.c.password_hash == proved,
        )
        .values(signed_in_at=at, password_hash=kept)
    )
    return done.rowcount == 1


async def password_hash_of(connection: AsyncConnection, officer: OfficerId) -> str:
    """Give the hash of an officer's password, empty when there is none."""
    wanted = select(officers.c.password_hash).where(officers.c.id == officer)
    return (await connection.execute(wanted)).scalar() or ""


async def password_set_at(connection: AsyncConnection, officer: OfficerId) -> datetime | None:
    """Give when an officer's password was set."""
    wanted = select(officers.c.password_at).where(officers.c.id == officer)
    return (await connection.execute(wanted)).scalar()


async def set_password(
    connection: AsyncConnection, officer: OfficerId, password_hash: str, *, at: datetime
) -> None:
    """Write a new password."""
    await connection.execute(
        update(officers)
        .where(officers.c.id == officer)
        .values(password_hash=password_hash, password_at=at)
    )


async def second_factor_of(connection: AsyncConnection, officer: OfficerId) -> SecondFactor | None:
    """Give an officer's second factor, if it was set up."""
    wanted = select(officers.c.totp_secret, officers.c.totp_step, officers.c.recovery)
    row = (await connection.execute(wanted.where(officers.c.id == officer))).first()
    if row is None or not row.totp_secret:
        return None
    codes = tuple(row.recovery.split())
    return SecondFactor(secret=row.totp_secret, step=row.totp_step, recovery=codes)


async def set_second_factor(
    connection: AsyncConnection, officer: OfficerId, second: SecondFactor
) -> None:
    """Write a second factor that was proved."""
    await connection.execute(
        update(officers)
        .where(officers.c.id == officer)
        .values(
            totp_secret=second.secret,
            totp_step=second.step,
            recovery=" ".join(second.recovery),
        )
    )


async def drop_second_factor(connection: AsyncConnection, officer: OfficerId) -> bool:
    """Take the second factor away; tell whether there was one."""
    done = await connection.execute(
        update(officers)
        .where(officers.c.id == officer, officers.c.totp_secret != "")
        .values(totp_secret="", totp_step=0, recovery="")
    )
    return done.rowcount == 1


async def use_step(connection: AsyncConnection, officer: OfficerId, step: int) -> bool:
    """Use up a step of the clock; of two who try at once, one does."""
    done = await connection.execute(
        update(officers)
        .where(officers.c.id == officer, officers.c.totp_step < step)
        .values(totp_step=step)
    )
    return done.rowcount == 1


async def set_recovery(
    connection: AsyncConnection,
    officer: OfficerId,
    codes: Sequence[str],
    *,
    instead: Sequence[str],
) -> bool:
    """Write recovery codes in the place of others; tell whether those still stood there."""
    done = await connection.execute(
        update(officers)
        .where(officers.c.id == officer, officers.c.recovery == " ".join(instead))
        .values(recovery=" ".join(codes))
    )
    return done.rowcount == 1
