"""One refresh of an account's tokens: asked for, answered or not, and kept.

Whatever happens in between, what is stored is the newest pair that was heard of. A refresh whose
answer never came may have used up the refresh token, or not: it is asked again with the same, and
only a refusal tells that the pair is lost. A refusal by a number nobody knows is asked about some
more times first: what is wrong with Zalo itself passes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

import structlog

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import OddAnswer, ZaloFault, ZaloRefused, ZaloUnreachable
from bot.channels.zalo.pairs import Held, Pair, StoreClosed, TokenFault, TokenStore
from bot.clock import Clock

# Seconds between two tries at a Zalo that cannot be reached.
FIRST_REST: Final = 30.0
LONGEST_REST: Final = 900.0
# Tries more after a refusal by an unknown number: with the rests some eight minutes.
DOUBTS: Final = 4
# Seconds between two tries to keep a pair; nothing is worth more than it is just then.
FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 15.0
# Each takes two connections of the database for as long as Zalo takes to answer.
AT_ONCE: Final = 2
# Somebody is told when nothing can be refreshed and the access token ends so soon.
WORRYING: Final = timedelta(hours=2)
log = structlog.get_logger()


class Refresher(Protocol):
    """Gives the next pair; see ``OAuth``."""

    async def refresh(self, refresh: str) -> Pair:
        """Give the pair after the one of ``refresh``."""
        ...


@dataclass(frozen=True, slots=True)
class _Rest:
    until: float
    length: float
    doubts: int


class Refreshing:
    """Refreshes accounts, one try at a time; see the module."""

    def __init__(
        self,
        store: TokenStore,
        oauth: Refresher,
        *,
        clock: Clock,
        elapsed: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep pairs in ``store``; ``elapsed`` gives seconds nobody can set back."""
        self._store = store
        self._oauth = oauth
        self._clock = clock
        self._elapsed = elapsed
        self._sleep = sleep
        self._rests: dict[str, _Rest] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def refresh(self, seen: Held, *, insists: bool) -> None:
        """Put the next pair in the place of ``seen``, unless another stands there already.

        Nothing is asked while a rest lasts or a consent is needed, unless somebody ``insists``.
        """
        try:
            async with self._room, self._store.alone(seen.oa_id):
                held = await self._store.held(seen.oa_id)
                is_same = held is not None and held.generation == seen.generation
                if held and is_same and self._may_ask(held, insists=insists):
                    await self._ask(held)
        except StoreClosed as error:
            log.warning("zalo_token_not_refreshed", account=seen.oa_id, error=str(error))

    def _may_ask(self, held: Held, *, insists: bool) -> bool:
        if not held.refresh or held.status is AccountStatus.OFF:
            return False
        rest = self._rests.get(held.oa_id)
        is_resting = rest is not None and self._elapsed() < rest.until
        return insists or (held.status is AccountStatus.CONNECTED and not is_resting)

    async def _ask(self, held: Held) -> None:
        at = self._clock.now()
        await self._store.ask(held)
        try:
            pair = await self._oauth.refresh(held.refresh)
        except ZaloRefused as fault:
            if self._may_pass(held.oa_id, fault):
                await self._unreached(held, fault, at)
            else:
                await self._refused(held, fault, at)
        except (ZaloUnreachable, OddAnswer) as fault:
            await self._unreached(held, fault, at)
        else:
            await self._keep(held, pair, at)

    async def _keep(self, held: Held, pair: Pair, at: datetime) -> None:
        """Keep the pair, if it takes hours: Zalo knows no other from now on."""
        pause = FIRST_PAUSE
        while not await self._is_settled(held, pair, at):
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self._rests.pop(held.oa_id, None)

    async def _is_settled(self, held: Held, pair: Pair, at: datetime) -> bool:
        try:
            is_kept = await self._store.keep(held, pair, at=at)
        except StoreClosed as error:
            log.critical("zalo_pair_not_kept_yet", account=held.oa_id, error=str(error))
            return False
        log.info("zalo_token_refreshed", account=held.oa_id, kept=is_kept)
        return True

    def _may_pass(self, oa_id: str, fault: ZaloRefused) -> bool:
        rest = self._rests.get(oa_id)
        is_new = rest is None or rest.doubts < DOUBTS
        return fault.code.kind is Kind.BACK_OFF or (not fault.code.known and is_new)

    async def _refused(self, held: Held, fault: ZaloRefused, at: datetime) -> None:
        self._rests.pop(held.oa_id, None)
        why = _reason(held, at)
        if await self._store.give_up(held, why, at=at):
            log.error("zalo_consent_needed", account=held.oa_id, why=why, answer=str(fault))

    async def _unreached(self, held: Held, fault: ZaloFault, at: datetime) -> None:
        self._rest(held.oa_id, doubts=isinstance(fault, ZaloRefused))
        log.warning("zalo_token_not_refreshed", account=held.oa_id, error=str(fault))
        if _never_taken(fault) and not held.is_lost:
            await self._store.ask(held, back=True)
        if not held.is_good(at + WORRYING):
            await self._store.complain(held.oa_id, TokenFault.UNREACHABLE, at=at)

    def _rest(self, oa_id: str, *, doubts: int) -> None:
        before = self._rests.get(oa_id)
        length = min(before.length * 2, LONGEST_REST) if before else FIRST_REST
        told = before.doubts + doubts if before else doubts
        self._rests[oa_id] = _Rest(self._elapsed() + length, length, told)


def _reason(held: Held, at: datetime) -> TokenFault:
    if held.is_lost:
        return TokenFault.LOST
    return TokenFault.EXPIRED if held.refresh_until <= at else TokenFault.REFUSED


def _never_taken(fault: ZaloFault) -> bool:
    if isinstance(fault, ZaloUnreachable):
        return fault.never_left
    return isinstance(fault, ZaloRefused) or (isinstance(fault, OddAnswer) and fault.refused)
