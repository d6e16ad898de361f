"""Quiet hours, in which nothing begins; by Việt Nam's clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From ``begins`` up to ``ends``, over midnight where it ends earlier; none where equal."""

    begins: time = time(21, 30)
    ends: time = time(6, 30)

    def until(self, at: datetime) -> datetime | None:
        """Give when the quiet hours around ``at`` end; nothing outside of them."""
        here = at.astimezone(VIETNAM)
        if self.begins == self.ends:
            return None
        late, early = here.time() >= self.begins, here.time() < self.ends
        over_night = self.begins > self.ends
        if not ((late or early) if over_night else (late and early)):
            return None
        end = here.replace(
            hour=self.ends.hour, minute=self.ends.minute, second=self.ends.second, microsecond=0
        )
        return end + timedelta(days=1) if over_night and late else end

    def allowed(self, at: datetime) -> datetime:
        """Give the first moment from ``at`` on that is not quiet."""
        return self.until(at) or at


NEVER_QUIET: Final = QuietHours(begins=time(0), ends=time(0))
