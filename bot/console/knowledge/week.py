"""Opening hours as a grid of days and spans, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Final

from bot.console.forms import Faulty
from bot.console.words import say
from bot.officials.hours import WEEKDAYS
from knowledge.models import OpeningHours

# Spans a day may have, and how many a page shows at least.
MOST_SPANS: Final = 4
FEWEST_SPANS: Final = 2
BEGINNING: Final = "hours."
FEWEST_IN_A_ROW: Final = 3
Times = Mapping[str, time | str]
Span = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One span of a day in a form: the names of its two fields and what they hold."""

    day: str
    span: int
    opens: str = ""
    closes: str = ""

    @property
    def name(self) -> str:
        """What both fields' names begin with."""
        return f"{BEGINNING}{self.day}.{self.span}"


def known_cells() -> Mapping[str, object]:
    """Give what may follow ``BEGINNING`` in a form."""
    return {
        f"{day}.{span}.{side}": None
        for day in WEEKDAYS
        for span in range(1, MOST_SPANS + 1)
        for side in ("opens", "closes")
    }


def grid(hours: Sequence[OpeningHours]) -> tuple[tuple[Cell, ...], ...]:
    """Give a row of cells for each day of the week."""
    days = [_spans(hours, number) for number in range(1, len(WEEKDAYS) + 1)]
    width = max(FEWEST_SPANS, *map(len, days))
    return tuple(
        tuple(
            Cell(day=day, span=span, opens=opens, closes=closes)
            for span, (opens, closes) in enumerate(_filled(spans, width), start=1)
        )
        for day, spans in zip(WEEKDAYS, days, strict=True)
    )


def read_grid(times: Times) -> tuple[OpeningHours, ...]:
    """Give the hours of a form; days that are open alike stand together.

    Raises:
        Faulty: a span is half told, ends before it begins, or begins before the last ended.
    """
    faults: dict[str, str] = {}
    by_span: dict[Span, list[int]] = {}
    for number, day in enumerate(WEEKDAYS, start=1):
        for span in _checked(day, times, faults):
            by_span.setdefault(span, []).append(number)
    if faults:
        raise Faulty(faults)
    return tuple(
        OpeningHours(weekdays=tuple(days), opens=opens, closes=closes)
        for (opens, closes), days in sorted(by_span.items(), key=lambda one: (one[1], one[0]))
    )


def in_words(hours: Iterable[OpeningHours]) -> list[str]:
    """Give each span with its days, as a page lists them."""
    return [
        say(
            "contacts.hours_span",
            days=_days(one.weekdays),
            opens=one.opens,
            closes=one.closes,
        )
        for one in hours
    ]


def _days(numbers: Sequence[int]) -> str:
    """Give days as people tell them: from one to another where none is left out between."""
    names = [say(f"contacts.{WEEKDAYS[number - 1]}") for number in numbers]
    in_a_row = list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
    if in_a_row and len(numbers) >= FEWEST_IN_A_ROW:
        return say("contacts.days_span", first=names[0], last=names[-1])
    return ", ".join(names)


def _spans(hours: Iterable[OpeningHours], number: int) -> list[Span]:
    return sorted((one.opens, one.closes) for one in hours if number in one.weekdays)


def _filled(spans: Sequence[Span], width: int) -> Iterator[Span]:
    yield from spans
    yield from [("", "")] * (width - len(spans))


def _checked(day: str, times: Times, faults: dict[str, str]) -> list[Span]:
    found: list[tuple[str, time, time]] = []
    for span in range(1, MOST_SPANS + 1):
        name = f"{day}.{span}"
        opens, closes = times.get(f"{name}.opens", ""), times.get(f"{name}.closes", "")
        if isinstance(opens, time) and isinstance(closes, time):
            if closes <= opens:
                faults[f"{BEGINNING}{name}.closes"] = say("contacts.order")
            found.append((name, opens, closes))
        elif opens or closes:
            faults[f"{BEGINNING}{name}.closes"] = say("contacts.half")
    for (_, _, closed), (name, opens, _) in pairwise(found):
        if opens < closed:
            faults[f"{BEGINNING}{name}.opens"] = say("contacts.overlap")
    return [(f"{opens:%H:%M}", f"{closes:%H:%M}") for _, opens, closes in found]
