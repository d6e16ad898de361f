"""The form of readings over the loudspeakers, and what their lists show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Final

from bot.console.fields import Day, Kind, Words, Wrong
from bot.console.forms import Faulty
from bot.console.words import say
from bot.officials.typed_hours import times_of_day
from broadcasts.readings import AirTime, Reading, ReadingStanding, Round, Unfit

LONGEST_HOURS: Final = 200
LONGEST_STATION: Final = 200
# Under which field of the form a fault is told.
PLACES: Final = {
    Unfit.ORDER: "last",
    Unfit.MANY: "last",
    Unfit.HOURS: "hours",
    Unfit.PAST: "first",
    Unfit.KNOWN: "hours",
    Unfit.EARLY: "read_at",
    Unfit.FUTURE: "read_at",
}


class Hours(Kind):
    """Times of day, parted by commas, semicolons or blanks: 06:15, 17h."""

    def read(self, text: str) -> tuple[time, ...]:
        """Give the times in their order, each once."""
        read = times_of_day(text) if len(text) <= LONGEST_HOURS else None
        if read is None:
            raise Wrong(say("loudspeaker.no_hours"))
        return tuple(sorted(set(read)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundForm:
    """On which days, at which hours and stations (one on a line) a text is to be read."""

    first: Annotated[date, Day()]
    last: Annotated[date | None, Day()] = None
    hours: Annotated[tuple[time, ...], Hours()]
    stations: Annotated[str, Words(0, 4000)] = ""


def round_of(form: RoundForm, everywhere: str) -> Round:
    """Read a form; without a station it is ``everywhere``, without a last day one day.

    Raises:
        Faulty: a station's name is too long.
    """
    lines = (" ".join(line.split()) for line in form.stations.splitlines())
    stations = tuple(dict.fromkeys(filter(None, lines))) or (everywhere,)
    if any(len(one) > LONGEST_STATION for one in stations):
        raise Faulty({"stations": say("loudspeaker.long_station", most=LONGEST_STATION)})
    last = form.last or form.first
    return Round(first=form.first, last=last, hours=form.hours, stations=stations)


def unfit(why: Unfit, air: AirTime | None = None) -> Faulty:
    """Tell why times are not taken, beside the field they stand in; ``air``: what is kept to."""
    hours = {"begins": f"{air.begins:%H:%M}", "ends": f"{air.ends:%H:%M}"} if air else {}
    return Faulty({PLACES[why]: say(f"loudspeaker.unfit_{why}", **hours)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReading:
    """A reading, where it stands now, and what is proposed as the moment it was read."""

    reading: Reading
    standing: ReadingStanding
    read_at: datetime


def shown_reading(reading: Reading, now: datetime) -> ShownReading:
    """Tell where a reading stands."""
    return ShownReading(
        reading=reading, standing=reading.standing(now), read_at=min(reading.due_at, now)
    )
