"""Use case of the clock: what is due becomes a run with its ledger, in one transaction.

A schedule that is due is held with its broadcast, so two processes come one after the other, and
``UNIQUE (schedule, due_at)`` holds even where they did not; who dies between two steps leaves the
schedule due. After a standstill the newest time alone counts: older ones are let go, and counted
in the audit. Past its grace the newest is a ``missed`` run, of which a person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import structlog

from bot.casework.deeds import CLOCKWORK, Acting, acting
from bot.clock import Clock
from bot.newsroom.realm import Realm
from bot.newsroom.recipients import planner
from bot.newsroom.telling import tell
from bot.officials.audit import Deed
from bot.storage import run_rows
from bot.storage.broadcast_rows import hold_broadcast
from bot.storage.database import Database
from bot.storage.occurrence_rows import add_run
from bot.storage.schedule_rows import (
    cancel_schedules,
    due_schedules,
    find_schedule,
    set_next_due,
    take_due,
)
from broadcasts.models import BroadcastStatus, RunId, RunStatus
from broadcasts.schedule.models import Schedule, ScheduleId
from broadcasts.schedule.planning import Due, due_now, moved
from broadcasts.texts import Broadcast, Step

log = structlog.get_logger()
DEEDS: Final = {RunStatus.RUNNING: "run_begun", RunStatus.MISSED: "run_missed"}


async def dispatch(database: Database, clock: Clock, realm: Callable[[], Realm]) -> int:
    """Begin every run that is due; give how many schedules were gone on with.

    What fails for one schedule is logged and left for the next time; the others go on.
    """
    async with database.reading() as connection:
        due = await due_schedules(connection, clock.now())
    done = 0
    for number in due:
        try:
            async with acting(database, clock, CLOCKWORK) as doing:
                done += await go_on(doing, realm(), number)
        except Exception:  # the others do not wait for it
            log.exception("schedule_not_dispatched", schedule=number)
    return done


async def go_on(acting: Acting, realm: Realm, number: ScheduleId) -> bool:
    """Do what is due about one schedule; tell whether it was this one's to do."""
    known = await find_schedule(acting.connection, number)
    if known is None:
        return False
    # Held in the order in which officers' acts hold them.
    broadcast = await hold_broadcast(acting.connection, known.broadcast, wait=False)
    if broadcast is None:
        return False
    schedule = await take_due(acting.connection, number, acting.now)
    if schedule is None:
        return False
    if not _may_go_out(broadcast, schedule):
        called_off = await cancel_schedules(acting.connection, broadcast.id)
        after = {"schedules": len(called_off)}
        await tell(acting, broadcast, Step.CANCELLED, version=schedule.version, after=after)
        log.warning("schedule_without_approval", schedule=number)
        return True
    await begin(acting, realm, broadcast, schedule)
    return True


async def begin(acting: Acting, realm: Realm, broadcast: Broadcast, schedule: Schedule) -> None:
    """Make the run of a schedule that is held and due, or put it off to when it may begin."""
    hours = realm.hours(broadcast.office, urgent=broadcast.urgent)
    if schedule.next_due_at is None:
        raise AssertionError("what is due has its time")
    due = due_now(schedule.timetable, hours, schedule.next_due_at, acting.now)
    allowed = moved(acting.now, hours, schedule.timetable.off_days)
    waits = allowed is not None and allowed > acting.now
    if due.at is not None and not due.missed and waits:
        await set_next_due(acting.connection, schedule.id, allowed)
        return
    if due.at is not None:
        # What was left over until a day nobody works is missed: its own day is past.
        missed = due.missed or allowed is None
        await _run(acting, realm, broadcast, schedule, replace(due, missed=missed))
    await set_next_due(acting.connection, schedule.id, due.then)


async def _run(
    acting: Acting, realm: Realm, broadcast: Broadcast, schedule: Schedule, due: Due
) -> None:
    if due.at is None:
        raise AssertionError("what begins has its time")
    status = RunStatus.MISSED if due.missed else RunStatus.RUNNING
    run = await add_run(
        acting.connection, schedule, broadcast, status, due_at=due.at, at=acting.now
    )
    if run is not None:
        rows = 0 if due.missed else await _planned(acting, realm, run)
        _tell(acting, broadcast, run, _Begun(status=status, rows=rows, due=due))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    status: RunStatus
    rows: int
    due: Due


def _may_go_out(broadcast: Broadcast, schedule: Schedule) -> bool:
    approved = broadcast.status is BroadcastStatus.APPROVED
    return approved and broadcast.version == schedule.version


async def _planned(acting: Acting, realm: Realm, number: RunId) -> int:
    run = await run_rows.run_of(acting.connection, number)
    if run is None:
        raise AssertionError("a row just written is there")
    rows = await planner(realm, acting.now)(acting.connection, run)
    await run_rows.note_total(acting.connection, number, rows)
    return rows


def _tell(acting: Acting, broadcast: Broadcast, run: RunId, begun: _Begun) -> None:
    acting.did(
        Deed(
            action=DEEDS[begun.status],
            office=broadcast.office,
            kind="run",
            subject=str(run),
            after={
                "broadcast": int(broadcast.id),
                "status": str(begun.status),
                "rows": begun.rows,
                "due": begun.due.at,
                "passed": begun.due.passed,
            },
        )
    )
