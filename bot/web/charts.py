"""Figures as bars: from numbers to places on a picture; a template draws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil
from typing import Final

from broadcasts.documents.numbers import number_text
from broadcasts.documents.records import Chart

WIDTH: Final = 340
HEIGHT: Final = 190
TOP: Final = 8
BOTTOM: Final = 22
MOST_TICKS: Final = 5
# Of the place a group has; the rest lies between it and the next.
FULL: Final = 0.72
WIDEST: Final = 56.0
# What a sign takes at most, in the letters of a telephone, and what lies between two words.
SIGN: Final = 7.8
BETWEEN: Final = 6.0
# Labels stand no closer; where groups do, only some are labelled.
LABEL: Final = 36.0
STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What stands above one place of the axis: a figure for each series."""

    label: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Figures to be drawn; ``name`` tells apart the charts of a page.

    ``axis`` says what the groups are; ``description`` tells in a sentence what the picture shows.
    """

    name: str
    title: str
    description: str
    axis: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle; ``series`` counts from 0."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word and the middle of its foot."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The bars with their places, stacked, on a picture of ``width`` × ``height``.

    The axis stands at ``left``, where its longest figure leaves it room.
    """

    of: Bars
    left: float
    width: int
    height: int
    ticks: tuple[Label, ...]
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...]


def bars_of(name: str, chart: Chart) -> Bars:
    """Give the chart of a report as a page draws it."""
    return Bars(
        name=name,
        title=chart.title,
        description=chart.description,
        axis=chart.axis,
        series=chart.series,
        groups=tuple(Group(label=label, figures=figures) for label, figures in chart.places),
    )


def drawn(bars: Bars) -> Drawing:
    """Give every bar, tick and label its place."""
    values = tick_values(max((sum(group.figures) for group in bars.groups), default=0))
    scale = (HEIGHT - TOP - BOTTOM) / values[-1]
    left = round(max(_wide(number_text(one)) for one in values) + 2 * BETWEEN, 1)
    place = (WIDTH - left) / max(len(bars.groups), 1)
    middles = [left + place * (number + 0.5) for number in range(len(bars.groups))]
    return Drawing(
        of=bars,
        left=left,
        width=WIDTH,
        height=HEIGHT,
        ticks=tuple(Label(text=number_text(one), x=left, y=_level(one, scale)) for one in values),
        labels=tuple(_labels(bars.groups, middles, place)),
        bars=tuple(_bars(bars.groups, middles, min(place * FULL, WIDEST), scale)),
    )


def tick_values(most: int) -> range:
    """Give what stands at the axis: from 0 to the first value that is not below ``most``.

    The step is the smallest 1, 2 or 5 times a power of ten of which ``MOST_TICKS`` reach so far.
    """
    steps = (step * 10**power for power in count() for step in STEPS)
    step = next(one for one in steps if one * MOST_TICKS >= most)
    return range(0, max(ceil(most / step), 1) * step + 1, step)


def _level(value: int, scale: float) -> float:
    return round(HEIGHT - BOTTOM - value * scale, 1)


def _wide(text: str) -> float:
    return len(text) * SIGN


def _labels(groups: Sequence[Group], middles: Sequence[float], place: float) -> Iterator[Label]:
    """Label every so many groups, from the first whose label has room; none leaves the picture."""
    half = max((_wide(one.label) for one in groups), default=0.0) / 2
    apart = max(LABEL, 2 * half + BETWEEN)
    first = next((number for number, middle in enumerate(middles) if middle >= half), 0)
    free = 0.0
    for number in range(first, len(groups), ceil(apart / place)):
        x = max(min(middles[number], WIDTH - half), half)
        if x >= free:
            free = x + apart
            yield Label(text=groups[number].label, x=round(x, 1), y=HEIGHT - 6)


def _bars(
    groups: Sequence[Group], middles: Sequence[float], width: float, scale: float
) -> Iterator[Bar]:
    for group, middle in zip(groups, middles, strict=True):
        below = 0
        for series, figure in enumerate(group.figures):
            if figure:
                below += figure
                yield Bar(
                    series=series,
                    x=round(middle - width / 2, 1),
                    y=_level(below, scale),
                    width=round(width, 1),
                    height=round(figure * scale, 1),
                )
