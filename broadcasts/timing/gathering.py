"""The parts of a phrase sorted by what they tell, and what forbids to take them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from broadcasts.timing.models import Per
from broadcasts.timing.notes import Unclear
from broadcasts.timing.parts import (
    Always,
    Amount,
    Cadence,
    Condition,
    Daily,
    Found,
    Group,
    Hour,
    Part,
    Reports,
    Trouble,
)  # fmt: skip
from broadcasts.timing.resolving import Days, Recurs, resolve
from broadcasts.timing.vocabulary import Kind

_ASIDE: Final = (Condition, Hour)
_GOES_ON: Final = (Always, Cadence, Daily, Reports)


@dataclass(slots=True, kw_only=True)
class Told:
    """What a phrase tells."""

    always: bool = False
    cadences: list[Cadence] = field(default_factory=list)
    reports: list[Reports] = field(default_factory=list)
    daily: list[Daily] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    recurs: list[Recurs] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    peaks: list[Group] = field(default_factory=list)

    def drop_each_year(self) -> bool:
        """Drop a bare "hằng năm" beside another time: a plan is for one year."""
        rest = [one for one in self.cadences if one.per is not Per.YEAR or one.count]
        others = rest or self.days or self.goes_on or self.recurs or self.reports
        dropped = len(rest) < len(self.cadences) and bool(others)
        if dropped:
            self.cadences = rest
        return dropped

    @property
    def repeats(self) -> bool:
        """Tell whether something is said to come again."""
        return bool(self.cadences or self.reports or self.recurs)

    @property
    def goes_on(self) -> bool:
        """Tell whether something is said to go on all the time."""
        return self.always or bool(self.daily)

    @property
    def times(self) -> bool:
        """Tell whether any time is said at all."""
        return self.repeats or self.goes_on or bool(self.days)


def gather(found: Sequence[Found], year: int) -> Told:
    """Sort the parts; raise ``Unclear`` where a person must choose or mend."""
    for one in found:
        if isinstance(one.part, Trouble):
            raise Unclear(one.part.note, one.part.words)
    _forbid_choices(found)
    _forbid_several(found)
    told = Told()
    for one in found:
        _sort(told, one, year)
    return told


def _sort(told: Told, found: Found, year: int) -> None:
    match found.part:
        case Group(focus=True) as peak:
            resolve(found, peak, year)
            told.peaks.append(peak)
        case Group() as group:
            days = resolve(found, group, year)
            (told.days if isinstance(days, Days) else told.recurs).append(days)  # type: ignore[arg-type]
        case Always():
            told.always = True
        case Cadence() as cadence:
            told.cadences.append(cadence)
        case Reports() as reports:
            told.reports.append(reports)
        case _:
            _sort_rest(told, found.part)


def _sort_rest(told: Told, part: Part) -> None:
    match part:
        case Daily():
            told.daily.append(part)
        case Amount():
            told.amounts.append(part)
        case Condition():
            told.conditions.append(part)
        case Hour():
            told.hours.append(part)
        case _:
            raise Unclear("conflict")


def _forbid_choices(found: Sequence[Found]) -> None:
    """Of "quý II hoặc quý III" a person chooses; "hằng quý hoặc khi có yêu cầu" is both."""
    for place, one in enumerate(found):
        if one.joint is Kind.EITHER:
            pair = (one.part, _before(found, place))
            depends = [isinstance(part, Condition) for part in pair]
            goes_on = any(isinstance(part, _GOES_ON) for part in pair)
            if not all(depends) and not (any(depends) and goes_on):
                raise Unclear("either")


def _before(found: Sequence[Found], place: int) -> Part | None:
    """Give what a choice is held against; a condition against the time it stands beside."""
    earlier = [one.part for one in found[:place]]
    if isinstance(found[place].part, Condition):
        earlier = [part for part in earlier if not isinstance(part, _ASIDE)] or earlier
    return earlier[-1] if earlier else found[place].part


def _forbid_several(found: Sequence[Found]) -> None:
    """Items of a list in one cell are several things to do, unless all tell the same."""
    items: list[list[Part]] = [[]]
    for one in found:
        if one.new_item and items[-1]:
            items.append([])
        if not isinstance(one.part, _ASIDE):
            items[-1].append(one.part)
    telling = [item for item in items if item]
    if len(telling) > 1 and any(item != telling[0] for item in telling[1:]):
        raise Unclear("several")
