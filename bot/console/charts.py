"""Figures as bars: from numbers to places on a picture; ``macros/chart.html`` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from broadcasts.documents.records import Chart

WIDTH: Final = 340
HEIGHT: Final = 190
LEFT: Final = 44
TOP: Final = 8
BOTTOM: Final = 22
TICKS: Final = 4
# Of the place a group has; the rest lies between it and the next.
FULL: Final = 0.72
WIDEST: Final = 56.0
# A label takes about this much; where groups stand closer only some are labelled.
LABEL: Final = 46.0
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
    """The bars with their places, stacked, on a picture of ``width`` × ``height``."""

    of: Bars
    left: int
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
    step = tick_step(max((sum(group.figures) for group in bars.groups), default=0))
    scale = (HEIGHT - TOP - BOTTOM) / (step * TICKS)
    return Drawing(
        of=bars,
        left=LEFT,
        width=WIDTH,
        height=HEIGHT,
        ticks=tuple(_ticks(step, scale)),
        labels=tuple(_labels(bars.groups)),
        bars=tuple(_bars(bars.groups, scale)),
    )


def tick_step(most: int) -> int:
    """Give the smallest 1, 2 or 5 times a power of ten of which ``TICKS`` reach ``most``."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * TICKS >= most:
                return step * power
        power *= 10


def _ticks(step: int, scale: float) -> Iterator[Label]:
    for number in range(TICKS + 1):
        value = step * number
        yield Label(text=f"{value:,}".replace(",", "."), x=LEFT, y=_level(value, scale))


def _level(value: int, scale: float) -> float:
    return round(HEIGHT - BOTTOM - value * scale, 1)


def _middles(groups: tuple[Group, ...]) -> Iterator[tuple[Group, float]]:
    place = _place(groups)
    for number, group in enumerate(groups):
        yield group, LEFT + place * (number + 0.5)


def _place(groups: tuple[Group, ...]) -> float:
    return (WIDTH - LEFT) / max(len(groups), 1)


def _labels(groups: tuple[Group, ...]) -> Iterable[Label]:
    every = int(LABEL // _place(groups)) + 1
    for number, (group, middle) in enumerate(_middles(groups)):
        if number % every == 0:
            yield Label(text=group.label, x=round(middle, 1), y=HEIGHT - 6)


def _bars(groups: tuple[Group, ...], scale: float) -> Iterator[Bar]:
    width = min(_place(groups) * FULL, WIDEST)
    for group, middle in _middles(groups):
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
