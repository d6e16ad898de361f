"""Use case: do something that is remembered, the act and its entry in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.officials.audit import By, Deed
from bot.officials.redaction import redacted
from bot.storage import audit_rows
from bot.storage.database import Database

COMMAND_LINE: Final = By(officer=None, actor="command_line")
CLOCKWORK: Final = By(officer=None, actor="clockwork")
# Who it is stands in no entry.
CITIZEN: Final = By(officer=None, actor="citizen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A transaction in which somebody acts at a moment; its deeds are told at its end."""

    connection: AsyncConnection
    now: datetime
    by: By
    deeds: list[Deed] = field(default_factory=list)

    def did(self, deed: Deed) -> None:
        """Remember ``deed`` when the transaction commits; one that fails leaves nothing."""
        self.deeds.append(deed)


@asynccontextmanager
async def acting(database: Database, clock: Clock, by: By) -> AsyncIterator[Acting]:
    """Open a transaction whose deeds join the audit's chain before it commits.

    Raises:
        UnknownDeed: ``bot/officials/data/deeds.toml`` does not name a deed; nothing is stored.
    """
    async with database.writing() as connection:
        doing = Acting(connection=connection, now=clock.now(), by=by)
        yield doing
        await append(connection, doing.deeds, at=doing.now, by=by)


async def append(
    connection: AsyncConnection, deeds: Sequence[Deed], *, at: datetime, by: By
) -> None:
    """Put ``deeds``, redacted, at the end of the chain; last in its transaction."""
    if deeds:
        await audit_rows.append(connection, [redacted(one) for one in deeds], at=at, by=by)
