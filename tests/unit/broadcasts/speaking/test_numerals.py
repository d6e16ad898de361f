"""Numbers are said as Vietnamese says them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcasts.speaking.roman import roman_value
from broadcasts.speaking.speech import shipped_speech

SAY = shipped_speech().numerals


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (50_000, "năm mươi nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_200_000_000_000, "một nghìn hai trăm tỷ"),
        (1_000_000_000_004, "một nghìn tỷ không trăm linh bốn"),
        (10**15, "một triệu tỷ"),
    ],
)
def test_a_whole_number(number: int, said: str) -> None:
    assert SAY.cardinal(number) == said


@pytest.mark.parametrize("number", [-1, 10**15 + 1])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        SAY.cardinal(number)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "nhất"), (2, "hai"), (4, "tư"), (21, "hai mươi mốt")]
)
def test_an_ordinal(number: int, said: str) -> None:
    assert SAY.ordinal(number) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("5", "một phẩy năm"),
        ("67", "một phẩy sáu mươi bảy"),
        ("05", "một phẩy không năm"),
        ("125", "một phẩy một hai năm"),
    ],
)
def test_a_decimal(places: str, said: str) -> None:
    assert SAY.decimal(1, places) == said


def test_the_south_says_it_otherwise() -> None:
    south = replace(SAY, gap="lẻ", groups=("", "ngàn", "triệu"))
    assert south.cardinal(1_105) == "một ngàn một trăm lẻ năm"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("I", 1),
        ("IV", 4),
        ("IX", 9),
        ("XV", 15),
        ("XXI", 21),
        ("XL", 40),
        ("IIII", None),
        ("", None),
    ],
)
def test_a_roman_number(numeral: str, value: int | None) -> None:
    assert roman_value(numeral) == value
