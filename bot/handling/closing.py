"""Ticks: silence closes what was answered, and ends what was asked and never replied to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.feedback.models import CaseId
from bot.feedback.moves import Act, Author
from bot.handling.bureau import Bureau
from bot.handling.endings import unanswered
from bot.handling.moments import timed
from bot.handling.stepping import By, Step, stepped
from bot.storage.case_clock_rows import asked_before, forget_closing, to_close
from bot.storage.database import Database

AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Does what silence means; ``bureau`` gives the rules as they are just now."""

    database: Database
    clock: Clock
    bureau: Callable[[], Bureau]

    async def close(self) -> int:
        """Close what was answered long enough ago, portion by portion; give how many."""
        count, more = 0, True
        while more:
            done = await self._close_some()
            count, more = count + done, done == AT_ONCE
        return count

    async def _close_some(self) -> int:
        by = By(author=Author.CLOCK, at=self.clock.now())
        async with self.database.writing() as connection:
            silent = await to_close(connection, by.at, AT_ONCE)
            for case in silent:
                changes = {"closed_at": by.at, "closes_at": None}
                await stepped(connection, case, Step(did=Act.CLOSE, changes=changes), by)
            await forget_closing(connection, by.at)
        return len(silent)

    async def give_up(self) -> int:
        """End what was asked and never replied to in the time of its office; give how many."""
        count, after = 0, CaseId(0)
        while True:
            ended, last = await self._give_up_some(after)
            count += ended
            if last is None:
                return count
            after = last

    async def _give_up_some(self, after: CaseId) -> tuple[int, CaseId | None]:
        """Look at a portion; give how many were ended, and where the next one begins, if any."""
        by, bureau = By(author=Author.CLOCK, at=self.clock.now()), self.bureau()
        ended = 0
        async with self.database.writing() as connection:
            asked = await asked_before(connection, by.at, AT_ONCE, after=after)
            for case in asked:
                since = case.paused_at or by.at
                if bureau.clockwork.gives_up_at(case.office, since) > by.at:
                    continue
                step = unanswered(bureau, case, by.at)
                timely = await timed(connection, bureau.clockwork, case, step, by)
                await stepped(connection, case, timely, by)
                ended += 1
        return ended, asked[-1].id if len(asked) == AT_ONCE else None
