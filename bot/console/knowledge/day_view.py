"""The days off of a year as an office has them: everybody's, and those it set itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.console.words import say
from bot.officials.entry_values import readable
from bot.storage.setting_rows import Setting
from knowledge.models import DayOff

KIND = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    """Days off, or worked instead; ``setting`` is by whom, nothing for everybody's."""

    day: DayOff
    setting: Setting | None = None

    @property
    def office(self) -> str:
        """The office that set it."""
        return self.setting.office if self.setting else ""

    @property
    def whose(self) -> str:
        """Say whether it is everybody's day or was set by somebody."""
        return self.setting.name if self.setting else say("days.shipped")


def days_of(
    year: int, shipped: Iterable[DayOff], settings: Iterable[Setting]
) -> tuple[ShownDay, ...]:
    """Give the days of ``year``, in their order in time."""
    own = [
        ShownDay(day=read, setting=one)
        for one in settings
        if one.value and isinstance(read := readable(one.key, one.value), DayOff)
    ]
    known = (*own, *(ShownDay(day=one) for one in shipped))
    told = (one for one in known if one.day.first.year <= year <= one.day.last.year)
    return tuple(sorted(told, key=lambda one: (one.day.first, one.setting is None)))


def day_cells(days: Iterable[ShownDay]) -> Iterator[Sequence[str | date]]:
    """Give days as cells of a spreadsheet."""
    for one in days:
        kind = say("days.works" if one.day.works else "days.off")
        source = " ".join(filter(None, (one.day.source.name, one.day.source.url)))
        yield one.day.first, one.day.last, kind, one.day.name, one.day.note, source, one.whose
