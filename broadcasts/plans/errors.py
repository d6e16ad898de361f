"""What keeps a plan from being read."""

from __future__ import annotations

from broadcasts.errors import BroadcastError


class PlanUnreadable(BroadcastError):
    """The file cannot be read as a plan; the message is Vietnamese and says what to do."""
