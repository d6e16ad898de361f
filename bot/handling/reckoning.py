"""A tick: when hours, days off or limits change, what is due is reckoned anew, case by case.

Whatever was overdue stays so: no longer limit makes it timely again. A citizen hears of it only
when the day they were told is another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM, Clock
from bot.feedback.models import Case, CaseId, Remark
from bot.feedback.moves import Author
from bot.handling.moments import timed
from bot.handling.ports import Clockwork
from bot.handling.stepping import By, Step, stepped
from bot.storage.database import Database
from bot.storage.open_case_rows import take_timely

# Citizens write meanwhile: a portion takes about as long as storing some of their messages.
AT_ONCE: Final = 50
FIRST: Final = CaseId(0)


@dataclass(kw_only=True)
class Reckoning:
    """Goes through all open cases after each change, and once when the program starts."""

    database: Database
    clock: Clock
    clockwork: Callable[[], Clockwork]
    _state: object = field(default=None, init=False)
    # The last case looked at; nothing once all were.
    _after: CaseId | None = field(default=None, init=False)

    async def reckon(self) -> int:
        """Look at the next ``AT_ONCE`` cases; give how many are due at another moment now."""
        state = self.clockwork().state
        if state is not self._state:
            self._state, self._after = state, FIRST
        if self._after is None:
            return 0
        now = self.clock.now()
        async with self.database.writing() as connection:
            portion = await take_timely(connection, now, AT_ONCE, after=self._after)
            moved = [await self._moved(connection, case, now) for case in portion]
        self._after = portion[-1].id if len(portion) == AT_ONCE else None
        return sum(moved)

    async def _moved(self, connection: AsyncConnection, case: Case, now: datetime) -> bool:
        step, by = Step(did=Remark.DUE_RECKONED), By(author=Author.CLOCK, at=now)
        timely = await timed(connection, self.clockwork(), case, step, by)
        due = timely.changes["due_at"]
        if due == case.due_at:
            return False
        told = "due" in timely.data and _day(due) != _day(case.due_at)
        await stepped(connection, case, replace(timely, public=told), by)
        return True


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y}" if at else ""
