"""A tick: officers are told in their own chat what of the plan comes up, runs out, or is late.

One message a day to each, however many things it names; each thing is told once of each kind. Who
was told today waits for tomorrow, so the tick may come several times a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.casework.telling_officers import tell_officer
from bot.clock import VIETNAM, Clock
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.newsroom.wording import words
from bot.officials.models import OfficerId
from bot.storage.database import Database
from bot.storage.reminder_rows import (
    Open,
    note_reminders,
    open_until,
    reminded_of,
    told_since,
)
from broadcasts.calendar.reminding import AHEAD, ReminderKind, reminder

MOST_NAMED: Final = 8
LONGEST: Final = 120
ORDER: Final = (ReminderKind.LATE, ReminderKind.LAST, ReminderKind.SOON)
Due = tuple[Open, ReminderKind]


class Reminding:
    """Tells officers what is due, by the channels of the house."""

    def __init__(
        self, database: Database, clock: Clock, *, bell: Bell, kept: frozenset[ChannelName]
    ) -> None:
        """``kept`` channels fetch what they are told themselves."""
        self._database = database
        self._clock = clock
        self._bell = bell
        self._kept = kept

    async def remind(self) -> int:
        """Tell each officer what they were not told yet; give how many officers were told."""
        now = self._clock.now()
        here = now.astimezone(VIETNAM)
        told: list[CitizenAddress] = []
        async with self._database.writing() as connection:
            today = await told_since(connection, datetime.combine(here.date(), time(), VIETNAM))
            for officer, due in await _due(connection, here.date()):
                if officer in today:
                    continue
                address = await self._tell(connection, officer, due, now)
                if address is not None:
                    told.append(address)
        for address in told:
            self._bell.ring(address.conversation)
            self._bell.ring(address.channel)
        return len(told)

    async def _tell(
        self, connection: AsyncConnection, officer: int, due: Sequence[Due], now: datetime
    ) -> CitizenAddress | None:
        """Say it where the officer has a chat; without one the first page alone tells it."""
        said = await tell_officer(
            connection, OfficerId(officer), _message(due), at=now, kept=self._kept
        )
        if said is None:
            return None
        pairs = [(one.slot.id, kind) for one, kind in due]
        await note_reminders(connection, officer, pairs, outbox=said.row, at=now)
        return said.address


async def _due(connection: AsyncConnection, today: date) -> Iterable[tuple[int, Sequence[Due]]]:
    found = await open_until(connection, today + AHEAD)
    known = await reminded_of(connection, [one.slot.id for one in found])
    due = [
        (one, kind)
        for one in found
        if (kind := reminder(one.slot, today)) and (one.slot.id, one.officer, kind) not in known
    ]
    ordered = sorted(due, key=lambda pair: pair[0].officer)
    return [
        (officer, sorted(group, key=lambda pair: ORDER.index(pair[1])))
        for officer, group in groupby(ordered, key=lambda pair: pair[0].officer)
    ]


def _message(due: Sequence[Due]) -> Reply:
    say = words("reminder")
    lines = [
        say[kind].format(
            due=_dated(one.slot.due_on),
            last=_dated(one.slot.last_on),
            content=_short(one.content),
        )
        for one, kind in due[:MOST_NAMED]
    ]
    left = len(due) - MOST_NAMED
    more = [say["more"].format(count=left)] if left > 0 else []
    return Reply("\n".join([say["head"], *lines, *more, say["foot"]]))


def _dated(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST else f"{joined[: LONGEST - 1].rstrip()}…"
