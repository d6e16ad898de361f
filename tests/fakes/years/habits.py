"""Rules of recurrence as people think of them, reckoned day by day; nothing of the program's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Habit:
    """A rule of recurrence as the one who wishes it thinks of it."""

    freq: str
    every: int = 1
    weekdays: tuple[str, ...] = ()
    monthdays: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None

    @property
    def rrule(self) -> str:
        """Write it as programs do."""
        parts = [f"FREQ={self.freq}", f"INTERVAL={self.every}"]
        if self.weekdays:
            parts.append(f"BYDAY={','.join(self.weekdays)}")
        if self.monthdays:
            parts.append(f"BYMONTHDAY={','.join(map(str, self.monthdays))}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)

    def on(self, day: date, first: date) -> bool:
        """Tell whether it falls on ``day``, its first day being ``first``."""
        match self.freq:
            case "DAILY":
                return (day - first).days % self.every == 0
            case "WEEKLY":
                monday, begun = (one - one.weekday() * DAY for one in (day, first))
                wished = self.weekdays or (WEEKDAYS[first.weekday()],)
                is_turn = (monday - begun).days // 7 % self.every == 0
                return is_turn and WEEKDAYS[day.weekday()] in wished
            case _:
                months = (day.year - first.year) * 12 + day.month - first.month
                last = (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
                wished_days = {
                    last.day + 1 + one if one < 0 else one
                    for one in self.monthdays or (first.day,)
                }
                return months % self.every == 0 and day.day in wished_days
