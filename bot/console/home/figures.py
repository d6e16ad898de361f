"""The figures of the day and of the days before: counted turns → sums and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from bot.console.formats import number
from bot.console.words import say
from bot.storage.figure_rows import DayCount, HourCount
from bot.web.charts import Bars, Group

# Shown even when nobody asked: the hours in which offices work.
FIRST_HOUR, LAST_HOUR = 7, 17
DAYS: Final = 14


class Kind(StrEnum):
    """How a turn ended, as leaders ask for it."""

    ANSWERED = "answered"
    CHOICES = "choices"
    REFUSED = "refused"
    OTHER = "other"


KINDS: Final[Mapping[str, Kind]] = {
    "answered": Kind.ANSWERED,
    "guide": Kind.ANSWERED,
    "hotline": Kind.ANSWERED,
    "case_status": Kind.ANSWERED,
    "choices": Kind.CHOICES,
    "unanswered": Kind.REFUSED,
    "out_of_scope": Kind.REFUSED,
}
WITH_OFFICER: Final = "with_officer"
# Who begins to follow, opens the menu, greets or says thanks has asked nothing.
UNASKED: Final = frozenset({"menu", "small_talk"})
K = TypeVar("K")
C = TypeVar("C", HourCount, DayCount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The day in four figures."""

    asked: int
    answered: int
    refused: int
    with_officer: int


def questions(counts: Iterable[C]) -> list[C]:
    """Leave out turns in which nothing was asked."""
    return [one for one in counts if one.outcome not in UNASKED]


def sums(counts: Iterable[HourCount]) -> Sums:
    """Add up a day."""
    kinds: Counter[Kind] = Counter()
    officers = 0
    for one in counts:
        kinds[_kind(one.outcome)] += one.turns
        officers += one.turns if one.outcome == WITH_OFFICER else 0
    return Sums(
        asked=kinds.total(),
        answered=kinds[Kind.ANSWERED],
        refused=kinds[Kind.REFUSED],
        with_officer=officers,
    )


def by_hour(counts: Sequence[HourCount]) -> Bars:
    """Lay out a day by the hour."""
    told = _counted((one.hour, one.outcome, one.turns) for one in counts)
    hours = range(min([FIRST_HOUR, *told]), max([LAST_HOUR, *told]) + 1)
    total, answered = _totals(told.values())
    busiest = max(told, key=lambda hour: told[hour].total(), default=FIRST_HOUR)
    most = told[busiest].total() if told else 0
    return Bars(
        name="by-hour",
        title=say("home.by_hour"),
        description=say(
            "charts.by_hour_desc", total=total, answered=answered, hour=busiest, most=most
        ),
        axis=say("charts.hour"),
        series=_series(),
        groups=tuple(_group(str(hour), told.get(hour)) for hour in hours),
    )


def by_channel(counts: Sequence[HourCount]) -> Bars:
    """Lay out a day by channel, the busiest first."""
    told = _counted((one.channel, one.outcome, one.turns) for one in counts)
    channels = sorted(told, key=lambda channel: (-told[channel].total(), channel))
    names = {channel: say(f"channels_names.{channel}") for channel in channels}
    parts = [
        say("charts.channel_part", channel=names[one], count=number(told[one].total()))
        for one in channels
    ]
    return Bars(
        name="by-channel",
        title=say("home.by_channel"),
        description=say("charts.by_channel_desc", parts=", ".join(parts)),
        axis=say("charts.channel"),
        series=_series(),
        groups=tuple(_group(names[channel], told[channel]) for channel in channels),
    )


def by_day(counts: Sequence[DayCount], last: date) -> Bars:
    """Lay out the ``DAYS`` days up to ``last``."""
    told = _counted((one.day, one.outcome, one.turns) for one in counts)
    days = [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    total, answered = _totals(told.values())
    return Bars(
        name="by-day",
        title=say("home.by_day", days=DAYS),
        description=say("charts.by_day_desc", days=DAYS, total=total, answered=answered),
        axis=say("charts.day"),
        series=_series(),
        groups=tuple(_group(day.strftime("%d/%m"), told.get(day)) for day in days),
    )


def _kind(outcome: str) -> Kind:
    return KINDS.get(outcome, Kind.OTHER)


def _series() -> tuple[str, ...]:
    return tuple(say(f"charts.{kind}") for kind in Kind)


def _counted(counts: Iterable[tuple[K, str, int]]) -> dict[K, Counter[Kind]]:
    told: dict[K, Counter[Kind]] = {}
    for key, outcome, turns in counts:
        told.setdefault(key, Counter())[_kind(outcome)] += turns
    return told


def _totals(told: Iterable[Counter[Kind]]) -> tuple[str, str]:
    every = sum(told, Counter[Kind]())
    return number(every.total()), number(every[Kind.ANSWERED])


def _group(label: str, counted: Counter[Kind] | None) -> Group:
    figures = counted or Counter[Kind]()
    return Group(label=label, figures=tuple(figures[kind] for kind in Kind))
