"""Bars stand where their figures say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.charts import (
    BOTTOM,
    HEIGHT,
    MOST_TICKS,
    SIGN,
    TOP,
    WIDTH,
    Bars,
    Group,
    drawn,
    tick_values,
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
    ("most", "step", "top"),
    [(0, 1, 1), (3, 1, 3), (5, 1, 5), (6, 2, 6), (11, 5, 15), (41, 10, 50), (51, 20, 60)],
)
def test_the_axis_counts_in_round_steps(most: int, step: int, top: int) -> None:
    assert tick_values(most) == range(0, top + 1, step)


@given(st.integers(1, 10**9))
def test_the_axis_ends_a_step_above_the_most_at_the_latest(most: int) -> None:
    values = tick_values(most)
    assert most <= values[-1] < most + values.step
    assert len(values) <= MOST_TICKS + 1


def test_of_eight_thousand_the_axis_ends_at_ten() -> None:
    drawing = drawn(bars((8_027,)))
    assert " ".join(one.text for one in drawing.ticks) == "0 2.000 4.000 6.000 8.000 10.000"
    assert drawing.left >= len("10.000") * 7.8


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
    assert [tick.text for tick in drawing.ticks] == ["0", "1"]


def test_thousands_are_told_with_a_dot() -> None:
    assert drawn(bars((4_000,))).ticks[-1].text == "4.000"


def test_of_many_groups_only_as_many_are_labelled_as_have_room() -> None:
    hours = drawn(bars(*[(1,)] * 24))
    assert [label.text for label in hours.labels] == ["0", "3", "6", "9", "12", "15", "18", "21"]
    assert len(drawn(bars((1,), (2,), (3,))).labels) == 3


def test_a_long_label_at_the_edge_stays_in_the_picture() -> None:
    minutes = Bars(
        name="c",
        title="t",
        description="d",
        axis="a",
        series=("x",),
        groups=tuple(Group(label=f"{one:02}:05 22/11", figures=(1,)) for one in range(24)),
    )
    labels = drawn(minutes).labels
    half = len("20:05 22/11") * SIGN / 2
    assert len(labels) >= 3
    assert all(half <= one.x <= WIDTH - half + 0.1 for one in labels)
    assert all(other.x - one.x >= 2 * half for one, other in pairwise(labels))


@given(COUNTS)
def test_nothing_leaves_the_picture(figures: list[tuple[int, ...]]) -> None:
    drawing = drawn(bars(*figures))
    for bar in drawing.bars:
        assert bar.x >= drawing.left - 0.1
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= TOP - 0.1
        assert bar.y + bar.height <= HEIGHT - BOTTOM + 0.2
    assert len(drawing.bars) == sum(bool(figure) for group in figures for figure in group)
    for one, other in pairwise(drawing.labels):
        assert other.x - one.x >= 35
