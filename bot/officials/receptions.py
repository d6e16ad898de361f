"""When an office receives citizens (lịch tiếp công dân), and the places it sends them on to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final, Self

from bot.officials.hours import FAR, WEEKDAYS, DayKnown
from knowledge.models import OpeningHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """The weekly days on which an office receives citizens, in which room, and who does."""

    hours: tuple[OpeningHours, ...]
    room: str = ""
    who: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read the value of the setting ``reception``: ``{"wednesday": "07:30-11:30", …}``.

        Raises:
            KeyError: something is missing.
            ValueError: the hours of a day cannot be read.
        """
        hours = (
            OpeningHours(weekdays=(number,), opens=opens, closes=closes)
            for number, day in enumerate(WEEKDAYS, start=1)
            for opens, closes in _spans(str(value.get(day, "")))
        )
        return cls(hours=tuple(hours), room=str(value["room"]), who=str(value["who"]))

    @property
    def value(self) -> Mapping[str, Any]:
        """Give the setting's value."""
        days: dict[str, list[str]] = {}
        for number, day in enumerate(WEEKDAYS, start=1):
            for one in self.hours:
                if number in one.weekdays:
                    days.setdefault(day, []).append(f"{one.opens}-{one.closes}")
        told = {day: ", ".join(sorted(spans)) for day, spans in days.items()}
        return {**told, "room": self.room, "who": self.who}

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


def _spans(told: str) -> Iterator[tuple[str, str]]:
    for span in filter(None, told.split(", ")):
        opens, closes = span.split("-")
        yield opens, closes
