"""What waits for an officer of the news: texts to approve, to mend, runs and times of the plan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists

from bot.officials.models import OfficerId
from bot.storage.broadcast_tables import broadcast_steps, broadcasts, deliveries, readings, runs
from bot.storage.figure_rows import at
from bot.storage.paging import Query
from bot.storage.pending_rows import Matter, Offices, counted
from bot.storage.plan_tables import plan_entries, plans, slots
from bot.storage.reading_rows import unread_before
from broadcasts.calendar import SlotStatus
from broadcasts.calendar.standing import SOON
from broadcasts.models import BroadcastStatus, DeliveryStatus, PauseReason, RunStatus
from broadcasts.texts import WRITING


def news_to_approve(offices: Offices, officer: OfficerId) -> Query:
    """Count the texts at ``offices`` that wait for ``officer``, who wrote in none of them."""
    submitted = broadcasts.c.status == BroadcastStatus.SUBMITTED
    others = ~wrote(officer)
    return counted(
        Matter.NEWS, broadcasts.c.changed_at, submitted, others, *at(broadcasts.c.office, offices)
    )


def news_returned(officer: OfficerId) -> Query:
    """Count the texts in which ``officer`` wrote and that were sent back."""
    returned = broadcasts.c.status == BroadcastStatus.RETURNED
    return counted(Matter.NEWS_RETURNED, broadcasts.c.changed_at, returned, wrote(officer))


def runs_missed(offices: Offices) -> Query:
    """Count the runs at ``offices`` that missed their time, of which a person is to decide."""
    missed = runs.c.status == RunStatus.MISSED
    return counted(Matter.MISSED, runs.c.due_at, missed, *at(runs.c.office, offices))


def runs_stopped(offices: Offices) -> Query:
    """Count the runs at ``offices`` that the program let rest by itself."""
    resting = and_(runs.c.status == RunStatus.PAUSED, runs.c.reason == PauseReason.ERRORS)
    return counted(Matter.STOPPED, runs.c.due_at, resting, *at(runs.c.office, offices))


def uncertain(offices: Offices, since: datetime) -> Query:
    """Count the deliveries of runs due ``since`` then of which nobody knows whether they came."""
    return counted(
        Matter.UNCERTAIN,
        runs.c.due_at,
        deliveries.c.status == DeliveryStatus.UNCERTAIN,
        deliveries.c.run == runs.c.id,
        runs.c.due_at >= since,
        *at(runs.c.office, offices),
    )


def readings_to_tick(offices: Offices, now: datetime) -> Query:
    """Count the readings over the loudspeakers that were due and are not ticked."""
    return counted(Matter.READINGS, readings.c.due_at, *unread_before(offices, now))


def slots_late(offices: Offices, today: date) -> Query:
    """Count the times of plans in force at ``offices`` that are over and not done."""
    return _slots(Matter.LATE, offices, slots.c.last_on < today.isoformat())


def slots_soon(offices: Offices, today: date) -> Query:
    """Count the times of plans in force at ``offices`` whose last day comes up in a week."""
    ahead = slots.c.last_on >= today.isoformat()
    soon = slots.c.last_on <= (today + SOON).isoformat()
    return _slots(Matter.SOON, offices, and_(ahead, soon))


def _slots(matter: Matter, offices: Offices, when: ColumnElement[bool]) -> Query:
    return counted(
        matter,
        plans.c.made_at,
        plans.c.status == "in_force",
        plan_entries.c.plan == plans.c.id,
        slots.c.entry == plan_entries.c.id,
        slots.c.status == SlotStatus.OPEN,
        when,
        *at(plans.c.office, offices),
    )


def wrote(officer: OfficerId) -> ColumnElement[bool]:
    """Give the condition that ``officer`` put words into a text."""
    steps = broadcast_steps.c
    own = (steps.broadcast == broadcasts.c.id, steps.officer == officer)
    return exists().where(*own, steps.step.in_(sorted(WRITING)))
