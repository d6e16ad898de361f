"""What an office decides about its own work: hours of rest, of loudspeakers, who looks twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.officials.talks import LENGTH

# What is done about a citizen's name and telephone on Telegram (rule ``feedback_telegram``).
LINK: Final = "link"
ASK: Final = "ask"
OFF: Final = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an office decides about its own work; hours are Vietnamese time of day.

    No law states when a commune's loudspeakers speak, provinces and offices do: 6:00 to 21:00
    is what stands until the office says its own, clear of the night's rest (22:00 to 6:00).
    """

    quiet_from: time = time(21, 30)
    quiet_to: time = time(6, 30)
    loud_from: time = time(6, 0)
    loud_to: time = time(21, 0)
    four_eyes: bool = False
    take_over_minutes: int = int(LENGTH / timedelta(minutes=1))
    show_names: bool = False
    case_four_eyes: bool = False
    # Whether cases that were released stand on the public page of this office.
    board: bool = False
    # Of who files feedback on Telegram no personal data are asked by default: that provider's
    # servers keep what is typed. They are sent to the web chat for it, or not heard at all.
    feedback_telegram: str = LINK

    @property
    def take_over(self) -> timedelta:
        """How long a talk is held from an officer's last word."""
        return timedelta(minutes=self.take_over_minutes)

    def quiet_until(self, at: datetime) -> datetime | None:
        """Give when the quiet hours around ``at`` end, or nothing outside of them."""
        here = at.astimezone(VIETNAM)
        if self.quiet_from == self.quiet_to:
            return None
        over_night = self.quiet_from > self.quiet_to
        late, early = here.time() >= self.quiet_from, here.time() < self.quiet_to
        if not ((late or early) if over_night else (late and early)):
            return None
        end = here.replace(
            hour=self.quiet_to.hour, minute=self.quiet_to.minute, second=0, microsecond=0
        )
        return end + timedelta(days=1) if over_night and late else end
