"""What waits for an officer of the news: texts to approve, to mend, runs and times of the plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, exists

from bot.officials.models import OfficerId
from bot.storage.broadcast_tables import broadcast_steps, broadcasts, runs
from bot.storage.figure_rows import at
from bot.storage.paging import Query
from bot.storage.pending_rows import Matter, Offices, counted
from bot.storage.plan_tables import plan_entries, plans, slots
from broadcasts.calendar import SlotStatus
from broadcasts.models import BroadcastStatus, RunStatus
from broadcasts.texts import WRITING


def news_to_approve(offices: Offices, officer: OfficerId) -> Query:
    """Count the texts at ``offices`` that wait for ``officer``, who wrote in none of them."""
    submitted = broadcasts.c.status == BroadcastStatus.SUBMITTED
    others = ~_wrote(officer)
    return counted(
        Matter.NEWS, broadcasts.c.changed_at, submitted, others, *at(broadcasts.c.office, offices)
    )


def news_returned(officer: OfficerId) -> Query:
    """Count the texts in which ``officer`` wrote and that were sent back."""
    returned = broadcasts.c.status == BroadcastStatus.RETURNED
    return counted(Matter.NEWS_RETURNED, broadcasts.c.changed_at, returned, _wrote(officer))


def runs_missed(offices: Offices) -> Query:
    """Count the runs at ``offices`` that missed their time, of which a person is to decide."""
    missed = runs.c.status == RunStatus.MISSED
    return counted(Matter.MISSED, runs.c.due_at, missed, *at(runs.c.office, offices))


def slots_late(offices: Offices, today: date) -> Query:
    """Count the times of plans in force at ``offices`` that are over and not done."""
    return counted(
        Matter.LATE,
        plans.c.made_at,
        plans.c.status == "in_force",
        plan_entries.c.plan == plans.c.id,
        slots.c.entry == plan_entries.c.id,
        slots.c.status == SlotStatus.OPEN,
        slots.c.last_on < today.isoformat(),
        *at(plans.c.office, offices),
    )


def _wrote(officer: OfficerId) -> ColumnElement[bool]:
    steps = broadcast_steps.c
    own = (steps.broadcast == broadcasts.c.id, steps.officer == officer)
    return exists().where(*own, steps.step.in_(sorted(WRITING)))
