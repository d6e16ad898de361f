"""The public board as everybody reads it: of the offices that have one, and nothing private."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.feedback.board.releases import AskedReleases, Release
from bot.feedback.models import CaseId
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Length, Stretch
from bot.handling.reporting import Wanted, reported
from bot.officials.office_entries import Entry
from bot.officials.standing import Standing
from bot.storage.board_rows import newest_releases
from bot.storage.database import Database
from bot.storage.release_rows import find_release
from knowledge.layers import lineage

# Counting a year of a large office takes seconds: as long the same figures are shown.
COUNTED_FOR: Final = timedelta(minutes=10)
RULE: Final = "rule:board"


@dataclass(frozen=True, slots=True)
class Counted:
    """A report, for whom it was counted, and until when it is shown."""

    offices: frozenset[str]
    until: datetime
    report: Report


@dataclass(kw_only=True)
class Board:
    """``bot.web.ports.public.PublicBoard`` over the tables.

    ``times`` gives what is known and set now.
    """

    database: Database
    clock: Clock
    times: Callable[[], OfficeTimes]
    _known: tuple[OfficeTimes, frozenset[str]] | None = None
    _counted: dict[int, Counted] = field(default_factory=dict)
    _counting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_on(self) -> bool:
        """Tell whether any office has a board."""
        return bool(self._offices())

    async def newest(self, asked: AskedReleases, *, limit: int) -> tuple[Release, ...]:
        """Give what is public, the latest answers first."""
        async with self.database.reading() as connection:
            return await newest_releases(connection, self._offices(), asked, limit)

    async def one(self, case: int) -> Release | None:
        """Give one that is public, or was; of what was withdrawn nothing is told."""
        async with self.database.reading() as connection:
            found = await find_release(connection, CaseId(case))
        known = found is not None and found.office in self._offices()
        return found if known else None

    async def report(self, year: int) -> Report:
        """Count a year, as the officials' report counts it; the same for some minutes."""
        async with self._counting:
            now, offices, times = self.clock.now(), self._offices(), self.times()
            kept = self._counted.get(year)
            if kept is None or kept.offices != offices or now >= kept.until:
                wanted = Wanted(
                    reader=None, offices=offices, name="", stretch=Stretch(Length.YEAR, year)
                )
                async with self.database.reading() as connection:
                    report = await reported(connection, wanted, times, now)
                kept = Counted(offices, now + COUNTED_FOR, report)
                self._counted[year] = kept
            return kept.report

    def _offices(self) -> frozenset[str]:
        times = self.times()
        if self._known is None or self._known[0] is not times:
            self._known = (times, _switched_on(times))
        return self._known[1]


def _switched_on(times: OfficeTimes) -> frozenset[str]:
    """Give the offices whose board is on, by their own rule or that of the nearest above."""
    rules: list[Entry] = [one for one in times.stood.entries if one.key == RULE]
    if not rules:
        return frozenset()
    offices = times.snapshot.offices
    return frozenset(
        one.code for one in offices if Standing.of(rules, lineage(offices, one.code)).rules.board
    )
