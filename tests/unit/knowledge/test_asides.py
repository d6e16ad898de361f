"""Days and names of places are not what is asked."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.lexicon import Lexicon

ASIDES = Lexicon.load().asides


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("đăng ký kết hôn ở phường Quy Nhơn", "đăng ký kết hôn ở phường"),
        ("nhà em ở Xã Ia Grai cần gì", "nhà em ở Xã cần gì"),
        ("ngày 23/11/2026 làm khai sinh", "  làm khai sinh"),
        ("hẹn 3.12.26 rồi", "hẹn   rồi"),
        ("xã em có làm không", "xã em có làm không"),
        ("XIN CẤP PHÉP Ở PHƯỜNG QUY NHƠN", "XIN CẤP PHÉP Ở PHƯỜNG QUY NHƠN"),
        ("Xin Giấy Phép Ở Phường Nào", "Xin Giấy Phép Ở Phường Nào"),
        ("theo nghị định 168/2025", "theo nghị định 168/2025"),
    ],
)
def test_they_are_left_out(text: str, left: str) -> None:
    assert ASIDES.left_out(text) == left
    assert ASIDES.left_out(unicodedata.normalize("NFD", text)) == left
