"""Use case: what is kept of persons goes when its time is over, each use of it by its own rule.

How long each is kept are rows of ``bot.feedback.limits``, which an office may shorten. What goes
by the night goes in portions, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.casework.deeds import acting
from bot.clock import Clock
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import Purpose, retention
from bot.handling.old_rows import ENDINGS
from bot.officials.audit import By, Deed
from bot.storage.database import Database
from bot.storage.keeping_rows import Ages
from bot.storage.kept_rows import Run, count_old, last_runs, note_run

KIND: Final = "keeping"
# A machine that was off by night does it by day.
MISSED: Final = timedelta(hours=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What of a purpose is old, or was: how many rows, and since when the oldest counts."""

    purpose: Purpose
    count: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Counts what is old and erases it; ``times`` gives what the offices have set just now.

    ``at_once`` rows go in one transaction; to anonymise a case takes some ten statements.
    """

    database: Database
    clock: Clock
    times: Callable[[], OfficeTimes]
    at_once: int = 100

    async def old(self) -> tuple[Old, ...]:
        """Count what would go now, and change nothing."""
        found = []
        async with self.database.reading() as connection:
            for purpose, ending in ENDINGS.items():
                rows = ending.rows(self._ages(purpose), self.clock.now())
                count, since = await count_old(connection, rows)
                found.append(Old(purpose=purpose, count=count, since=since))
        return tuple(found)

    async def erase(self, by: By, purposes: Collection[Purpose] = ENDINGS) -> tuple[Old, ...]:
        """Erase what is old in portions and remember how much went; a second time nothing does."""
        gone = [await self._erase_all(purpose, by) for purpose in purposes]
        told = {str(one.purpose): one.count for one in gone if one.count}
        if told:
            async with acting(self.database, self.clock, by) as doing:
                doing.did(Deed(action="data_erased", office="", kind=KIND, subject="", after=told))
        return tuple(gone)

    async def last(self) -> Mapping[str, Run]:
        """Give when each purpose was looked after last, and how much went then."""
        async with self.database.reading() as connection:
            return await last_runs(connection)

    async def is_missed(self) -> bool:
        """Tell whether the last night went by without a run."""
        run = (await self.last()).get(Purpose.HANDLE_CASE)
        return run is None or self.clock.now() - run.at >= MISSED

    async def _erase_all(self, purpose: Purpose, by: By) -> Old:
        ending, gone, now = ENDINGS[purpose], 0, self.clock.now()
        rows = ending.rows(self._ages(purpose), now)
        while True:
            async with acting(self.database, self.clock, by) as doing:
                done = await ending.erase(doing, rows, self.at_once)
                gone += done
                await note_run(doing.connection, purpose, Run(at=now, count=gone))
            if done < self.at_once:
                return Old(purpose=purpose, count=gone)
            await self.database.let_others_write()

    def _ages(self, purpose: Purpose) -> Ages:
        """Give before which moment data of a purpose is old, by what each office has set."""
        now, times = self.clock.now(), self.times()
        longest = retention(purpose) or timedelta.max
        own = {office: times.kept(office, purpose) or longest for office in times.offices}
        return Ages(
            everywhere=now - longest,
            own={office: now - kept for office, kept in own.items() if kept < longest},
        )
