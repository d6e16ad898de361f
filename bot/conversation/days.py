"""Days as citizens name them: "24/11", "mai", "thứ 7", "nghỉ tết"; and what is known of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from bot.officials.days_off import in_force
from knowledge.models import DayOff
from knowledge.text import fold, words

_DATE: Final = re.compile(
    r"(?<![\d/.-])(?:ngay\s+)?(\d{1,2})\s*(?:/|-|\s+thang\s+)\s*(\d{1,2})"
    r"(?:\s*(?:/|-|\s+nam\s+)\s*(\d{4}))?(?![\d/.-]*\d)"
)
_SOON: Final = (
    (re.compile(r"\b(?:hom nay|bua nay|ngay hom nay|sang nay|chieu nay)\b"), 0),
    (re.compile(r"\b(?:ngay mai|sang mai|chieu mai|bua mai|mai)\b(?! tang)"), 1),
    (re.compile(r"\b(?:ngay mot|bua mot|ngay kia|mot)\b (?=co|ubnd|xa|phuong|uy ban|nghi)"), 2),
)
_WEEKDAY: Final = re.compile(
    r"\b(?:thu (?P<number>[2-7]|hai|ba|tu|nam|sau|bay)|t(?P<short>[2-7])"
    r"|(?P<sunday>chu nhat|cn))\b"
    r"(?P<next>(?: \w+){0,2} tuan (?:sau|toi))?"
)
_WEEKEND: Final = re.compile(r"\bcuoi tuan\b")
_NUMBERS: Final = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_SATURDAY: Final = 6
_SUNDAY: Final = 7
_A_WEEK: Final = 7
_MOST_DAYS: Final = 3


# What may stand between a day of the week and its date: “thứ hai (7/12)”, “7/12 là thứ hai”.
_BESIDE: Final = re.compile(r"[\s,(]*(?:la\s+)?")


def named_days(text: str, today: date) -> tuple[date, ...]:
    """Give the days a message names, from ``today`` on when no year is told."""
    folded = fold(text)
    found = (*_dates(folded, today), *_soon(folded, today), *_weekdays(folded, today))
    return tuple(dict.fromkeys(found))[:_MOST_DAYS]


def _dates(folded: str, today: date) -> Iterator[date]:
    for day, month, year in _DATE.findall(folded):
        try:
            known = date(int(year or today.year), int(month), int(day))
            yield known if year or known >= today else known.replace(year=today.year + 1)
        except ValueError:
            continue


def _soon(folded: str, today: date) -> Iterator[date]:
    yield from (today + timedelta(days=ahead) for cue, ahead in _SOON if cue.search(folded))


def names_a_date(text: str) -> bool:
    """Tell whether a message names a day by its number in a month."""
    return _DATE.search(fold(text)) is not None


def _weekdays(folded: str, today: date) -> Iterator[date]:
    dates = [one.span() for one in _DATE.finditer(folded)]
    for match in _WEEKDAY.finditer(folded):
        if any(_stand_together(match.span(), one, folded) for one in dates):
            # The date alone counts, whatever day of the week it was taken for.
            continue
        number = match["number"] or match["short"]
        weekday = int(_NUMBERS.get(number, number)) - 1 if number else _SUNDAY
        if match["next"]:
            monday = today + timedelta(days=_A_WEEK - today.weekday())
            yield monday + timedelta(days=weekday - 1)
        else:
            yield _next(weekday, today)
    if _WEEKEND.search(folded):
        yield from (_next(_SATURDAY, today), _next(_SUNDAY, today))


def _stand_together(one: tuple[int, int], other: tuple[int, int], text: str) -> bool:
    (_, end), (start, _) = sorted((one, other))
    return end > start or _BESIDE.fullmatch(text, end, start) is not None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.isoweekday()) % _A_WEEK)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off that are known: offices' ``own``, the nearest's first, before everybody's."""

    days: Sequence[DayOff]
    own: Sequence[Sequence[DayOff]] = ()

    @classmethod
    def of(cls, days: Iterable[DayOff], own: Iterable[Sequence[DayOff]] = ()) -> Self:
        """Take everybody's days in their order in time."""
        return cls(tuple(sorted(days, key=lambda one: one.first)), tuple(own))

    def on(self, day: date) -> DayOff | None:
        """Give what is known of ``day`` beside its place in the week."""
        return in_force(day, (*self.own, self.days))

    def named(self, said: Sequence[str], today: date) -> DayOff | None:
        """Give the next days off that are called by their longest name in folded words."""
        text = f" {' '.join(said)} "
        coming = [one for one in self.days if one.last >= today]
        names = [(" ".join(words(name)), one) for one in coming for name in one.aliases]
        found = [(name, one) for name, one in names if f" {name} " in text]
        return max(found, key=lambda pair: len(pair[0]), default=("", None))[1]
