"""Readers in figures: by what they have in common, and month by month; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.console.words import say
from bot.storage.reader_rows import Count
from bot.web.charts import Bars, Group
from broadcasts.models import SubscriberStatus
from broadcasts.reading import topics
from broadcasts.routes import WAYS_OF

MONTHS: Final = 12
NONE_CHOSEN: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A line of a table: how many readers of one sort are in each state."""

    label: str
    counts: Mapping[SubscriberStatus, int]

    def of(self, status: str) -> int:
        """Give how many are in one state."""
        return self.counts.get(SubscriberStatus(status), 0)

    @property
    def total(self) -> int:
        """How many there are, whatever their state."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything the page of readers counts."""

    whole: Tally
    by_channel: Sequence[Tally]
    by_kind: Sequence[Tally]
    by_office: Sequence[Tally]
    by_topic: Sequence[tuple[str, int]]


def figures(
    counts: Sequence[Count], chosen: Mapping[str, int], names: Mapping[str, str]
) -> Figures:
    """Put counts in order; ``names`` are those of the offices by code."""
    return Figures(
        whole=_tally("", counts),
        by_channel=_tallies(counts, lambda one: say(f"readers.on_{one.channel}")),
        by_kind=_tallies(counts, lambda one: say(f"readers.kind_{one.kind}")),
        by_office=_tallies(counts, lambda one: names.get(one.office, one.office)),
        by_topic=[
            *((one.label, chosen.get(one.code, 0)) for one in topics()),
            (say("readers.every_topic"), chosen.get(NONE_CHOSEN, 0)),
        ],
    )


def _tallies(counts: Iterable[Count], named: Callable[[Count], str]) -> list[Tally]:
    parted: dict[str, list[Count]] = {}
    for one in counts:
        parted.setdefault(named(one), []).append(one)
    return [_tally(name, parted[name]) for name in sorted(parted)]


def _tally(label: str, counts: Iterable[Count]) -> Tally:
    found: Counter[SubscriberStatus] = Counter()
    for one in counts:
        found[one.status] += one.readers
    return Tally(label=label, counts=found)


def month_starts(today: date) -> list[date]:
    """Give the first days of the last ``MONTHS`` months, and of the one to come."""
    this = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(this - MONTHS + 1, this + 2)]


def month_bars(starts: Sequence[date], came: Sequence[tuple[int, int]]) -> Bars:
    """Give the chart of who joined and who left in each month."""
    joined, left = (sum(one) for one in zip(*came, strict=True))
    return Bars(
        name="months",
        title=say("readers.months"),
        description=say("readers.months_say", months=MONTHS, joined=joined, left=left),
        axis=say("readers.month"),
        series=(say("readers.joined"), say("readers.left")),
        groups=tuple(
            Group(label=f"{start.month}/{start.year % 100:02}", figures=both)
            for start, both in zip(starts, came, strict=False)
        ),
    )


def channel_choices() -> list[tuple[str, str]]:
    """Give the channels readers may be on, with what they are called."""
    return [(one, say(f"readers.on_{one}")) for one in WAYS_OF]
