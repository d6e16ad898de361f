"""Bars stand where their figures say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TICKS,
    TOP,
    WIDTH,
    Bars,
    Group,
    drawn,
    tick_step,
)

COUNTS = st.lists(st.tuples(*[st.integers(0, 10_000)] * 3), max_size=30)


def bars(*figures: tuple[int, ...], labels: str = "") -> Bars:
    groups = tuple(
        Group(label=labels[number : number + 1] or str(number), figures=one)
        for number, one in enumerate(figures)
    )
    return Bars(
        name="c", title="t", description="d", axis="a", series=("x", "y", "z"), groups=groups
    )


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (41, 20), (80, 20), (81, 50), (801, 500)],
)
def test_the_axis_counts_in_round_steps(most: int, step: int) -> None:
    assert tick_step(most) == step


def test_figures_are_stacked_from_the_ground() -> None:
    first, second = drawn(bars((1, 3))).bars
    assert first.y + first.height == pytest.approx(HEIGHT - BOTTOM)
    assert second.y == TOP
    assert second.y + second.height == pytest.approx(first.y)
    assert (first.series, second.series) == (0, 1)
    assert first.height * 3 == pytest.approx(second.height)


def test_nothing_asked_is_an_empty_picture_with_its_axis() -> None:
    drawing = drawn(bars())
    assert drawing.bars == ()
    assert [tick.text for tick in drawing.ticks] == ["0", "1", "2", "3", "4"]


def test_thousands_are_told_with_a_dot() -> None:
    assert drawn(bars((4_000,))).ticks[-1].text == "4.000"


def test_of_many_groups_only_as_many_are_labelled_as_have_room() -> None:
    hours = drawn(bars(*[(1,)] * 24))
    assert [label.text for label in hours.labels] == ["0", "4", "8", "12", "16", "20"]
    assert len(drawn(bars((1,), (2,), (3,))).labels) == 3


@given(COUNTS)
def test_nothing_leaves_the_picture(figures: list[tuple[int, ...]]) -> None:
    drawing = drawn(bars(*figures))
    for bar in drawing.bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= TOP - 0.1
        assert bar.y + bar.height <= HEIGHT - BOTTOM + 0.2
    assert len(drawing.bars) == sum(bool(figure) for group in figures for figure in group)
    assert len(drawing.ticks) == TICKS + 1
    for one, other in pairwise(drawing.labels):
        assert other.x - one.x >= 35
