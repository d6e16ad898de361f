"""Tokens of Zalo in memory: the store, held to the contract of the real one, and who gives pairs.

Both can fail where the real ones can, so that a whole life of refreshes is told in milliseconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from bot.channels.zalo import codes
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.faults import ZaloRefused, ZaloUnreachable
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.oauth import REFRESH_LASTS
from bot.channels.zalo.pairs import PASSING, Held, Pair, StoreClosed, TokenFault

LASTS = timedelta(hours=25)


class Killed(BaseException):
    """The process is gone; nothing catches it."""


@dataclass
class MemoryTokens:
    """A ``TokenStore`` of one process.

    ``kills`` says that who keeps a pair dies before; so many ``failures`` to keep one are to come.
    """

    rows: dict[str, Held] = field(default_factory=dict)
    faults: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    is_closed: bool = False
    kills: bool = False
    failures: int = 0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def join(self, oa_id: str, pair: Pair, at: datetime) -> None:
        before = self.rows.get(oa_id)
        number = before.generation + 1 if before else 1
        self.rows[oa_id] = Held(
            oa_id=oa_id,
            status=AccountStatus.CONNECTED,
            access=pair.access,
            refresh=pair.refresh,
            access_until=at + pair.lasts,
            refresh_until=at + REFRESH_LASTS,
            refreshed_at=at,
            generation=number,
            refreshing=number,
        )
        self.faults.pop(oa_id, None)

    @asynccontextmanager
    async def alone(self, oa_id: str) -> AsyncIterator[None]:  # noqa: ARG002 - the port's
        async with self._lock:
            yield

    async def connected(self) -> Sequence[str]:
        self._reach()
        return [key for key, one in self.rows.items() if one.status is AccountStatus.CONNECTED]

    async def held(self, oa_id: str) -> Held | None:
        self._reach()
        row = self.rows.get(oa_id)
        return replace(row, fault=await self.fault(oa_id)) if row else None

    async def ask(self, held: Held, *, back: bool = False) -> None:
        self._change(held, refreshing=held.generation + (not back))

    async def keep(self, held: Held, pair: Pair, *, at: datetime) -> bool:
        if self.kills:
            raise Killed
        if self.failures:
            self.failures -= 1
            raise StoreClosed("disk_full")
        if not self._change(held):
            return False
        before = self.faults.get(held.oa_id)
        self.join(held.oa_id, pair, at)
        if before and before[0] == TokenFault.USELESS:
            self.faults[held.oa_id] = before
        return True

    async def give_up(self, held: Held, why: TokenFault, *, at: datetime) -> bool:
        if not self._change(held, status=AccountStatus.CONSENT_NEEDED):
            return False
        self.faults[held.oa_id] = (why, at)
        return True

    async def spoil(self, held: Held, *, at: datetime) -> None:
        self._change(held, access_until=at)

    async def commend(self, oa_id: str) -> None:
        self._reach()
        if await self.fault(oa_id) in PASSING:
            del self.faults[oa_id]

    async def complain(self, oa_id: str, why: TokenFault, *, at: datetime) -> None:
        self._reach()
        known = self.faults.get(oa_id, ("", at))
        if self.rows[oa_id].status is AccountStatus.CONNECTED and known[0] != why:
            self.faults[oa_id] = (why, at)

    async def fault(self, oa_id: str) -> str:
        return self.faults.get(oa_id, ("", None))[0]

    def _change(self, held: Held, **values: object) -> bool:
        self._reach()
        now = self.rows[held.oa_id]
        if now.generation != held.generation or now.status is AccountStatus.OFF:
            return False
        self.rows[held.oa_id] = replace(now, **values)  # type: ignore[arg-type]
        return True

    def _reach(self) -> None:
        if self.is_closed:
            raise StoreClosed("closed")


class Fate(StrEnum):
    """What becomes of a refresh."""

    OK = "ok"
    REFUSED = "refused"
    LOST = "lost"
    NEVER_CAME = "never_came"
    NEVER_LEFT = "never_left"
    CROWDED = "crowded"
    UNKNOWN = "unknown"


# Numbers of refusals that say nothing of the refresh token.
MAY_PASS = {Fate.CROWDED: -32, Fate.UNKNOWN: -1}


@dataclass
class MemoryZalo:
    """Gives pairs as Zalo does: each refresh token once, the old access token dead at once."""

    fate: Fate = Fate.OK
    asked: int = 0
    newest: Pair | None = None
    is_revoked: bool = False
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def consent(self) -> Pair:
        number = next(self._numbers)
        self.is_revoked = False
        self.newest = Pair(access=f"access{number}", refresh=f"refresh{number}", lasts=LASTS)
        return self.newest

    def takes(self, refresh: str) -> bool:
        """Tell whether a refresh token is the newest there is, and good."""
        newest = self.newest
        return newest is not None and newest.refresh == refresh and not self.is_revoked

    async def refresh(self, refresh: str) -> Pair:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fate in {Fate.NEVER_CAME, Fate.NEVER_LEFT}:
            raise _unreachable(never_left=self.fate is Fate.NEVER_LEFT)
        if self.fate in MAY_PASS:
            raise ZaloRefused(codes.meaning(Host.OAUTH, MAY_PASS[self.fate]))
        if self.fate is Fate.REFUSED:
            self.is_revoked = True
        if not self.takes(refresh):
            raise ZaloRefused(codes.meaning(Host.OAUTH, -14014))
        pair = self.consent()
        if self.fate is Fate.LOST:
            raise _unreachable(never_left=False)
        return pair


def _unreachable(*, never_left: bool) -> ZaloUnreachable:
    return ZaloUnreachable("TimeoutError", host=Host.OAUTH, never_left=never_left)
