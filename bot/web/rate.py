"""How often one session may write; a limit per address would punish all behind one router."""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

SESSIONS_REMEMBERED: Final = 20_000


class RateLimit:
    """A bucket of tokens for each session, kept as the moment when it will be full again.

    A bucket holds one minute's worth. Only the sessions seen last are remembered, so the memory
    is bounded; a forgotten session starts with a full bucket. Each process counts for itself.
    """

    def __init__(self, *, per_minute: int, sessions: int = SESSIONS_REMEMBERED) -> None:
        """Allow ``per_minute`` messages a minute to each of at most ``sessions`` sessions."""
        self.interval = timedelta(minutes=1) / per_minute
        self.slack = self.interval * (per_minute - 1)
        self.sessions = sessions
        self.full_at: OrderedDict[str, datetime] = OrderedDict()

    def take(self, session: str, now: datetime) -> int:
        """Take one token and give 0, or give the whole seconds until there is one to take."""
        full_at = max(self.full_at.get(session, now), now)
        if full_at - now > self.slack + self.interval:
            full_at = now  # the clock was set back, which must not lock anybody out
        missing = full_at - now - self.slack
        if missing > timedelta(0):
            return math.ceil(missing.total_seconds())
        self.full_at[session] = full_at + self.interval
        self.full_at.move_to_end(session)
        if len(self.full_at) > self.sessions:
            self.full_at.popitem(last=False)
        return 0
