"""What the parts of a phrase mean together: a ``Timing``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.timing.calendar import year_of
from broadcasts.timing.frame import Frame, framed
from broadcasts.timing.frequency import Frequency, frequency, single_amount
from broadcasts.timing.gathering import Told, gather
from broadcasts.timing.models import Per, Period, Timing, TimingKind
from broadcasts.timing.notes import Unclear, said
from broadcasts.timing.parts import Found, Role
from broadcasts.timing.remarks import remarks
from broadcasts.timing.rhythm import rhythm
from broadcasts.timing.vocabulary import Kind


def meaning(found: Sequence[Found], words: str, year: int) -> Timing:
    """Take the parts together; raise ``Unclear`` where a person must decide."""
    told = gather(found, year)
    if not told.times:
        raise _nothing(told, words)
    told.settle_reports()
    told.settle_weekday()
    yearly = told.drop_each_year()
    frame = framed(told.days, year)
    timing, often = _timing(told, frame, year)
    _forbid_dependence(told, frame)
    return replace(
        timing, note=_note(remarks(told, frame, timing, often), year if yearly else None)
    )


def _note(note: str, yearly: int | None) -> str:
    return note if yearly is None else f"{note} {said('yearly', year=yearly)}".strip()


def _nothing(told: Told, words: str) -> Unclear:
    ranked = sorted(told.conditions, key=lambda condition: condition.kind is Kind.PROMPT)
    if ranked:
        return Unclear(str(ranked[0].kind), ranked[0].words)
    if told.amounts:
        return Unclear("amount", str(told.amounts[0].count))
    return Unclear("no_time", words)


def _forbid_dependence(told: Told, frame: Frame | None) -> None:
    """A year alone is no answer where the day depends on something else."""
    yearly = [one for one in told.cadences if one.per is Per.YEAR and not one.count]
    periodic = [one for one in told.conditions if one.kind is Kind.PERIODIC]
    if periodic and not told.repeats and not told.goes_on:
        raise Unclear("periodic", periodic[0].words)
    manner = (Kind.PROMPT, Kind.RULED)
    depends = [one for one in told.conditions if one.kind not in manner]
    bare = frame is not None and frame.unit is Per.YEAR and not told.repeats
    if depends and not told.goes_on and (bare or (yearly and not told.days)):
        raise Unclear(str(depends[0].kind), depends[0].words)


def _timing(told: Told, frame: Frame | None, year: int) -> tuple[Timing, Frequency | None]:
    base = _base(frame, year)
    if told.repeats:
        if told.daily:
            raise Unclear("several")
        often = frequency(told, base, frame, year)
        return _recurring(often, frame, base), often
    if told.goes_on:
        return _continuous(told, frame, base), None
    if frame is None:
        raise Unclear("conflict")
    wished = single_amount(told)
    return _once_or_listed(frame, wished.count if wished else None, year), None


def _base(frame: Frame | None, year: int) -> Period:
    """Give the stretch in which something goes on or comes again."""
    whole = year_of(year)
    if frame is None:
        return whole
    if frame.periods:
        return Period(frame.periods[0].start, frame.periods[-1].end)
    start = frame.start.start if frame.start else whole.start
    end = frame.end.end if frame.end else whole.end
    if start > end:
        raise Unclear("conflict")
    return Period(start, end)


def _continuous(told: Told, frame: Frame | None, base: Period) -> Timing:
    if told.amounts and not told.daily:
        raise Unclear("amount", str(told.amounts[0].count))
    if frame and frame.periods:
        raise Unclear("several")
    kept = any(days.role in (Role.BEFORE, Role.DONE) or days.group.latest for days in told.days)
    if kept:
        raise Unclear("conflict")
    return Timing(kind=TimingKind.CONTINUOUS, start=base.start, end=base.end)


def _recurring(often: Frequency, frame: Frame | None, base: Period) -> Timing:
    before = often.before or bool(frame and frame.before)
    return Timing(
        kind=TimingKind.RECURRING, start=base.start, end=base.end, count=often.count,
        per=often.per, periods=often.periods, before=before,
    )  # fmt: skip


def _once_or_listed(frame: Frame, count: int | None, year: int) -> Timing:
    if frame.periods:
        return _list(frame, count, year)
    if frame.end is None:
        raise Unclear("conflict")
    start = frame.start.start if frame.start else None
    end = frame.end.end
    if frame.unit is Per.YEAR and count is not None and not frame.deadline:
        return Timing(kind=TimingKind.RECURRING, start=start, end=end, count=count, per=Per.YEAR)
    kind = TimingKind.WINDOW
    if frame.deadline:
        kind = TimingKind.ONCE_BY_DEADLINE
    elif frame.fixed:
        kind = TimingKind.FIXED_DATE
    return Timing(kind=kind, start=start, end=end, count=count, before=frame.before)


def _list(frame: Frame, count: int | None, year: int) -> Timing:
    periods = frame.periods
    if count is not None and count != len(periods):
        raise Unclear("conflict")
    times, per = rhythm(periods, year)
    return Timing(
        kind=TimingKind.RECURRING, start=periods[0].start, end=periods[-1].end, count=times,
        per=per, periods=periods, before=frame.before,
    )  # fmt: skip
