"""What officers see of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console.actor import Actor
from bot.console.people.doorway import Doorway
from bot.officials.models import Session
from bot.storage.credential_rows import password_set_at, second_factor_of
from bot.storage.session_rows import sessions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """When the password was set, how many recovery codes are left, which sessions are open.

    Without a second factor there are no codes to be left: ``None``.
    """

    password_at: datetime | None
    codes_left: int | None
    sessions: tuple[Session, ...]


async def read_account(doorway: Doorway, actor: Actor, *, idle: timedelta) -> OwnAccount:
    """Read the actor's account; sessions that lay ``idle`` are over."""
    officer = actor.officer.id
    async with doorway.database.reading() as connection:
        second = await second_factor_of(connection, officer)
        return OwnAccount(
            password_at=await password_set_at(connection, officer),
            codes_left=len(second.recovery) if second else None,
            sessions=await sessions_of(connection, officer, now=doorway.clock.now(), idle=idle),
        )
