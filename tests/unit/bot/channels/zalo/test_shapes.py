"""Numbers and ids of Zalo's JSON, told as text or as numbers; what is neither says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.limits import Limits
from bot.channels.zalo.shapes import ident, number

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (0, 0),
        ("0", 0),
        (-216, -216),
        ("-216", -216),
        ("90000", 90_000),
        (2468458835296197922, 2468458835296197922),
        (True, None),
        (1.5, None),
        ("1.5", None),
        ("", None),
        (" 1", None),
        ("١", None),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), None),
        ("9" * 20, None),
        (10**30, None),
        (None, None),
    ],
    ids=repr,
)
def test_a_number_is_read_whichever_way_it_was_told(told: object, read: int | None) -> None:
    assert number(told) == read


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("2468458835296197922", "2468458835296197922"),
        (2468458835296197922, "2468458835296197922"),
        ("92b5aa0f-e0e5.1_x:2", "92b5aa0f-e0e5.1_x:2"),
        ("", ""),
        ("a b", ""),
        ("đ", ""),
        ("7" * 129, ""),
        (1.5, ""),
        (True, ""),
        (None, ""),
    ],
    ids=repr,
)
def test_an_id_is_text(told: object, read: str) -> None:
    assert ident(told) == read


@given(told=ANYTHING)
def test_nothing_makes_reading_fail(told: object) -> None:
    assert isinstance(ident(told), str)
    assert number(told) is None or isinstance(number(told), int)


@pytest.mark.parametrize("name", ["X-RateLimit-Remain", "X-RateLimit-Remaining"])
def test_limits_are_counts_or_nothing(name: str) -> None:
    assert Limits.read({"X-RateLimit-Limit": "100", name: "0"}) == Limits(limit=100, remain=0)
    assert Limits.read({"X-RateLimit-Limit": "-1", name: "many"}) == Limits()
