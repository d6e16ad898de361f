"""Weights of evidence: what they grow with, and where they stop."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.belonging import MOST, Evidence

PHRASES = 30_000
OTHERS = 4_000
counts = st.integers(min_value=0, max_value=2_000)


def evidence(ours: int, others: int) -> Evidence:
    return Evidence(
        ours={"từ": range(ours)}, phrases=PHRASES, elsewhere={"từ": others}, others=OTHERS
    )


@given(counts, counts)
def test_a_weight_is_bounded_and_what_nobody_said_weighs_nothing(ours: int, others: int) -> None:
    assert -MOST <= evidence(ours, others).weight("từ") <= MOST
    assert evidence(ours, others).weight("chưa ai nói") == 0


@given(counts, counts)
def test_said_oftener_elsewhere_it_never_speaks_more_for_us(ours: int, others: int) -> None:
    assert evidence(ours, others + 1).weight("từ") >= evidence(ours, others).weight("từ")
    assert evidence(ours + 1, others).weight("từ") <= evidence(ours, others).weight("từ")


@given(st.integers(min_value=1, max_value=200))
def test_as_common_here_as_there_it_tells_nothing(share: int) -> None:
    ours, others = PHRASES * share // 1_000, OTHERS * share // 1_000
    assert abs(evidence(ours, others).weight("từ")) < 0.01


@given(st.integers(min_value=1, max_value=300))
def test_the_side_it_is_commoner_on_wins(count: int) -> None:
    assert evidence(0, count).weight("từ") > 0
    assert evidence(count * 10, 0).weight("từ") < 0
