"""Which known words an unknown one may have been meant for."""

from __future__ import annotations

import pytest

from knowledge.spelling import Speller, clips_of


@pytest.fixture
def speller() -> Speller:
    counts = {"ct07": 3, "ct03": 1, "sinh": 9, "khai": 9, "a2": 2, "tinh": 4}
    pairs = {("khai", "sinh"): 5, ("kia", "sinh"): 1}
    return Speller(counts, {" ".join(pair) for pair in pairs}, clips_of(pairs))


@pytest.mark.parametrize("word", ["ct01", "ct7", "a1"])
def test_another_number_is_no_slip(speller: Speller, word: str) -> None:
    assert not [near for near, _ in speller.neighbours(word) if any(map(str.isdigit, near))]


def test_a_slip_beside_the_same_number_is_one(speller: Speller) -> None:
    assert [near for near, _ in speller.neighbours("tc07")] == ["ct07"]


def test_a_slip_in_letters_is_found(speller: Speller) -> None:
    assert speller.neighbours("sihn")[0][0] == "sinh"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ksinh", ("khai", "sinh")),
        ("khsinh", ("khai", "sinh")),
        ("tinh", ("tinh",)),
        ("ssinh", ("ssinh",)),
        ("bsinh", ("bsinh",)),
    ],
)
def test_a_word_cut_to_its_first_letters_is_written_out(
    speller: Speller, word: str, meant: tuple[str, ...]
) -> None:
    assert speller.unclipped(word) == meant
