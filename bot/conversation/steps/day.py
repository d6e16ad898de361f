"""Whether an office works on the days a message names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from bot.conversation.days import named_days, names_a_date
from bot.conversation.desk import Desk, Turn
from bot.conversation.sides import vietnamese_date
from knowledge.models import DayOff, Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAsked:
    """The days a message names, and the holiday it calls by name."""

    days: tuple[date, ...]
    holiday: DayOff | None

    @classmethod
    def of(cls, turn: Turn, desk: Desk) -> Self:
        """Read them out of a message."""
        today = turn.today
        said = turn.message.text
        # Written out, the words of a date lose its stroke: “thứ hai 7/12” would be another Monday.
        plain = "" if names_a_date(said) else " ".join(turn.meant.text.words)
        days = dict.fromkeys((*named_days(said, today), *named_days(plain, today)))
        holiday = desk.calendar.named(turn.meant.text.words, today)
        return cls(days=tuple(days), holiday=None if days else holiday)

    def __bool__(self) -> bool:
        """Tell whether any day was named."""
        return bool(self.days or self.holiday)

    def told(self, place: Office | None, desk: Desk) -> list[str]:
        """Give a line for each day: a holiday, closed or open, as far as hours are known."""
        lines = [line for day in self.days for line in _lines(day, place, desk)]
        if self.holiday:
            lines += _span(self.holiday, desk)
        return list(dict.fromkeys(lines))


def _lines(day: date, place: Office | None, desk: Desk) -> Iterator[str]:
    weekday = desk.wording.card["weekdays"][str(day.isoweekday())]
    named = f"{weekday[:1].upper()}{weekday[1:]} {vietnamese_date(day)}"
    known = desk.calendar.on(day)
    if known is not None and known.works:
        yield desk.say("day_exchanged", day=named, name=known.name)
    elif known is not None:
        key = "day_holiday" if known.confirmed else "day_holiday_expected"
        yield desk.say(key, day=named, name=known.name)
    elif place is not None and place.hours:
        worked = any(day.isoweekday() in span.weekdays for span in place.hours)
        yield desk.say("day_open" if worked else "day_closed", day=named)
    if known is not None and known.note:
        yield known.note


def _span(holiday: DayOff, desk: Desk) -> Iterator[str]:
    if holiday.first == holiday.last:
        yield from _lines(holiday.first, None, desk)
        return
    first, last = vietnamese_date(holiday.first), vietnamese_date(holiday.last)
    key = "day_span" if holiday.confirmed else "day_span_expected"
    yield desk.say(key, name=holiday.name, first=first, last=last)
    if holiday.note:
        yield holiday.note
    for ahead in range((holiday.last - holiday.first).days + 1):
        day = holiday.first + timedelta(days=ahead)
        known = desk.calendar.on(day)
        if known is not None and known.works:
            yield from _lines(day, None, desk)
