"""An officer at the command line: with the rights and by the acts of the console."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from bot.casework.deeds import COMMAND_LINE, Acting, acting
from bot.clock import Clock, SystemClock
from bot.commands.broadcast.reading import Typed, When, timetable_of, wish_of
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.newsroom import approving, running, scheduling, urgency, writing
from bot.newsroom.dispatch import go_on
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import NoSuchBroadcast
from bot.newsroom.scheduling import Sure
from bot.newsroom.whereabouts import Whereabouts, whereabouts
from bot.officials.audit import LONGEST_ACTOR, By
from bot.officials.logins import folded
from bot.officials.models import Grant, Officer
from bot.officials.permissions import Action, may
from bot.settings import Settings
from bot.storage.broadcast_rows import find_broadcast, steps_of
from bot.storage.database import Database
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.officer_rows import find_login, grants_of, officer_of
from bot.storage.opening import open_database
from bot.storage.standing_rows import load_standing
from broadcasts.models import BroadcastStatus, RunStatus
from broadcasts.schedule.models import Occurrence
from broadcasts.texts import Broadcast, Step
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore

RunAct = Callable[[Acting, Occurrence], Awaitable[object]]
ENDED: Final = frozenset({RunStatus.CANCELLED, RunStatus.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody with an account at the command line; without one everything may only be seen."""

    database: Database
    clock: Clock
    realm: Realm
    officer: Officer | None
    grants: tuple[Grant, ...] = ()

    async def create(self, typed: Typed) -> int:
        """Write a draft and give its number."""
        wish = wish_of(typed, self.officer.office if self.officer else "")
        if wish.office not in self.realm.tree.codes:
            known = ", ".join(sorted(self.realm.tree.codes))
            raise _wrong("unknown_office", office=wish.office, known=known)
        self._require(Action.NEWS_PREPARE, wish.office)
        if wish.urgent:
            self._require(Action.NEWS_URGENT, wish.office)
        async with self._acting() as doing:
            return (await writing.create(doing, self.realm, wish, note=typed.reason)).id

    async def submit(self, number: int) -> int:
        """Lay a draft before who may approve it."""
        await self._reach(number, Action.NEWS_PREPARE)
        async with self._acting() as doing:
            await approving.submit(doing, self.realm, number)
        return number

    async def approve(self, number: int, give_back: str) -> int:
        """Approve a text, or return it with a note."""
        broadcast = await self._reach(number, Action.NEWS_APPROVE)
        async with self._acting() as doing:
            if give_back:
                await approving.return_for_changes(doing, number, give_back)
            else:
                await approving.approve(doing, number, version=broadcast.version)
        return number

    async def start(self, number: int, when: When, told: Mapping[str, Any]) -> int:
        """Schedule a text; what is due already becomes a run at once, also with no server up."""
        sure = Sure(count=told["count"], again=told["again"])
        broadcast = await self._reach(number, Action.NEWS_RUN)
        if broadcast.urgent and broadcast.status is BroadcastStatus.DRAFT:
            await self._start_urgent(broadcast, told["reason"], sure)
            return number
        missed = await self._newest(broadcast, {RunStatus.MISSED})
        if missed and not when.at and not when.rrule:
            async with self._acting() as doing:
                await scheduling.start_missed(
                    doing, self.realm, missed[-1].run, note=told["reason"]
                )
            return number
        timetable = timetable_of(when, self.clock.now())
        async with self._acting() as doing:
            made = await scheduling.start(doing, self.realm, number, timetable, sure)
        async with self._acting() as doing:
            await go_on(doing, self.realm, made.id)
        return number

    async def pause(self, number: int, note: str) -> int:
        """Let what goes out rest."""
        return await self._each_run(
            number,
            {RunStatus.RUNNING},
            lambda doing, one: running.pause(doing, one.run, note=note),
        )

    async def resume(self, number: int, note: str) -> int:
        """Let what rests go on."""
        return await self._each_run(
            number,
            {RunStatus.PAUSED},
            lambda doing, one: running.resume(doing, one.run, note=note),
        )

    async def cancel(self, number: int, note: str) -> int:
        """End what goes out and all that is scheduled."""
        await self._reach(number, Action.NEWS_RUN)
        async with self._acting() as doing:
            await scheduling.cancel(doing, number, note)
        return number

    async def retry(self, number: int, note: str) -> int:
        """Send what failed of the newest run again."""
        broadcast = await self._reach(number, Action.NEWS_RUN)
        runs = await self._newest(broadcast, frozenset(RunStatus) - ENDED)
        if not runs:
            raise _wrong("no_run", number=number)
        async with self._acting() as doing:
            await running.retry_failed(doing, runs[-1].run, note=note)
        return number

    async def status(self, number: int) -> int:
        """Look at a broadcast."""
        if self.officer:
            await self._reach(number, Action.NEWS_SEE)
        return number

    async def seen(self, number: int) -> Whereabouts:
        """Tell where a broadcast is."""
        async with self.database.reading() as connection:
            found = await find_broadcast(connection, number)
            if found is None:
                raise NoSuchBroadcast
            return await whereabouts(connection, found)

    async def _start_urgent(self, broadcast: Broadcast, reason: str, sure: Sure) -> None:
        self._require(Action.NEWS_URGENT, broadcast.office)
        if not reason:
            async with self.database.reading() as connection:
                steps = await steps_of(connection, broadcast.id)
            reason = next((one.note for one in steps if one.step is Step.WRITTEN), "")
        async with self._acting() as doing:
            await urgency.start_urgent(doing, self.realm, broadcast.id, reason, sure)

    async def _each_run(self, number: int, among: set[RunStatus], act: RunAct) -> int:
        broadcast = await self._reach(number, Action.NEWS_RUN)
        runs = await self._newest(broadcast, among)
        if not runs:
            raise _wrong("no_run", number=number)
        async with self._acting() as doing:
            for one in runs:
                await act(doing, one)
        return number

    async def _newest(self, broadcast: Broadcast, among: Any) -> list[Occurrence]:  # noqa: ANN401
        async with self.database.reading() as connection:
            found = await occurrences_of(connection, broadcast.id)
        return [one for one in found if one.status in among]

    async def _reach(self, number: int, action: Action) -> Broadcast:
        """Give a broadcast the officer may do ``action`` with; others are not there for them."""
        async with self.database.reading() as connection:
            found = await find_broadcast(connection, number)
        if found is None or not self._covers(found.office):
            raise NoSuchBroadcast
        self._require(action, found.office)
        return found

    def _covers(self, office: str) -> bool:
        return any(self.realm.tree.covers(grant.office, office) for grant in self.grants)

    def _require(self, action: Action, office: str) -> None:
        if not may(self.grants, action, office, self.realm.tree):
            login = self.officer.login if self.officer else ""
            told = words("broadcast")[f"act_{action}"]
            raise _wrong("forbidden", login=login, act=told, office=office)

    def _acting(self) -> AbstractAsyncContextManager[Acting]:
        if self.officer is None:
            raise _wrong("nobody")
        told = f"{self.officer.name} ({self.officer.login})"
        by = By(officer=self.officer.id, actor=told[:LONGEST_ACTOR], address=COMMAND_LINE.actor)
        return acting(self.database, self.clock, by)


async def look(
    settings: Settings, login: str, act: Callable[[Desk], Awaitable[int]]
) -> Whereabouts:
    """Do ``act`` as the officer with ``login``, and tell where its broadcast is.

    Raises:
        CannotBegin: there is no such officer, or they may not do it.
        BroadcastError: it cannot be done.
    """
    async with _entered(settings, login) as desk:
        return await desk.seen(await act(desk))


@asynccontextmanager
async def _entered(settings: Settings, login: str) -> AsyncIterator[Desk]:
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database)
        await publish_shipped(store)
        async with database.reading() as connection:
            stood = await load_standing(connection)
            officer: Officer | None = None
            grants: tuple[Grant, ...] = ()
            if login:
                officer = await _officer(connection, login)
                grants = (await grants_of(connection, [officer.id]))[officer.id]
        realm = Realm.of((await store.layers()).snapshot(), stood)
        yield Desk(
            database=database.unhurried(),
            clock=SystemClock(),
            realm=realm,
            officer=officer,
            grants=grants,
        )


async def _officer(connection: Any, login: str) -> Officer:  # noqa: ANN401 - a connection
    row = await find_login(connection, folded(login))
    if row is None or not row.active:
        raise CannotBegin(words("officer")["unknown"].format(login=login))
    return officer_of(row)


def _wrong(why: str, **gaps: object) -> CannotBegin:
    return CannotBegin(words("broadcast")[why].format(**gaps))
