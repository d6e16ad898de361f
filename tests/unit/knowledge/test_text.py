"""Text as people type it comes out alike, however it was typed."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.text import fold, is_syllable, mark_key, tokens, untyped, words


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Đăng Ký Hộ Khẩu", ["dang", "ki", "ho", "khau"]),
        ("hoá hóa thuỷ thủy", ["hoa", "hoa", "thuy", "thuy"]),
        ("lý lịch, kĩ thuật/kỹ thuật", ["li", "lich", "ki", "thuat", "ki", "thuat"]),
        ("CCCD 12số", ["cccd", "12so"]),
        ("cứuuuu tôiiii, loại III", ["cuu", "toi", "loai", "iii"]),
        ("", []),
    ],
)
def test_words_are_folded(typed: str, plain: list[str]) -> None:
    assert words(typed) == plain


def test_composed_and_decomposed_are_the_same() -> None:
    text = "Đăng ký khai sinh quá hạn cho trẻ"
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddang", "dang"), ("kys", "ki"), ("truowfng", "truong"), ("dduwowcj", "duoc"),
        ("giaays", "giay"), ("d9ang1", "dang"), ("ky1", "ki"), ("sinh", "sinh"),
        ("vneid", "vneid"), ("2025", "2025"), ("tnhh", "tnhh"),
    ],
)  # fmt: skip
def test_input_method_leftovers_are_undone(typed: str, meant: str) -> None:
    assert untyped(typed) == meant


@pytest.mark.parametrize("word", ["nghieng", "khuya", "duoc", "yeu", "quynh", "giay", "oanh"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cccd", "vneid", "dangky", "w", "12"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_key_keeps_the_mark_but_not_its_place() -> None:
    assert mark_key("hóa") == mark_key("hoá") != mark_key("hoa")
    assert mark_key("thuê") != mark_key("thuế")
    assert mark_key("hoa") == fold("hoa")


def test_a_text_without_marks_is_not_marked() -> None:
    assert not tokens("lam giay khai sinh").marked
    assert tokens("làm giấy khai sinh").marked
