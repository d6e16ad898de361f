"""What is wrong with a schedule; the words are those an official reads."""

from __future__ import annotations

from typing import Final

from broadcasts.errors import BroadcastError
from broadcasts.schedule.wording import sentence


class BadRule(BroadcastError):
    """A recurrence rule that cannot be gone by; ``why`` is its code."""

    def __init__(self, why: str, rrule: str) -> None:
        """Say in Vietnamese what is wrong with ``rrule``."""
        super().__init__(sentence(why, rule=rrule))
        self.why: Final = why
