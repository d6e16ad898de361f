"""How often, put together from all that a phrase says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from broadcasts.timing.calendar import blocks_of, units_of, weeks, year_of
from broadcasts.timing.frame import Frame
from broadcasts.timing.gathering import Told
from broadcasts.timing.models import Per, Period
from broadcasts.timing.notes import Unclear
from broadcasts.timing.parts import Amount, Cadence, Role
from broadcasts.timing.resolving import Recurs
from broadcasts.timing.rhythm import rhythm

_MONTHS: Final = 12
_DEADLINES: Final = (Role.BY, Role.BEFORE)
_A_YEAR: Final = {Per.WEEK: 52, Per.MONTH: 12, Per.QUARTER: 4, Per.HALF: 2, Per.YEAR: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """Count and unit, and the stretches where they are told; ``spoken`` is the cadence itself."""

    count: int
    per: Per
    spoken: Cadence | None = None
    periods: tuple[Period, ...] = ()
    before: bool = False
    reports: bool = False
    short_month: bool = False


def single_amount(told: Told) -> Amount | None:
    """Give what is counted; raise ``Unclear`` where it is several things."""
    if len(set(told.amounts)) > 1:
        raise Unclear("several")
    return told.amounts[0] if told.amounts else None


def frequency(told: Told, base: Period, frame: Frame | None, year: int) -> Frequency:
    """Work out how often within ``base``; raise ``Unclear`` where it does not fit together."""
    cadence = _cadence(told)
    if told.recurs:
        _forbid_two_deadlines(told)
        return _placed(told.recurs, cadence, base)
    if cadence is None:
        return _reported(told, base, frame, year)
    if frame and frame.periods:
        return _listed(cadence, frame, year)
    if cadence.per is not Per.YEAR and not _fits(cadence.per, base):
        raise Unclear("conflict")
    count = 1 if cadence.count is None else cadence.count
    periods = blocks_of(cadence.months, base) if cadence.months else ()
    return Frequency(count=count, per=cadence.per, spoken=cadence, periods=periods)


def _fits(per: Per, base: Period) -> bool:
    """Tell whether a whole unit lies within: "1 lần/quý, tháng 6" does not fit together."""
    return any(_whole(per, part) == part for part in units_of(per, base))


def _cadence(told: Told) -> Cadence | None:
    """Bring all cadences together: of one a count, of another the unit."""
    said = list(dict.fromkeys(told.cadences))
    wished = single_amount(told)
    if wished and not said and told.recurs:
        said = [Cadence(count=None, per=told.recurs[0].per)] if told.recurs[0].sure else []
    if wished:
        said = [_counted(one, wished) for one in said]
    merged = said[0] if said else None
    for one in said[1:]:
        merged = _merged(merged or one, one)
    return merged


def _counted(cadence: Cadence, wished: Amount) -> Cadence:
    if cadence.months or cadence.count not in (None, wished.count):
        raise Unclear("several")
    return replace(cadence, count=wished.count, bound=wished.bound, most=wished.most)


def _merged(one: Cadence, other: Cadence) -> Cadence:
    finer, coarser = sorted((one, other), key=lambda said: -_A_YEAR[said.per])
    if one.per is not other.per and _total(finer) == _total(coarser) is not None:
        return finer
    if one.per is not other.per or one.months != other.months:
        raise Unclear("several")
    if one.count is not None and other.count is not None and one != other:
        raise Unclear("several")
    return one if one.count is not None else other


def _total(said: Cadence) -> int | None:
    return None if said.count is None or said.months else said.count * _A_YEAR[said.per]


def _placed(recurs: list[Recurs], cadence: Cadence | None, base: Period) -> Frequency:
    """Work out days of each week, month or quarter."""
    said = recurs[0]
    if len(recurs) > 1:
        said = _one_of(recurs)
    if cadence is None and not said.sure:
        raise Unclear("which_part", said.group.words)
    if cadence and (cadence.per is not said.per or cadence.months):
        raise Unclear("several")
    count = _how_many(said, cadence)
    periods = tuple(sorted({period for unit in _units(said, base) for period in unit}))
    if not periods:
        raise Unclear("conflict")
    numbers = [pick.number for pick in said.picks if said.per is Per.MONTH and pick.number]
    return Frequency(
        count=count, per=said.per, spoken=cadence, periods=periods,
        before=said.group.role is Role.BEFORE, short_month=max(numbers, default=0) > 28,  # noqa: PLR2004
    )  # fmt: skip


def _forbid_two_deadlines(told: Told) -> None:
    """Reports of each month before its 25th and one before 05/12 are two things to do."""
    each = any(recurs.group.role in _DEADLINES for recurs in told.recurs)
    if each and any(days.role in _DEADLINES and days.unit is None for days in told.days):
        raise Unclear("several")


def _one_of(recurs: list[Recurs]) -> Recurs:
    first = recurs[0]
    alike = all(one.per is first.per and one.group.role is first.group.role for one in recurs)
    if not alike:
        raise Unclear("several")
    picks = tuple(pick for one in recurs for pick in one.picks)
    return replace(first, picks=picks)


def _how_many(said: Recurs, cadence: Cadence | None) -> int:
    wide = Period(year_of(2024).start, year_of(2024).end)
    unit = units_of(said.per, wide)[1]
    named = sum(len(pick.pick(unit)) for pick in said.picks)
    if named == 0:
        raise Unclear("no_such", said.group.words)
    if cadence is None or cadence.count is None:
        return named
    days = any(pick.number is not None for pick in said.picks)
    if cadence.count != named and (days or named > 1):
        raise Unclear("conflict")
    return cadence.count


def _units(said: Recurs, base: Period) -> list[list[Period]]:
    role = said.group.role
    if role in (Role.FROM, Role.AFTER):
        raise Unclear("conflict")
    by = role in (Role.BY, Role.BEFORE, Role.DONE)
    found = []
    for unit in units_of(said.per, base):
        whole = _whole(said.per, unit)
        picked = [period for pick in said.picks for period in pick.pick(whole)]
        kept = [Period(min(whole.start, p.start), p.end) if by else p for p in picked]
        found.append([period for period in kept if _within_base(period, base, said)])
    return found


def _whole(per: Per, part: Period) -> Period:
    wide = Period(year_of(part.start.year).start, year_of(part.end.year).end)
    return next(unit for unit in _wider(per, wide) if unit.meets(part))


def _wider(per: Per, stretch: Period) -> tuple[Period, ...]:
    return tuple(weeks(stretch)) if per is Per.WEEK else units_of(per, stretch)


def _within_base(period: Period, base: Period, said: Recurs) -> bool:
    if said.per is Per.WEEK:
        return base.holds(period)
    return period.meets(base) or period.start > base.end


def _listed(cadence: Cadence, frame: Frame, year: int) -> Frequency:
    """Hold a count against the stretches listed beside it."""
    periods = frame.periods
    if frame.unit is cadence.per and not cadence.months:
        return Frequency(
            count=cadence.count or 1, per=cadence.per, spoken=cadence, periods=periods
        )
    wished = (cadence.count or 1) * len(units_of(cadence.per, year_of(year)))
    whole_year = cadence.per is Per.YEAR and cadence.count is None
    if len(periods) != wished and not whole_year:
        raise Unclear("conflict")
    count, per = rhythm(periods, year)
    return Frequency(count=count, per=per, spoken=cadence, periods=periods, before=frame.before)


def _reported(told: Told, base: Period, frame: Frame | None, year: int) -> Frequency:
    """Work out reports on the year so far; one at the end of each of their stretches."""
    ends = _ends(told, year)
    if any(reports.per for reports in told.reports):
        return Frequency(count=1, per=Per.WEEK, reports=True)
    periods = _up_to_months(ends, year)
    count, per = rhythm(periods, year)
    if frame is None or not frame.periods:
        periods = tuple(part for period in periods if (part := period.within(base)))
        return Frequency(count=count, per=per, periods=periods, reports=True)
    if len(frame.periods) != len(periods):
        raise Unclear("conflict")
    return Frequency(count=count, per=per, periods=frame.periods, before=frame.before)


def _ends(told: Told, year: int) -> list[int]:
    wished = single_amount(told)
    if wished and wished.count != 1:
        raise Unclear("several")
    for named in (named for reports in told.reports for named in reports.years):
        if named != year:
            raise Unclear("other_year", str(named), named=named, year=year)
    ends = sorted({end for reports in told.reports for end in reports.ends})
    weak = all(reports.weak for reports in told.reports)
    if not ends or (weak and ends[-1] != _MONTHS):
        raise Unclear("periodic")
    return ends


def _up_to_months(ends: list[int], year: int) -> tuple[Period, ...]:
    months = units_of(Per.MONTH, year_of(year))
    first, found = 0, []
    for end in ends:
        found.append(Period(months[first].start, months[end - 1].end))
        first = end
    return tuple(found)
