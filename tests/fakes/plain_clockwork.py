"""A clock of cases that counts whole days and nothing else; implements ``Clockwork``."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.clock import VIETNAM
from bot.feedback.alerts import SHARES, Alert
from bot.feedback.courses import Course
from bot.feedback.models import Case
from bot.feedback.wishes import DataWish
from bot.handling.ports import Clocking

DAYS = timedelta(days=3)
MINUTE = timedelta(minutes=1)


class PlainClockwork:
    """Everything is due three days of 24 hours later, what is urgent after one.

    Days in which it stood still are left out.
    """

    @property
    def state(self) -> object:
        return PlainClockwork

    def begun(self, case: Case) -> Clocking:
        return self.reckoned(case, Course(begun_at=case.received_at))

    def reckoned(self, case: Case, course: Course) -> Clocking:
        due, stood = _due(case, course), _stood(course)
        alert = self.alert(case, course)
        if course.is_paused and course.pauses[-1].since < due:
            left = (due - course.pauses[-1].since) // MINUTE
            return Clocking(
                due_rule="plain", left_minutes=left, paused_minutes=stood // MINUTE, is_told=True
            )
        return Clocking(
            due_at=due,
            due_rule="plain",
            alert_at=alert.at if alert else None,
            paused_minutes=stood // MINUTE,
            is_told=True,
        )

    def alert(self, case: Case, course: Course) -> Alert | None:
        due, begin = _due(case, course), course.counts_from
        shares = [one for one in SHARES if one > course.alerted]
        if course.is_paused or not shares:
            return None
        at = due - (due - begin - _stood(course)) * (100 - shares[0]) / 100
        return Alert(share=shares[0], at=at)

    def is_told(self, office: str, due_rule: str) -> bool:  # noqa: ARG002
        return due_rule == "plain"

    def wish_due(self, office: str, wish: DataWish, at: datetime) -> datetime:  # noqa: ARG002
        return at + timedelta(days=20)

    def wish_law(self, office: str, wish: DataWish, at: datetime) -> str:  # noqa: ARG002
        return "Điều 5 Luật mẫu"

    def wish_prolonged(self, office: str, wish: DataWish, due_at: datetime) -> datetime:  # noqa: ARG002
        return due_at + timedelta(days=20)

    def closes_at(self, office: str, answered_at: datetime) -> datetime:  # noqa: ARG002
        return answered_at + timedelta(days=7)

    def gives_up_at(self, office: str, asked_at: datetime) -> datetime:  # noqa: ARG002
        return asked_at + timedelta(days=21)


def _due(case: Case, course: Course) -> datetime:
    due = course.begun_at + (DAYS / 3 if case.grade == "urgent" else DAYS)
    if course.instead is not None:
        due = datetime.combine(course.instead.day, time(17), VIETNAM)
    for pause in course.pauses:
        if pause.until is not None and course.counts_from <= pause.since < due:
            due += pause.until - pause.since
    return due


def _stood(course: Course) -> timedelta:
    ended = [one.until - one.since for one in course.pauses if one.until is not None]
    return sum(ended, timedelta())
