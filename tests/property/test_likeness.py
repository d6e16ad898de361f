"""Likeness does not depend on who is compared with whom, and the quick way misses nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.officials.likeness import AKIN, ALIKE, Nearest, key_of, likeness, shape_of

WORDS = tuple("abcdefghijkl")
SHAPES = st.sets(st.sampled_from(WORDS), min_size=1, max_size=7).map(
    lambda one: tuple(sorted(one))
)
NEAR = st.sampled_from(["", "1.000001", "1.000002"])


def rarity(word: str) -> float:
    return 1.0 + WORDS.index(word) / 3


@given(SHAPES, SHAPES)
def test_likeness_is_mutual_and_whole_only_for_the_same(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    found = likeness(one, other, rarity)
    assert found == likeness(other, one, rarity)
    assert 0 <= found <= 1
    assert (found == 1) is (one == other)


@given(st.lists(st.tuples(SHAPES, NEAR), max_size=12), SHAPES, NEAR)
def test_the_nearest_is_the_likeliest_of_all(
    known: list[tuple[tuple[str, ...], str]], shape: tuple[str, ...], near: str
) -> None:
    nearest: Nearest[int] = Nearest(rarity)
    for number, (other, thought) in enumerate(known):
        nearest.add(number, other, thought)
    wanted = [
        (-likeness(shape, other, rarity), number)
        for number, (other, thought) in enumerate(known)
        if likeness(shape, other, rarity) >= (AKIN if near and near == thought else ALIKE)
    ]
    assert nearest.find(shape, near) == (min(wanted)[1] if wanted else None)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([0.1, 1.0])), min_size=1))
def test_a_shape_does_not_depend_on_the_order_of_the_words(said: list[tuple[str, float]]) -> None:
    words, weights = zip(*said, strict=True)
    there = shape_of(words, weights)
    back = shape_of(words[::-1], weights[::-1])
    assert there == back
    assert key_of(there) == key_of(back)
    assert set(there) <= set(words)
    assert there


def test_what_only_holds_a_question_up_is_left_out_unless_nothing_else_was_said() -> None:
    assert shape_of(("xin", "hoi", "tam", "tru"), (0.1, 0.1, 1, 1)) == ("tam", "tru")
    assert shape_of(("xin", "hoi"), (0.1, 0.1)) == ("hoi", "xin")


def test_nothing_said_is_like_nothing_said() -> None:
    assert likeness((), (), rarity) == 1
    assert likeness((), ("a",), rarity) == 0
