"""Quiet hours: when a message that nobody waits for would wake people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from bot.clock import VIETNAM


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From ``begin`` to ``end`` by Việt Nam's clock, past midnight when ``begin`` is later."""

    begin: time
    end: time

    def hold(self, now: datetime) -> bool:
        """Tell whether ``now`` lies within; the end itself does not."""
        at = now.astimezone(VIETNAM).time()
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


NIGHT: Final = QuietHours(begin=time(21), end=time(7))
