"""A clock of cases that counts whole days and nothing else; implements ``Clockwork``."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.feedback.models import Case
from bot.feedback.wishes import DataWish
from bot.handling.ports import Clocking

DAYS = timedelta(days=3)
MINUTES_OF_A_DAY = 480


class PlainClockwork:
    """Everything is due three days later; of an asked citizen one working day is left."""

    def begun(self, case: Case) -> Clocking:
        due = case.received_at + DAYS
        return Clocking(
            due_at=due, due_rule="plain", alert_at=case.received_at + DAYS / 2, is_told=True
        )

    def is_told(self, office: str, due_rule: str) -> bool:  # noqa: ARG002
        return due_rule == "plain"

    def paused(self, case: Case, at: datetime) -> Clocking:  # noqa: ARG002
        return Clocking(due_rule=case.due_rule, left_minutes=MINUTES_OF_A_DAY)

    def resumed(self, case: Case, left_minutes: int | None, at: datetime) -> Clocking:
        left = timedelta(days=(left_minutes or 0) / MINUTES_OF_A_DAY)
        return Clocking(due_at=at + left, due_rule=case.due_rule, is_told=True)

    def wish_due(self, office: str, wish: DataWish, at: datetime) -> datetime:  # noqa: ARG002
        return at + timedelta(days=20)

    def closes_at(self, office: str, answered_at: datetime) -> datetime:  # noqa: ARG002
        return answered_at + timedelta(days=7)
