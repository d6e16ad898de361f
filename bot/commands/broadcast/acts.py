"""What the commands do with news: the same acts as the console's pages, for one officer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.casework.deeds import Acting
from bot.commands.broadcast.attaching import attached
from bot.commands.broadcast.entering import Desk, entered, wrong
from bot.commands.broadcast.reading import timetable_of, wish_of
from bot.commands.broadcast.typed import Typed, When
from bot.commands.wording import words
from bot.newsroom import approving, running, scheduling, urgency, writing
from bot.newsroom.carrying_out import carry_out
from bot.newsroom.dispatch import go_on
from bot.newsroom.refusing import NoSuchBroadcast
from bot.newsroom.scheduling import Sure
from bot.newsroom.upcoming import Upcoming, upcoming
from bot.newsroom.whereabouts import Reported, Whereabouts, reported, whereabouts
from bot.officials.permissions import Action
from bot.settings import Settings
from bot.storage.broadcast_rows import find_broadcast, find_version, steps_of
from bot.storage.entry_place_rows import entry_place
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.slot_rows import slot_of
from broadcasts.composing.choosing import kind_told
from broadcasts.models import BroadcastStatus, RunStatus
from broadcasts.schedule.models import Occurrence
from broadcasts.texts import Broadcast, Step, sent_back

RunAct = Callable[[Acting, Occurrence], Awaitable[object]]
# Typed for the time that the plan proposes.
SLOT: Final = "slot"
UNDECIDED: Final = frozenset(
    {BroadcastStatus.DRAFT, BroadcastStatus.RETURNED, BroadcastStatus.SUBMITTED}
)
ENDED: Final = frozenset({RunStatus.CANCELLED, RunStatus.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What somebody at ``desk`` may do; each act gives the number of its broadcast."""

    desk: Desk

    async def create(self, typed: Typed) -> int:
        """Write a draft and give its number; what carries out a plan is of the kind that tells."""
        typed = replace(typed, kind=typed.kind or await self._kind_planned(typed))
        wish = wish_of(typed, self.desk.office)
        if wish.office not in self.desk.realm.tree.codes:
            known = ", ".join(sorted(self.desk.realm.tree.codes))
            raise wrong("unknown_office", office=wish.office, known=known)
        self.desk.require(Action.NEWS_PREPARE, wish.office)
        if wish.urgent:
            self.desk.require(Action.NEWS_URGENT, wish.office)
        files = attached(typed.picture, typed.attach)
        async with self.desk.acting() as doing:
            wish = await files.put_into(doing, wish)
            return (await writing.create(doing, self.desk.realm, wish, note=typed.reason)).id

    async def submit(self, number: int) -> int:
        """Lay a draft before who may approve it."""
        await self.desk.reach(number, Action.NEWS_PREPARE)
        async with self.desk.acting() as doing:
            await approving.submit(doing, self.desk.realm, number)
        return number

    async def approve(self, number: int, give_back: str | None) -> int:
        """Approve a text, or return it with a note."""
        broadcast = await self.desk.reach(number, Action.NEWS_APPROVE)
        async with self.desk.acting() as doing:
            if give_back is not None:
                await approving.return_for_changes(doing, number, give_back)
            else:
                await approving.approve(doing, number, version=broadcast.version)
        return number

    async def start(self, number: int, when: When, told: Mapping[str, Any]) -> int:
        """Schedule a text; what is due already becomes a run at once, also with no server up."""
        sure = Sure(count=told["count"], again=told["again"])
        broadcast = await self.desk.reach(number, Action.NEWS_RUN)
        if broadcast.urgent and broadcast.status is BroadcastStatus.DRAFT:
            await self._start_urgent(broadcast, told["reason"], sure)
            return number
        missed = await self._newest(broadcast, {RunStatus.MISSED})
        if missed and not when.at and not when.rrule:
            async with self.desk.acting() as doing:
                await scheduling.start_missed(
                    doing,
                    self.desk.realm,
                    missed[-1].run,
                    again=sure.again,
                    note=told["reason"],
                )
            return await self._carried_out(number)
        if when.at == SLOT:
            when = replace(when, at=await self._slot_start(broadcast))
        timetable = timetable_of(when, self.desk.clock.now())
        async with self.desk.acting() as doing:
            made = await scheduling.start(doing, self.desk.realm, number, timetable, sure)
        async with self.desk.acting() as doing:
            await go_on(doing, self.desk.realm, made.id)
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
        await self.desk.reach(number, Action.NEWS_RUN)
        async with self.desk.acting() as doing:
            await scheduling.cancel(doing, number, note)
        return await self._carried_out(number)

    async def retry(self, number: int, note: str) -> int:
        """Send what failed of the newest run again; give how many."""
        broadcast = await self.desk.reach(number, Action.NEWS_RUN)
        runs = await self._newest(broadcast, frozenset(RunStatus) - ENDED)
        if not runs:
            raise wrong("no_run", number=number)
        async with self.desk.acting() as doing:
            rows = await running.retry_failed(doing, runs[-1].run, note=note)
        await self._carried_out(number)
        return rows

    async def status(self, number: int) -> int:
        """Look at a broadcast."""
        if self.desk.officer:
            await self.desk.reach(number, Action.NEWS_SEE)
        return number

    async def seen(self, number: int) -> Whereabouts:
        """Tell where a broadcast is."""
        async with self.desk.database.reading() as connection:
            found = await find_broadcast(connection, number)
            if found is None:
                raise NoSuchBroadcast
            return await whereabouts(connection, found)

    async def reported(self, seen: Whereabouts) -> Reported:
        """Tell what is known of the newest run's messages after they were sent."""
        async with self.desk.database.reading() as connection:
            return await reported(connection, seen)

    async def _kind_planned(self, typed: Typed) -> str:
        """Give the kind that the plan's activity tells; a storm is no plan's."""
        if typed.urgent or not (typed.slot or typed.entry):
            return ""
        async with self.desk.database.reading() as connection:
            slot = await slot_of(connection, typed.slot) if typed.slot else None
            entry = slot.entry if slot else typed.entry
            place = await entry_place(connection, entry) if entry else None
        told = kind_told(place.content) if place else None
        return told.code if told else ""

    async def _slot_start(self, broadcast: Broadcast) -> str:
        async with self.desk.database.reading() as connection:
            at = await scheduling.slot_start(connection, broadcast)
        if at is None:
            raise wrong("no_slot", number=broadcast.id)
        return at.isoformat()

    async def remarks(self, number: int) -> tuple[str, ...]:
        """Tell what to look at again in a text that waits to be written to its end."""
        async with self.desk.database.reading() as connection:
            found = await find_broadcast(connection, number)
            if found is None or found.status not in UNDECIDED:
                return ()
            version = await find_version(connection, found.id, found.version)
            back = sent_back(await steps_of(connection, found.id))
        findings = approving.look_over(self.desk.realm, found, version) if version else ()
        notes = [words("broadcast")["sent_back"].format(note=back.note)] if back else []
        return (*notes, *(one.message for one in findings))

    async def _start_urgent(self, broadcast: Broadcast, reason: str, sure: Sure) -> None:
        self.desk.require(Action.NEWS_URGENT, broadcast.office)
        if not reason:
            async with self.desk.database.reading() as connection:
                steps = await steps_of(connection, broadcast.id)
            reason = next((one.note for one in steps if one.step is Step.WRITTEN), "")
        async with self.desk.acting() as doing:
            made = await urgency.start_urgent(doing, self.desk.realm, broadcast.id, reason, sure)
        async with self.desk.acting() as doing:
            await go_on(doing, self.desk.realm, made.id)

    async def _carried_out(self, number: int) -> int:
        """Do at once what the leader would do with the rows, also with no server up."""
        await carry_out(self.desk.database, self.desk.clock, lambda: self.desk.realm)
        return number

    async def _each_run(self, number: int, among: set[RunStatus], act: RunAct) -> int:
        broadcast = await self.desk.reach(number, Action.NEWS_RUN)
        runs = await self._newest(broadcast, among)
        if not runs:
            raise wrong("no_run", number=number)
        async with self.desk.acting() as doing:
            for one in runs:
                await act(doing, one)
        return number

    async def _newest(
        self, broadcast: Broadcast, among: Collection[RunStatus]
    ) -> list[Occurrence]:
        async with self.desk.database.reading() as connection:
            found = await occurrences_of(connection, broadcast.id)
        return [one for one in found if one.status in among]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a broadcast is, what is to come of it, and what to look at again in its text."""

    whereabouts: Whereabouts
    upcoming: Upcoming | None
    remarks: tuple[str, ...]
    reported: Reported


async def look(settings: Settings, login: str, act: Callable[[Acts], Awaitable[int]]) -> Seen:
    """Do ``act`` as the officer with ``login``, and tell where its broadcast is.

    Raises:
        CannotBegin: there is no such officer, or they may not do it.
        BroadcastError: it cannot be done.
    """
    async with entered(settings, login) as desk:
        acts = Acts(desk=desk)
        number = await act(acts)
        seen = await acts.seen(number)
        to_come = upcoming(desk.realm, seen)
        return Seen(
            whereabouts=seen,
            upcoming=to_come,
            remarks=await acts.remarks(number),
            reported=await acts.reported(seen),
        )
