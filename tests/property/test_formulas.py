"""No text a spreadsheet may take for a formula is written bare; each is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.tabular.formulas import guarded, unguarded

BEFORE = st.text("\u200b\u200c\u2060\ufeff\u00ad\u00a0\u3000 \u202e\ufe0f\u3164\t\r\n", max_size=3)
OPENING = st.sampled_from(
    ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe63"]
)


@given(before=BEFORE, opening=OPENING, rest=st.text("1+a=", max_size=3))
@example(before="", opening="\uff1d", rest="1+1")
@example(before="\u200b", opening="=", rest="1+1")
def test_what_opens_a_formula_behind_whatever_nobody_sees_is_marked(
    before: str, opening: str, rest: str
) -> None:
    text = f"{before}{opening}{rest}"
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@given(st.text())
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Khai sinh", "8.000 đồng", "\u200b", "1+1", "a=b"])
def test_plain_words_stay_bare(text: str) -> None:
    assert guarded(text) == text
