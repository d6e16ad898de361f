"""What this package needs from others: moments by an office's working time, and its vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.feedback.alerts import Alert
from bot.feedback.courses import Course
from bot.feedback.models import Case
from bot.feedback.wishes import DataWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocking:
    """The moments that follow from a case's limit, as columns of its row.

    ``due_at`` is missing where no limit or no hours are known, and while the clock stands still
    with ``left_minutes`` to go. ``paused_minutes`` it stood still in all so far. ``is_told`` says
    whether citizens may hear the day: a limit of the office's own choice is told once the office
    has confirmed it.
    """

    due_at: datetime | None = None
    due_rule: str = ""
    alert_at: datetime | None = None
    left_minutes: int | None = None
    paused_minutes: int = 0
    is_told: bool = False


class Clockwork(Protocol):
    """Reckons in each office's working time; see ``bot.feedback.due``."""

    @property
    def state(self) -> object:
        """Give what is another object once hours, days off or limits may be others."""
        ...

    def begun(self, case: Case) -> Clocking:
        """Reckon for a case as it was received, graded and classified."""
        ...

    def is_told(self, office: str, due_rule: str) -> bool:
        """Tell whether citizens may hear a day that follows from a limit."""
        ...

    def reckoned(self, case: Case, course: Course) -> Clocking:
        """Reckon for a case by all that its clock went through."""
        ...

    def alert(self, case: Case, course: Course) -> Alert | None:
        """Give the next share of the time of which somebody is to hear; none without a limit."""
        ...

    def wish_due(self, office: str, wish: DataWish, at: datetime) -> datetime:
        """Give until when the law wants a wish about personal data done."""
        ...

    def wish_law(self, office: str, wish: DataWish, at: datetime) -> str:
        """Give the law that wants it as it is said aloud; empty for one that may not be cited."""
        ...

    def wish_prolonged(self, office: str, wish: DataWish, due_at: datetime) -> datetime:
        """Give until when the law lets a wish that is due at a moment be prolonged, once."""
        ...

    def closes_at(self, office: str, answered_at: datetime) -> datetime:
        """Give until when an answered case may be opened again; silence closes it then."""
        ...

    def gives_up_at(self, office: str, asked_at: datetime) -> datetime:
        """Give when a question to the citizen counts as left without a reply."""
        ...
