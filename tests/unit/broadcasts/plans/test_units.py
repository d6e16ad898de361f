from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.plans.units import parties, split_units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng Nội vụ", ["Phòng Nội vụ"]),
        (
            "Phòng Nội vụ, Phòng Kinh tế và Văn phòng UBND",
            ["Phòng Nội vụ", "Phòng Kinh tế", "Văn phòng UBND"],
        ),
        ("Các cơ quan, đơn vị, UBND các xã, phường", ["Các cơ quan, đơn vị, UBND các xã, phường"]),
        ("Các cơ quan, đơn vị và UBND các xã", ["Các cơ quan, đơn vị và UBND các xã"]),
        ("Các phòng, ban; UBND các xã", ["Các phòng, ban", "UBND các xã"]),
        ("Các phòng, Ban, Ngành", ["Các phòng, Ban, Ngành"]),
        ("Các phòng, ban, Trung tâm Y tế khu vực", ["Các phòng, ban", "Trung tâm Y tế khu vực"]),
        (
            "Trung tâm Văn hóa – Thông tin – Thể thao thị xã",
            ["Trung tâm Văn hóa – Thông tin – Thể thao thị xã"],
        ),
        (
            "Văn phòng HĐND và UBND huyện, Phòng Tư pháp",
            ["Văn phòng HĐND và UBND huyện", "Phòng Tư pháp"],
        ),
        ("Sở Lao động - Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
        ("Đảng ủy, HĐND, UBND, UBMTTQ xã", ["Đảng ủy", "HĐND", "UBND", "UBMTTQ xã"]),
        ("Phòng Nội vụ và các xã, phường", ["Phòng Nội vụ", "các xã, phường"]),
        ("- Phòng Nội vụ.\n- Công an phường.", ["Phòng Nội vụ", "Công an phường"]),
        ("Phòng Y tế/Trạm Y tế xã", ["Phòng Y tế", "Trạm Y tế xã"]),
        (
            "Tổ công nghệ (Đoàn xã, Hội Nông dân), Phòng Văn hóa",
            ["Tổ công nghệ (Đoàn xã, Hội Nông dân)", "Phòng Văn hóa"],
        ),
        ("", []),
    ],
)
def test_a_list_is_split_where_another_unit_begins(text: str, names: list[str]) -> None:
    assert list(split_units(text).names) == names


def test_names_under_one_head_are_left_whole_for_a_person() -> None:
    told = split_units("Phòng Tư pháp, Nội vụ")
    assert told.names == ("Phòng Tư pháp, Nội vụ",)
    assert not told.clear


@pytest.mark.parametrize(
    "text",
    [
        "Chủ trì: Phòng Nội vụ; phối hợp: Công an xã, Đoàn xã",
        "- Đơn vị chủ trì: Phòng Nội vụ.\n- Đơn vị phối hợp: Công an xã và Đoàn xã",
    ],
)
def test_one_cell_may_say_who_leads_and_who_helps(text: str) -> None:
    told = parties(text)
    assert told is not None
    assert told.lead.names == ("Phòng Nội vụ",)
    assert told.cooperating.names == ("Công an xã", "Đoàn xã")


def test_a_cell_that_does_not_say_so_is_left_alone() -> None:
    assert parties("Phòng Nội vụ, Công an xã") is None


WORDS = st.sampled_from(
    [
        "Phòng",
        "Nội",
        "vụ",
        "Các",
        "cơ quan",
        ",",
        ";",
        "và",
        "UBND",
        "các xã",
        "(",
        ")",
        "-",
        "\n",
        "/",
        "Ban",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_splitting_loses_no_word_but_the_conjunction(text: str) -> None:
    def words(told: str) -> list[str]:
        return [one for one in re.findall(r"\w+", told) if one != "và"]

    assert words(" ".join(split_units(text).names)) == words(text)
