"""A timing in one Vietnamese sentence, as an official would say it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Final

from broadcasts.timing.models import Per, Period, Timing, TimingKind
from broadcasts.timing.notes import on_day
from broadcasts.timing.vocabulary import DATA

_MOST_PERIODS: Final = 4


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((DATA / "telling.vi.toml").read_text(encoding="utf-8"))


def spoken(timing: Timing) -> str:
    """Tell a timing and its note."""
    sentence = f"{_when(timing)}{_periods(timing)}."
    return f"{sentence} {timing.note}".strip()


def _when(timing: Timing) -> str:
    if timing.end is None:
        return str(_words()["unclear"])
    per = _words()["per"].get(timing.per, "")
    start = on_day(timing.start) if timing.start else ""
    told: str = _words()[_name(timing)]
    said = told.format(start=start, end=on_day(timing.end), count=timing.count, per=per)
    if timing.count is None or timing.kind is TimingKind.RECURRING:
        return said
    return said + str(_words()["times"]).format(count=timing.count)


def _name(timing: Timing) -> str:
    match timing:
        case Timing(kind=TimingKind.ONCE_BY_DEADLINE, before=True):
            return "once_before"
        case Timing(kind=TimingKind.ONCE_BY_DEADLINE, start=start) if start:
            return "deadline_within"
        case Timing(kind=TimingKind.WINDOW, before=True):
            return "window_before"
        case Timing(kind=TimingKind.RECURRING, per=Per.YEAR):
            return "recurring_year"
        case _:
            return str(timing.kind)


def _periods(timing: Timing) -> str:
    if not timing.periods:
        return ""
    told = "; ".join(map(_period, timing.periods[:_MOST_PERIODS]))
    if len(timing.periods) > _MOST_PERIODS:
        told += str(_words()["more"]).format(count=len(timing.periods))
    return str(_words()["periods_before" if timing.before else "periods"]).format(periods=told)


def _period(period: Period) -> str:
    if period.start == period.end:
        return f"{period.start:%d/%m}"
    return f"{period.start:%d/%m}–{period.end:%d/%m}"
