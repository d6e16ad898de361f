"""Everybody's acts in the order of time: people's, the program's, and its standstills."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Final

from sqlalchemy import select

from bot.newsroom.realm import Realm
from bot.officials.office_entries import Entry, Stood
from bot.storage.database import Database
from bot.storage.plan_tables import plan_entries, slots
from knowledge.content import CONTENT_ROOT, read_content
from knowledge.models import Office, Snapshot
from tests.conftest import FrozenClock
from tests.fakes.newsroom import Newsroom
from tests.fakes.years.reckoning import HERE, Almanac, Wanted, due_reminders
from tests.fakes.years.town import Program

# A person's doings: each yields the moment of its next act.
Story = AsyncIterator[datetime]
# After a standstill people come back a little later.
LATER: Final = timedelta(minutes=7)


@dataclass
class Notes:
    """What was wished, done and seen, as those who did it remember."""

    wanted: dict[int, Wanted] = field(default_factory=dict)
    ended: dict[int, datetime] = field(default_factory=dict)
    begun_by_hand: set[int] = field(default_factory=set)
    left: dict[str, list[tuple[datetime, bool]]] = field(default_factory=dict)
    outside: set[int] = field(default_factory=set)
    guarded: int = 0
    reminders: list[tuple[int, int, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """Count one more of something."""
        self.counts[what] = self.counts.get(what, 0) + 1


class Stage:
    """Where everything happens; the clock jumps to whatever comes next."""

    def __init__(
        self,
        database: Database,
        clock: FrozenClock,
        almanac: Almanac,
        offices: Sequence[Office],
        entries: Sequence[tuple[datetime, Entry]],
        seed: int,
    ) -> None:
        self.database = database
        self.clock = clock
        self.almanac = almanac
        self.dice = random.Random(seed)
        self.notes = Notes()
        days = read_content([CONTENT_ROOT / "days_off.toml"]).snapshot.days_off
        self._snapshot = Snapshot(procedures=(), offices=tuple(offices), days_off=days)
        self._entries = entries
        self._realms: dict[int, Realm] = {}
        self.newsroom = Newsroom(database, clock, self.realm())
        self.program = Program(database, clock, self.realm, seed)
        self.program.before_reminding.append(self._expect_reminders)
        self._known: set[tuple[int, int, str]] = set()
        self._reminded: set[tuple[date, int]] = set()
        self._order = count()
        self._next: list[tuple[datetime, int, Story]] = []

    def realm(self) -> Realm:
        """Give the offices with what they have set by now."""
        known = [entry for since, entry in self._entries if since <= self.clock.now()]
        if len(known) not in self._realms:
            stood = Stood(entries=tuple(known))
            self._realms[len(known)] = Realm.of(self._snapshot, stood)
        return self._realms[len(known)]

    def play(self, story: Story) -> None:
        """Let a story begin now; its first step tells when it goes on."""
        self._push(self.clock.now(), story)

    async def run(self, until: datetime) -> None:
        """Let everything happen until a moment."""
        while True:
            at = await self._next_at()
            if at >= until:
                return
            stands = self.almanac.is_down(at)
            if stands and at < stands[1]:
                await self._stand_still(stands[1])
                continue
            self._put(at)
            await self._acts()
            await self.program.step()

    async def _next_at(self) -> datetime:
        at = await self.program.next_at()
        return min(at, self._next[0][0]) if self._next else at

    def _put(self, at: datetime) -> None:
        self.clock.move(at - self.clock.now())
        self.newsroom.realm = self.realm()

    async def _acts(self) -> None:
        while self._next and self._next[0][0] <= self.clock.now():
            _, _, story = heappop(self._next)
            then = await anext(story, None)
            await self.program.wake()
            if then is not None:
                self._push(max(then, self.clock.now()), story)

    async def _stand_still(self, until: datetime) -> None:
        """Come back from a death: nothing has happened meanwhile, what was at work is lost."""
        self._put(until)
        held = [heappop(self._next) for _ in range(len(self._next))]
        for at, _, story in held:
            self._push(until + LATER if at <= until else at, story)
        await self.program.restart()

    async def _expect_reminders(self) -> None:
        """Reckon of what officers are to be told now, from the calendar as it stands."""
        today = self.clock.now().astimezone(HERE).date()
        stands = (
            select(slots.c.id, slots.c.due_on, slots.c.last_on, plan_entries.c.officer)
            .join(plan_entries, plan_entries.c.id == slots.c.entry)
            .where(slots.c.status == "open")
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(stands)).all()
        whose = {row.id: row.officer for row in rows}
        days = ((row.id, *map(date.fromisoformat, (row.due_on, row.last_on))) for row in rows)
        told_today = {officer for day, officer in self._reminded if day == today}
        for number, kind in list(due_reminders(days, today)):
            wish = (number, whose[number], kind)
            if wish not in self._known and whose[number] not in told_today:
                self.notes.reminders.append(wish)
                self._known.add(wish)
                self._reminded.add((today, whose[number]))

    def _push(self, at: datetime, story: Story) -> None:
        heappush(self._next, (at, next(self._order), story))
