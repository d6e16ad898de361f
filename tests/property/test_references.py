"""A reference survives however it is typed, and no slip of a finger makes another of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.reference import Unread, new_reference, read_reference, shown
from bot.officials.chat_codes import LETTERS

REFERENCES = st.builds(new_reference)
PLACES = st.integers(0, 8)


@given(REFERENCES, st.sampled_from(["", " ", "-", " – ", "."]), st.booleans(), st.booleans())
def test_it_is_read_however_it_is_typed(
    reference: str, between: str, beginning: bool, capital: bool
) -> None:
    parts = shown(reference).split("-")[0 if beginning else 1 :]
    typed = between.join(parts)
    assert read_reference(typed if capital else typed.lower()) == reference


@given(REFERENCES, PLACES, st.sampled_from(LETTERS))
def test_one_wrong_sign_is_noticed(reference: str, place: int, sign: str) -> None:
    typed = reference[:place] + sign + reference[place + 1 :]
    assert read_reference(typed) == (reference if typed == reference else Unread.MISTYPED)


@given(REFERENCES, PLACES, PLACES)
def test_two_signs_swapped_are_noticed(reference: str, one: int, other: int) -> None:
    signs = list(reference)
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)
    assert read_reference(typed) == (reference if typed == reference else Unread.MISTYPED)


@given(st.text(max_size=40))
def test_any_words_are_read_or_named(typed: str) -> None:
    read = read_reference(typed)
    assert isinstance(read, Unread) or read_reference(shown(read)) == read
