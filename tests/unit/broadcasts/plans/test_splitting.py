from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.plans.listing import items
from broadcasts.plans.splitting import split


def test_activities_and_times_in_one_line_are_paired() -> None:
    told = split("- Mở lớp. - Họp dân. - Phát loa.", "- Quý I. - 01 lần/quý. - Thường xuyên")
    assert told.pairs == (
        ("Mở lớp.", "Quý I."),
        ("Họp dân.", "01 lần/quý."),
        ("Phát loa.", "Thường xuyên"),
    )


def test_lines_without_marks_are_paired() -> None:
    assert split("Mở lớp\nHọp dân", "Quý I\nQuý III").pairs == (
        ("Mở lớp", "Quý I"),
        ("Họp dân", "Quý III"),
    )


def test_letters_and_numbers_mark_items_too() -> None:
    assert split("a) Mở lớp\nb) Họp dân", "a) Quý I\nb) Quý III").pairs[1] == (
        "Họp dân",
        "Quý III",
    )


def test_a_dash_without_a_full_stop_counts_only_where_the_cells_then_agree() -> None:
    told = split("- Mở lớp\n- Họp dân", "- 02 số/tháng - Quý IV")
    assert told.pairs == (("Mở lớp", "02 số/tháng"), ("Họp dân", "Quý IV"))


@pytest.mark.parametrize(
    ("content", "time"),
    [
        ("- Mở lớp.\n- Họp dân.", "Thường xuyên"),
        ("Tuyên truyền giai đoạn 2021 - 2025", "- Quý I.\n- Quý II"),
        ("Hội nghị\n(tại hội trường)", "Quý I\nQuý II"),
    ],
)
def test_one_time_or_one_activity_is_nothing_to_pair(content: str, time: str) -> None:
    assert split(content, time).pairs == ()
    assert split(content, time).mismatch is None


def test_counts_that_differ_are_told_and_nothing_is_split() -> None:
    told = split("- Mở lớp.\n- Họp dân.\n- Phát loa.", "- Quý I.\n- Quý II.")
    assert told.mismatch == (3, 2)
    assert told.pairs == ()


PIECES = st.sampled_from(
    ["- ", "+ ", "Mở lớp", "2021 - 2025", ".", ";", " ", "\n", "a) ", "1. ", "quý I", "“x”."]
)


@given(st.lists(PIECES, max_size=16).map("".join), st.booleans())
def test_items_lose_no_word(text: str, bold: bool) -> None:
    assert re.findall(r"\w+", " ".join(items(text, bold=bold))) == re.findall(r"\w+", text)


@given(st.lists(PIECES, max_size=16).map("".join), st.lists(PIECES, max_size=16).map("".join))
def test_pairs_lose_no_word_but_the_marks_of_a_list(content: str, time: str) -> None:
    told = split(content, time)
    if told.pairs:
        left = re.findall(r"\w{2,}", " ".join(one for one, _ in told.pairs))
        assert left == re.findall(r"\w{2,}", content)
