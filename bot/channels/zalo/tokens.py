"""Gives access tokens, and has them refreshed in time.

A token is read anew each time, as another process may have refreshed it. It is used until its end
though a refresh failed; afterwards, and where a new consent is needed, replies wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import NoToken, ZaloRefused
from bot.channels.zalo.pairs import PASSING, YOUNG, Held, StoreClosed, TokenFault, TokenStore
from bot.channels.zalo.refreshing import Refreshing
from bot.clock import Clock

# Seconds for which the end of the program waits for a pair to be kept.
LAST_MOMENTS: Final = 30.0
# A token that ends so soon is not begun with.
NEARLY_OVER: Final = timedelta(minutes=1)
log = structlog.get_logger()


class Tokens:
    """The tokens of all accounts of an app; see the module."""

    def __init__(self, store: TokenStore, refreshing: Refreshing, clock: Clock) -> None:
        """Read them in ``store``, to which ``refreshing`` brings new ones."""
        self._store = store
        self._refreshing = refreshing
        self._clock = clock
        self._underway: dict[str, asyncio.Task[None]] = {}
        # When another pair was last asked for because a token was refused.
        self._renewed: dict[str, datetime] = {}

    async def access(self, oa_id: str) -> str:
        """Give a token for calls of an account, refreshed if it is over.

        Raises:
            NoToken: there is none now; what was to be said must wait.
        """
        return self._usable(await self._fresh(oa_id))

    async def renewed(self, oa_id: str, refused: str) -> str:
        """Give another token than the one that Zalo ``refused``.

        Raises:
            NoToken: there is none now. So it is when a new one is refused as well: another is
                asked for ten minutes later at the earliest.
        """
        held = await self._held(oa_id)
        if held.access != refused:
            return self._usable(held)
        now = self._clock.now()
        if held.is_young(now) and self._just_renewed(oa_id, now):
            await self._complain(oa_id, TokenFault.USELESS)
            raise NoToken(TokenFault.USELESS)
        self._renewed[oa_id] = now
        held = await self._refreshed(held)
        if held.access == refused:
            await _tried(self._store.spoil(held, at=now))
            raise NoToken(held.status)
        return self._usable(held)

    async def calling(self, oa_id: str, call: Callable[[str], Awaitable[Answered]]) -> Answered:
        """Make a call with a token; where Zalo refuses the token, once more with another.

        Raises:
            ZaloFault: as the call raises; ``NoToken``: it was not made, or surely not taken.
        """
        held = await self._fresh(oa_id)
        token = self._usable(held)
        try:
            answered = await call(token)
        except ZaloRefused as fault:
            if fault.code.kind is not Kind.REFRESH:
                raise
            answered = await call(await self.renewed(oa_id, token))
        if held.fault in PASSING:
            await _tried(self._store.commend(oa_id))
        return answered

    async def tend(self) -> int:
        """Refresh what is due, of every account; give how many were. Called each minute."""
        try:
            known = await self._store.connected()
        except StoreClosed as error:
            log.warning("zalo_tokens_not_tended", error=str(error))
            return 0
        return sum([await self._tended(oa_id) for oa_id in known])

    async def again(self, oa_id: str) -> bool:
        """Refresh at once, even what was given up; tell whether there is a new pair.

        Somebody at the machine asks for it; a page has it done by the next round (``try_again``).

        Raises:
            NoToken: there is nothing to try with.
        """
        before = await self._held(oa_id)
        return (await self._refreshed(before, insists=True)).generation != before.generation

    async def close(self) -> None:
        """Let what is under way end: a pair that was given is kept first."""
        if self._underway:
            await asyncio.wait(self._underway.values(), timeout=LAST_MOMENTS)

    async def _tended(self, oa_id: str) -> bool:
        try:
            held = await self._held(oa_id)
            if not held.is_due(self._clock.now()):
                return False
            return (await self._refreshed(held)).generation != held.generation
        except NoToken as error:
            log.warning("zalo_tokens_not_tended", account=oa_id, error=error.why)
        except Exception:  # the next round comes all the same, and the next account
            log.exception("zalo_tokens_not_tended", account=oa_id)
        return False

    async def _fresh(self, oa_id: str) -> Held:
        held = await self._held(oa_id)
        if held.is_good(self._clock.now() + NEARLY_OVER):
            return held
        return await self._refreshed(held)

    async def _held(self, oa_id: str) -> Held:
        try:
            held = await self._store.held(oa_id)
        except StoreClosed as error:
            raise NoToken("store_closed") from error
        if held is None:
            raise NoToken("no_account")
        if held.status is not AccountStatus.OFF and not held.refresh:
            await self._complain(oa_id, TokenFault.SHUT)
            raise NoToken(TokenFault.SHUT)
        return held

    def _usable(self, held: Held) -> str:
        if not held.is_good(self._clock.now()):
            raise NoToken(held.status)
        return held.access

    async def _refreshed(self, held: Held, *, insists: bool = False) -> Held:
        """Have the pair after ``held`` asked for, by one task for all who want it; read anew."""
        oa_id = held.oa_id
        if held.status is AccountStatus.CONNECTED or insists:
            if oa_id not in self._underway:
                task = asyncio.create_task(self._refreshing.refresh(held, insists=insists))
                self._underway[oa_id] = task
                task.add_done_callback(lambda _: self._underway.pop(oa_id))
            # Who waits may be cancelled; the task may not.
            await asyncio.shield(self._underway[oa_id])
        return await self._held(oa_id)

    def _just_renewed(self, oa_id: str, now: datetime) -> bool:
        last = self._renewed.get(oa_id)
        return last is not None and abs(now - last) < YOUNG

    async def _complain(self, oa_id: str, why: TokenFault) -> None:
        await _tried(self._store.complain(oa_id, why, at=self._clock.now()))


async def _tried(writing: Awaitable[None]) -> None:
    """Write what is no loss when it cannot be written now."""
    try:
        await writing
    except StoreClosed as error:
        log.warning("zalo_fault_not_noted", error=str(error))
