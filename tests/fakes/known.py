"""What is known and set, changed by the tests as offices would, and the clockwork over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.handling.clockwork import OfficeClockwork
from bot.officials.office_entries import Entry, Stood
from knowledge.models import Office, OfficeCode, OpeningHours, Snapshot

WORKED = (1, 2, 3, 4, 5)
HOURS = (
    OpeningHours(weekdays=WORKED, opens="07:30", closes="11:30"),
    OpeningHours(weekdays=WORKED, opens="13:30", closes="17:30"),
)


def an_office(code: str, *, parent: str = "", hours: tuple[OpeningHours, ...] = ()) -> Office:
    above = OfficeCode(parent) if parent else None
    return Office(code=OfficeCode(code), name=code, province="48", parent=above, hours=hours)


class Known:
    """An office called ``xa`` with a unit ``ban`` below it, where nothing is set yet."""

    def __init__(self) -> None:
        offices = (an_office("xa", hours=HOURS), an_office("ban", parent="xa"))
        self.snapshot = Snapshot(offices=offices)
        self.stood = Stood()
        self.clockwork = OfficeClockwork(lambda: self.snapshot, lambda: self.stood)

    def set(self, key: str, value: Mapping[str, Any], office: str = "xa") -> None:
        entry = Entry(office=office, key=key, value=value)
        self.stood = Stood(entries=(*self.stood.entries, entry))
