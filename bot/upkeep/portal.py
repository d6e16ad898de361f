"""One walk through the National portal at a time, over all processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.errors import BotError
from bot.settings import Settings
from bot.storage.database import Database
from bot.upkeep.lease import Lease, held
from knowledge.portal import Manners, PortalClient
from knowledge.repository import SqlSnapshotStore
from knowledge.sync import Phase, SyncReport, Watch, sync

LEASE: Final = "portal"


class WalkLost(BotError):
    """Another process took the walk over; what was stored stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much of the portal is read: with details or not, and of how many procedures."""

    details: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Guarded:
    watch: Watch
    lease: Lease

    async def step(self, phase: Phase, done: int, total: int) -> None:
        if not self.lease.held:
            raise WalkLost
        await self.watch.step(phase, done, total)


async def walk(
    database: Database, settings: Settings, *, clock: Clock, watch: Watch, extent: Extent
) -> SyncReport:
    """Walk through the portal and store what it shows; see ``knowledge.sync``.

    Raises:
        LeaseTaken: another process walks already.
        WalkLost: another process took over meanwhile.
    """
    manners = Manners(
        pause=settings.portal_pause_ms / 1000, back_off=settings.portal_retry_seconds
    )
    async with (
        held(database, LEASE, clock=clock, length=settings.lease_length) as lease,
        PortalClient.opened(settings.portal_url, manners) as portal,
    ):
        return await sync(
            portal,
            SqlSnapshotStore(database),
            at=clock.now(),
            watch=_Guarded(watch, lease),
            details=extent.details,
            limit=extent.limit,
        )
