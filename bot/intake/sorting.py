"""The sorter: takes calls that were kept at the door, reads them, and does what they ask for.

Each person's calls are sorted in the order in which they happened, by one process at a time; what
is done about a call and its end are one transaction. One that fails is tried again, a little later
each time, and then put aside: it stays sealed for a while, and nothing waits behind it. Calls for
an account that no office has are no failures; see ``strays``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Final

import structlog

from bot.casework.deeds import CITIZEN, append
from bot.channels.zalo.envelope import Envelope, opened
from bot.intake.arrivals import SORT, Beside, place_of
from bot.intake.happenings import Happenings, Noted, NotYet, Round
from bot.intake.inbox import WORK
from bot.intake.strays import wait_for_an_office
from bot.storage.arrival_rows import (
    ClaimedArrival,
    claim_arrivals,
    free_arrivals,
    put_off_arrival,
    put_off_untried,
    set_arrivals_aside,
    settle_arrivals,
)
from bot.storage.database import OUT_OF_REACH
from bot.storage.errors import fault_of
from bot.storage.zalo_account_rows import offices_of_accounts

SUBJECTS: Final = 64
MOST: Final = 256
# Seconds.
NAP: Final = 0.5
# The pauses double: a call is given up after some five minutes.
TRIES: Final = 7
FIRST_PAUSE: Final = timedelta(seconds=5)
EARLY_PAUSE: Final = timedelta(seconds=2)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Opened:
    taken: ClaimedArrival
    call: Envelope


class Sorter:
    """Sorts calls; any number of processes may."""

    def __init__(
        self,
        beside: Beside,
        happenings: Happenings,
        *,
        behind: Callable[[], Awaitable[None]],
    ) -> None:
        """Do what ``happenings`` know.

        Before each round it stands ``behind`` the door, whose callers have no time to wait.
        """
        self._beside = beside
        self._happenings = happenings
        self._behind = behind
        self._tried_first = False

    async def sorting(self, stopping: asyncio.Event) -> None:
        """Sort until ``stopping``; a round that was begun is finished."""
        with self._beside.bell.listening(SORT) as ear:
            while not stopping.is_set():
                await self._behind()
                if self._happenings.inbox.is_full or not await self._guarded_round():
                    await ear.wait(NAP)

    async def _guarded_round(self) -> int:
        try:
            return await self.round()
        except OUT_OF_REACH as error:
            log.warning("sorting_failed", error=fault_of(error))
        except Exception:  # the next round begins anew
            log.exception("sorting_failed")
        return 0

    async def round(self) -> int:
        """Sort some calls of up to ``SUBJECTS`` people; give how many were tried."""
        async with self._beside.database.writing() as connection:
            taken = await claim_arrivals(
                connection,
                self._beside.clock.now(),
                subjects=SUBJECTS,
                most=MOST,
                tried_first=self._tried_first,
            )
        self._tried_first = not self._tried_first
        if taken:
            try:
                await self._together(taken)
            except OUT_OF_REACH:
                raise
            except Exception:  # noqa: BLE001 - one of them must not keep back the others
                await self._one_by_one(taken)
        return len(taken)

    async def _one_by_one(self, taken: Sequence[ClaimedArrival]) -> None:
        """Sort each by itself; behind one that fails nothing of the same person is sorted."""
        for _, theirs in groupby(sorted(taken, key=_subject), key=_subject):
            waiting = list(theirs)
            while waiting and await self._tried(waiting[0]):
                waiting.pop(0)
            if waiting[1:]:
                async with self._beside.database.writing() as connection:
                    await free_arrivals(connection, [one.id for one in waiting[1:]])

    async def _tried(self, one: ClaimedArrival) -> bool:
        """Sort a call by itself, or put it off, or aside; tell whether it was ended."""
        try:
            await self._together([one])
        except OUT_OF_REACH:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, others go on
            return await self._failed(one, error)
        return True

    async def _failed(self, one: ClaimedArrival, error: Exception) -> bool:
        # What only waits for others is not given up: a consent that was taken back must be heard.
        over = one.attempts >= TRIES and not isinstance(error, NotYet)
        pause = FIRST_PAUSE * 2 ** (min(one.attempts, TRIES) - 1)
        async with self._beside.database.writing() as connection:
            if not over:
                await put_off_arrival(connection, one.id, self._beside.clock.now(), pause)
            else:
                await set_arrivals_aside(connection, [one.id])
        self._tell(one, error, over=over)
        return over

    def _tell(self, one: ClaimedArrival, error: Exception, *, over: bool) -> None:
        if over:
            self._beside.metrics.sorted.labels("given_up").inc()
        if over or not isinstance(error, NotYet):
            kind = one.arrival.event
            log.error("call_not_sorted", row=one.id, kind=kind, error=fault_of(error))

    async def _together(self, taken: Sequence[ClaimedArrival]) -> None:
        """Sort calls in one transaction."""
        read = [_Opened(one, self._opened(one)) for one in taken]
        ended: dict[Noted, list[_Opened]] = {one: [] for one in Noted}
        async with self._beside.database.writing() as connection:
            doing = Round(connection=connection, now=self._beside.clock.now())
            offices = await offices_of_accounts(connection)
            ours = [one for one in read if one.call.oa in offices]
            await self._happenings.recall(doing, [one.call for one in ours])
            for one in ours:
                noted = await self._happenings.note(doing, one.call, one.taken.arrival.received_at)
                ended[noted].append(one)
            await self._happenings.flush(doing)
            await set_arrivals_aside(connection, _rows(ended[Noted.UNKNOWN]))
            if early := _rows(ended[Noted.EARLY]):
                await put_off_untried(connection, early, doing.now, EARLY_PAUSE)
            await settle_arrivals(connection, _rows(ended[Noted.DONE]))
            strays = {one.taken: one.call.oa for one in read if one.call.oa not in offices}
            gone = await wait_for_an_office(connection, tuple(strays), doing.now)
            await append(connection, doing.deeds, at=doing.now, by=CITIZEN)
        self._count(ended)
        self._count_gone([strays[one] for one in gone])
        self._beside.bell.ring(WORK)

    def _count(self, ended: Mapping[Noted, Sequence[_Opened]]) -> None:
        for noted in (Noted.DONE, Noted.UNKNOWN):
            self._beside.metrics.sorted.labels(noted).inc(len(ended[noted]))
        for one in ended[Noted.UNKNOWN]:
            self._beside.marks.count(one.call.oa, f"unknown:{one.call.event}")

    def _count_gone(self, accounts: Sequence[str]) -> None:
        self._beside.metrics.sorted.labels("given_up").inc(len(accounts))
        for oa in accounts:
            self._beside.marks.count(oa, "no_account")

    def _opened(self, one: ClaimedArrival) -> Envelope:
        arrival = one.arrival
        return opened(
            self._beside.vault.open(arrival.body_sealed, place_of(arrival.channel, arrival.key))
        )


def _rows(calls: Sequence[_Opened]) -> list[int]:
    return [one.taken.id for one in calls]


def _subject(one: ClaimedArrival) -> str:
    return one.arrival.subject
