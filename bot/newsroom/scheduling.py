"""Use cases: let an approved text go out, now, later or again and again; call it off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.newsroom import running
from bot.newsroom.realm import Realm
from bot.newsroom.recipients import forecast
from bot.newsroom.refusing import Doubtful, Doubts, Refused
from bot.newsroom.repeating import LOOKED_AT, said_already
from bot.newsroom.telling import held, require, tell
from bot.newsroom.writing import call_off
from bot.storage import run_rows
from bot.storage.broadcast_rows import day_of_slot
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.run_rows import Run
from bot.storage.schedule_rows import add_schedule, find_schedule, in_turn, schedules_of
from broadcasts.approval import Act, Refusal
from broadcasts.composing.likeness import guards
from broadcasts.models import RunId, RunStatus, ScheduleStatus
from broadcasts.schedule.models import Schedule, Timetable
from broadcasts.schedule.planning import Hours, dues
from broadcasts.schedule.rules import checked
from broadcasts.texts import Broadcast, Step, Version

# When news of a plan go out unless somebody chooses otherwise.
MORNING: Final = time(8, 0)
# Between choosing a minute and sending the form.
LATE: Final = timedelta(minutes=5)
UNDER_WAY: Final = frozenset({RunStatus.RUNNING, RunStatus.PAUSED, RunStatus.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """What somebody confirmed: how many they believe it goes to, and that it goes out again."""

    count: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff:
    """What was ended before its end: schedules, runs, and deliveries that will not be sent."""

    schedules: int = 0
    runs: int = 0
    rows: int = 0


async def start(
    acting: Acting, realm: Realm, number: int, timetable: Timetable, sure: Sure
) -> Schedule:
    """Schedule an approved text; what falls into quiet hours or off days is moved.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is not approved, is scheduled already, or its time is over or never comes.
        Doubtful: somebody has to say first that they are sure.
        BadRule: the rule cannot be gone by.
    """
    broadcast, version, text = await held(acting, number)
    require(text, Act.START, acting)
    if timetable.starts_at < acting.now - LATE:
        raise Refused(Refusal.PAST)
    begins = max(timetable.starts_at, acting.now)
    if timetable.rrule:
        # What comes again comes at a whole minute.
        begins = timetable.starts_at.replace(second=0, microsecond=0)
    timetable = replace(timetable, starts_at=begins)
    return await schedule(acting, realm, broadcast, version, timetable=timetable, sure=sure)


async def schedule(  # noqa: PLR0913 - what a schedule is made of
    acting: Acting,
    realm: Realm,
    broadcast: Broadcast,
    version: Version,
    *,
    timetable: Timetable,
    sure: Sure,
    note: str = "",
) -> Schedule:
    """Write the schedule of a text that is held and may be sent; see ``start``."""
    if timetable.rrule:
        timetable = replace(timetable, rrule=checked(timetable.rrule, timetable.starts_at))
    standing = await schedules_of(acting.connection, broadcast.id)
    if any(one.status is ScheduleStatus.ACTIVE for one in standing):
        raise Refused(Refusal.ALREADY)
    times = _first(timetable, realm.hours(broadcast.office, urgent=broadcast.urgent))
    if not times:
        raise Refused(Refusal.NEVER)
    await in_turn(acting.connection)
    await _require_sure(acting, realm, broadcast, version, times=times, sure=sure)
    made = await add_schedule(
        acting.connection,
        broadcast.id,
        version.number,
        timetable,
        next_due_at=times[0],
        by=acting.by.officer,
        at=acting.now,
    )
    told = {"due": times[0], "rrule": timetable.rrule, "schedule": made}
    after = told | {"recipients": sure.count, "again": sure.again}
    await tell(acting, broadcast, Step.STARTED, version=version.number, after=after, note=note)
    found = await find_schedule(acting.connection, made)
    if found is None:
        raise AssertionError("a row just written is there")
    return found


async def cancel(acting: Acting, number: int, note: str = "") -> CalledOff:
    """End all that is scheduled, goes out or was missed of a broadcast.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: there is nothing to end.
    """
    broadcast, version, _ = await held(acting, number)
    runs, rows = 0, 0
    for one in await occurrences_of(acting.connection, broadcast.id):
        if one.status in UNDER_WAY:
            rows += await running.cancel(acting, one.run, note=note)
            runs += 1
    called = CalledOff(schedules=await call_off(acting, broadcast.id), runs=runs, rows=rows)
    if not called.schedules and not called.runs:
        raise Refused(Refusal.NOTHING)
    after = {"schedules": called.schedules, "runs": called.runs, "rows": called.rows}
    await tell(acting, broadcast, Step.CANCELLED, version=version.number, after=after, note=note)
    return called


async def start_missed(
    acting: Acting, realm: Realm, run: RunId, *, again: bool = False, note: str = ""
) -> None:
    """Let an occurrence that was missed go out now, as soon as its ledger is written.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it was not missed, or somebody decided before.
        Refused: its text is not approved as it was any more.
        Doubtful: other news say the same around now, and ``again`` does not say one is sure.
    """
    found = await _run(acting, run)
    broadcast, version, text = await held(acting, found.broadcast)
    require(text, Act.START, acting)
    if broadcast.version != found.version:
        raise Refused(Refusal.ELSEWHERE)
    await in_turn(acting.connection)
    # That its own rule says it again was confirmed when it was scheduled.
    others = await said_already(acting, realm, version, [acting.now]) - {int(broadcast.id)}
    if others and not again:
        raise Doubtful(Doubts(recipients=0, alike=tuple(sorted(others))))
    await running.start_missed(acting, run, note=note)


async def slot_start(connection: AsyncConnection, broadcast: Broadcast) -> datetime | None:
    """Give when a text that carries out a plan's entry is proposed to go out, if it does."""
    if broadcast.slot is None:
        return None
    day = await day_of_slot(connection, broadcast.slot)
    return None if day is None else datetime.combine(day, MORNING, tzinfo=VIETNAM)


async def _run(acting: Acting, run: RunId) -> Run:
    found = await run_rows.run_of(acting.connection, run)
    if found is None:
        raise running.NoSuchRun("Không có lượt gửi này: xem lại danh sách bản tin.")
    return found


def _first(timetable: Timetable, hours: Hours) -> tuple[datetime, ...]:
    before = timetable.starts_at - timedelta(microseconds=1)
    return tuple(islice(dues(timetable, hours, before), LOOKED_AT))


async def _require_sure(
    acting: Acting,
    realm: Realm,
    broadcast: Broadcast,
    version: Version,
    *,
    times: tuple[datetime, ...],
    sure: Sure,
) -> None:
    told = await forecast(
        acting.connection, realm, version.audience, office=broadcast.office, at=times[0]
    )
    people = told.counted.people
    unsure = people >= guards().threshold and sure.count != people
    others: Collection[int] = ()
    if not sure.again:
        others = await said_already(acting, realm, version, times)
    if unsure or others:
        own = int(broadcast.id)
        alike = tuple(one for one in sorted(others) if one != own)
        doubts = Doubts(recipients=people if unsure else 0, alike=alike, itself=own in others)
        raise Doubtful(doubts)
