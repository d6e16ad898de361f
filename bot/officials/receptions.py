"""When an office receives citizens (lịch tiếp công dân), and the places it sends them on to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final, Self

from bot.officials.hours import FAR, DayKnown
from knowledge.models import OpeningHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """The weekly days on which an office receives citizens, in which room, and who does."""

    hours: tuple[OpeningHours, ...]
    room: str = ""
    who: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read the value of the setting ``reception``.

        Raises:
            KeyError: something is missing.
        """
        hours = tuple(
            OpeningHours(
                weekdays=tuple(map(int, one["weekdays"])),
                opens=str(one["opens"]),
                closes=str(one["closes"]),
            )
            for one in value["hours"]
        )
        return cls(hours=hours, room=str(value["room"]), who=str(value["who"]))

    @property
    def value(self) -> Mapping[str, Any]:
        """Give the setting's value."""
        told = [asdict(one) | {"weekdays": list(one.weekdays)} for one in self.hours]
        return {"hours": told, "room": self.room, "who": self.who}

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week, Monday being 1."""
        return frozenset(day for one in self.hours for day in one.weekdays)

    def days(self, known: DayKnown, today: date) -> Iterator[date]:
        """Give the days from ``today`` on, soonest first, as far ahead as one may look.

        A day off has no reception. A day worked instead of another takes its hours of work, not
        its reception: citizens know that by the day of the week.
        """
        for day in (today + timedelta(days=ahead) for ahead in range(FAR + 1)):
            told = known(day)
            if day.isoweekday() in self.weekdays and (told is None or told.works):
                yield day


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A place an office sends matters on to: another authority, a court, an enterprise."""

    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read the value of a setting ``body:<id>``.

        Raises:
            KeyError: something is missing.
        """
        return cls(**{name: str(value[name]) for name in BODY_FIELDS})

    @property
    def value(self) -> Mapping[str, Any]:
        """Give the setting's value."""
        return asdict(self)


BODY_FIELDS: Final = ("name", "address", "phone", "hours")
