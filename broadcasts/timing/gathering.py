"""The parts of a phrase sorted by what they tell, and what forbids to take them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
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
    Role,
    Trouble,
)  # fmt: skip
from broadcasts.timing.resolving import Days, Recurs, resolve
from broadcasts.timing.vocabulary import Kind

_ASIDE: Final = (Condition, Hour)
_YEARLY: Final = Cadence(count=None, per=Per.YEAR)
_BY_ENDS: Final = {12: Per.MONTH, 4: Per.QUARTER, 1: Per.YEAR}
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

    def settle_reports(self) -> None:
        """Take what reports are called for their cadence, or drop it beside other times."""
        if self.reports and self.recurs and not self.cadences:
            ends = {end for reports in self.reports for end in reports.ends}
            self.cadences = [Cadence(count=None, per=_BY_ENDS.get(len(ends), Per.HALF))]
            self.reports = []
        if self.days or self.cadences:
            self.reports = [reports for reports in self.reports if not reports.weak]
        if self.reports and self.cadences:
            raise Unclear("several")

    def settle_weekday(self) -> None:
        """Hold the day of the week named beside a date against it."""
        days = [period for days in self.days for period in days.periods]
        if self.cadences or len(days) != 1 or days[0].start != days[0].end:
            return
        for recurs in self.recurs:
            if recurs.per is not Per.WEEK or recurs.sure:
                return
            if [pick.number for pick in recurs.picks] != [days[0].start.weekday()]:
                raise Unclear("conflict")
        self.recurs = []

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
    _forbid_both(found)
    told = Told()
    for one in found:
        _sort(told, one, year)
    _forbid_occasions(found, told)
    if not told.times:
        told.peaks = []
        for one in found:
            if isinstance(one.part, Group):
                _sort(told, replace(one, part=replace(one.part, focus=False)), year)
    return told


def _forbid_occasions(found: Sequence[Found], told: Told) -> None:
    """What goes on only at an occasion is at no known time; "thường xuyên và dịp Tết" is."""
    for place, one in enumerate(found):
        occasion = isinstance(one.part, Condition) and one.part.kind is Kind.OCCASION
        bound = occasion and place > 0 and one.joint is None
        if bound and not told.days and isinstance(one.part, Condition):
            raise Unclear("occasion", one.part.words)


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
            goes_on = any(isinstance(part, _GOES_ON) and part != _YEARLY for part in pair)
            if not all(depends) and not (any(depends) and goes_on):
                raise Unclear("either")


def _before(found: Sequence[Found], place: int) -> Part | None:
    """Give what a choice is held against; a condition against the time it stands beside."""
    earlier = [one.part for one in found[:place]]
    if isinstance(found[place].part, Condition):
        earlier = [part for part in earlier if not isinstance(part, _ASIDE)] or earlier
    return earlier[-1] if earlier else found[place].part


def _forbid_both(found: Sequence[Found]) -> None:
    """Make "tháng 1 và thường xuyên" two times; "từ tháng 2 và thường xuyên" is one."""
    for before, one in pairwise(found):
        parts = (before.part, one.part)
        day = any(
            isinstance(part, Group) and part.role is Role.WITHIN and not part.focus
            for part in parts
        )
        if one.joint is Kind.BOTH and day and any(isinstance(part, _GOES_ON) for part in parts):
            raise Unclear("several")


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
