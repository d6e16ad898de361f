"""Who told Zalo to have us forget them: no word from before is kept that comes after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.handling.sealing import Seals
from bot.messages import ChannelName
from bot.storage.withdrawal_rows import note_withdrawal, withdrawals_of


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """Knows people by a digest of ``seals`` alone."""

    seals: Seals

    async def of(
        self, connection: AsyncConnection, people: Collection[Follower]
    ) -> Mapping[Follower, datetime]:
        """Give when those of ``people`` withdrew that did in the last days."""
        digests = {self._digest(one): one for one in people}
        found = await withdrawals_of(connection, ChannelName.ZALO, digests)
        return {digests[digest]: at for digest, at in found.items()}

    async def note(
        self, connection: AsyncConnection, who: Follower, *, at: datetime, now: datetime
    ) -> None:
        """Note that somebody withdrew."""
        await note_withdrawal(connection, ChannelName.ZALO, self._digest(who), at=at, now=now)

    def _digest(self, who: Follower) -> str:
        return self.seals.person_digest(who.address)
