"""Numbers survive being said, and nothing unsayable is left without a word to a person."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from broadcasts.speaking import News, script
from broadcasts.speaking.numerals import LARGEST
from broadcasts.speaking.speech import shipped_speech
from broadcasts.speaking.spelling import spell

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
UNITS = {**{word: value for value, word in enumerate(DIGITS)}, "mốt": 1, "tư": 4, "lăm": 5}
WORDS = """
UBND HĐND TTHC CCCD XYZT VAT TT CA SIPAS TP. P. Q. An Nhơn xã ngày tháng năm quý IV XV từ đến
15/12/2026 31/02 5/12 01/3 7h30 07:30 0256.3822.345 0901234567 1022 113 gọi 50.000 1,5 1,234
10-15% 2398/QĐ-UBND 11/2025/QH15 9/AB-CD dichvucong.gov.vn abc.vn/x?y=1 a@b.vn m² km & / % ½ A1
B-12 ² ok iHanoi đc 2021-2030 - – • 1. (2) “3” 4.0 mục 12345678901234567890 -5°C 30/6-15/7 thứ 4
"""
PIECES = st.sampled_from(WORDS.split())
PLAIN = st.sampled_from(["bà", "con", "đến", "trụ", "sở", "phường", "Diêu", "Trì", "quả,", "nhé"])


def heard(words: list[str]) -> int:
    """Read number words back, by splitting at the greatest unit; knows nothing of the writer."""
    for unit, value in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("trăm", 100)):
        if unit in words:
            at = len(words) - 1 - words[::-1].index(unit)
            return heard(words[:at]) * value + heard(words[at + 1 :])
    if "mươi" in words:
        at = words.index("mươi")
        return UNITS[words[at - 1]] * 10 + heard(words[at + 1 :])
    if words[:1] == ["mười"]:
        return 10 + heard(words[1:])
    return UNITS[words[-1]] if words else 0


@given(st.integers(min_value=0, max_value=LARGEST))
@example(LARGEST)
@example(1_000_000_000_005)
def test_a_number_is_heard_as_it_was_meant(number: int) -> None:
    assert heard(shipped_speech().numerals.cardinal(number).split()) == number


@given(st.integers(min_value=0, max_value=LARGEST))
def test_a_number_with_points_is_the_same_number(number: int) -> None:
    grouped = f"{number:,}".replace(",", ".")
    (sentence,) = spell(f"Có {grouped} đồng", shipped_speech())
    assert heard(sentence.text.removeprefix("Có ").removesuffix(" đồng").split()) == number


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_day_is_heard_as_it_was_meant(day: date) -> None:
    (sentence,) = spell(f"Hạn ngày {day:%d/%m/%Y}", shipped_speech())
    said = re.fullmatch(r"Hạn ngày (?:mùng )?(.+) tháng ((?:mười )?\w+) năm (.+)", sentence.text)
    assert said
    heard_day, month, year = (heard(part.split()) for part in said.groups())
    assert date(year, month, heard_day) == day


@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
@example("B-12 tháng 50.000")
def test_no_digit_and_no_unknown_short_form_is_left_unsaid(text: str) -> None:
    for sentence in script(News(title="Tin", body=text, office="UBND xã")).sentences:
        told = " ".join(flag.found for flag in sentence.flags)
        for left in re.findall(r"\S*\d\S*|[½²]|\b[BCDĐGHKLMNPQSTVXZ]{2,}\b", sentence.text):
            assert left.strip(".,;:!?()“”") in told


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_and_its_digits_are_said_or_shown(text: str) -> None:
    for sentence in spell(text, shipped_speech()):
        assert sentence.flags or not any(char.isnumeric() for char in sentence.text)


@given(st.lists(PIECES, min_size=1, max_size=8).map(" ".join))
def test_what_was_said_without_doubt_is_not_said_anew(text: str) -> None:
    speech = shipped_speech()
    for sentence in spell(text, speech):
        if not sentence.flags:
            again = " ".join(one.text for one in spell(sentence.text, speech))
            assert again == sentence.text


@given(st.lists(PLAIN, min_size=1))
def test_text_with_nothing_to_spell_stays_as_it_is(words: list[str]) -> None:
    text = " ".join(["Xin", *words])
    said = " ".join(one.text for one in spell(text, shipped_speech()))
    assert said == text.rstrip(",")
