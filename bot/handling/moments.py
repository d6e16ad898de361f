"""The moments of a case after a step: by all its events, so that no way to them is another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.courses import Course, course_of
from bot.feedback.models import Case
from bot.handling.ports import Clocking, Clockwork
from bot.handling.stepping import By, Step, event_of
from bot.storage.case_rows import events_of


async def timed(
    connection: AsyncConnection, clockwork: Clockwork, case: Case, step: Step, by: By
) -> Step:
    """Give a step with the moments that follow from it, and the day that citizens may be told.

    Raises:
        NotAllowed: the table of moves has no such step in the case's state.
    """
    course = await course_so_far(connection, case)
    after = _as_changed(case, step.changes)
    course = course.after(event_of(case, step, by))
    reckoned = clockwork.reckoned(after, course)
    due = reckoned.due_at.isoformat() if reckoned.due_at and reckoned.is_told else None
    return replace(
        step,
        changes={**step.changes, **_columns(reckoned, course)},
        data={**step.data, **({"due": due} if due else {})},
    )


async def course_so_far(connection: AsyncConnection, case: Case) -> Course:
    """Give what a case's clock went through until now."""
    return course_of(case.received_at, await events_of(connection, case.id))


def _as_changed(case: Case, changes: Mapping[str, Any]) -> Case:
    """Give the case by which the limit is looked up, as it is after the step."""
    known = {"office", "kind", "regime", "topic", "grade", "urgent"}
    return replace(case, **{name: changes[name] for name in known & changes.keys()})


def _columns(reckoned: Clocking, course: Course) -> dict[str, Any]:
    return {
        "due_at": reckoned.due_at,
        "due_rule": reckoned.due_rule,
        "due_set": course.instead is not None,
        "alert_at": reckoned.alert_at,
        "alerted": course.alerted,
        "paused_at": course.pauses[-1].since if course.is_paused else None,
        "left_minutes": reckoned.left_minutes,
        "paused_minutes": reckoned.paused_minutes,
    }
