"""Which passwords are refused, and that no rule asks for signs or capitals."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.officials.passwords import (
    LONGEST,
    SHORTEST,
    PasswordFault,
    canonical,
    common_passwords,
    faults,
)

NAMES = ("Nguyễn Thị Hồng Ánh", "UBND xã Tân Hòa")


def found(password: str) -> tuple[PasswordFault, ...]:
    return faults(password, "anh.nguyen", NAMES)


@pytest.mark.parametrize(
    "password",
    [
        "con mèo nằm trên mái",
        "cà phê sữa đá lúc bảy giờ",
        "thuyền về bến cũ 1987",
        "vlzgqkxwrtpm",
        "4827 1950 3361",
        "matkhau là con đò nhỏ",
        "🐃🌾🛶🏮🎋🪷🐓🌧️🍲🧵🪁",
        "%^&*(){}|<>?12",
        "a" * 11 + "z",
    ],
)
def test_a_sentence_of_ones_own_is_good(password: str) -> None:
    assert found(password) == ()


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", PasswordFault.TOO_SHORT),
        ("ngắn quá đi", PasswordFault.TOO_SHORT),
        ("x" * 129, PasswordFault.TOO_LONG),
        ("matkhau123456789", PasswordFault.COMMON),
        ("Mật Khẩu 2026!!!", PasswordFault.COMMON),
        ("p@ssw0rd2026", PasswordFault.COMMON),
        ("123456Password", PasswordFault.COMMON),
        ("anhyeuem anhyeuem", PasswordFault.COMMON),
        ("Độc lập - Tự do - Hạnh phúc", PasswordFault.COMMON),
        ("uỷ ban nhân dân 2026", PasswordFault.COMMON),
        ("anh.nguyen@2026", PasswordFault.OWN_NAME),
        ("nguyễn thị hồng ánh", PasswordFault.OWN_NAME),
        ("NguyenThiHongAnh1990", PasswordFault.OWN_NAME),
        ("ubnd xa tan hoa 1", PasswordFault.OWN_NAME),
        ("aaaaaaaaaaaaa", PasswordFault.PLAIN_RUN),
        ("121212121212", PasswordFault.PLAIN_RUN),
        ("abcabcabcabc", PasswordFault.PLAIN_RUN),
        ("123456789012", PasswordFault.PLAIN_RUN),
        ("210987654321", PasswordFault.PLAIN_RUN),
        ("abcdefghijklm", PasswordFault.PLAIN_RUN),
        ("asdfghjklzxcvbnm", PasswordFault.PLAIN_RUN),
        ("1qaz2wsx3edc", PasswordFault.PLAIN_RUN),
        ("!!!!!!!!!!!!!!", PasswordFault.PLAIN_RUN),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, fault: PasswordFault) -> None:
    assert fault in found(password)


def test_both_ways_to_compose_a_mark_are_one_password() -> None:
    one = "Thuyền về bến cũ"
    other = unicodedata.normalize("NFD", one)
    assert one != other
    assert canonical(one) == canonical(other)


def test_the_length_is_counted_as_people_count_it() -> None:
    twelve = unicodedata.normalize("NFD", "ếếốốựựễễẫẫợợ")
    assert PasswordFault.TOO_SHORT not in found(twelve)


def test_no_common_word_is_kept_twice_or_unfolded() -> None:
    assert len(common_passwords()) >= 500
    assert all(word.isalnum() and word == word.lower() for word in common_passwords())


@given(st.sampled_from(sorted(common_passwords())), st.integers(0, 10**12))
def test_digits_hung_on_a_common_word_do_not_help(word: str, number: int) -> None:
    assert found(f"{word} {number:012}") != ()


@given(st.text(max_size=20) | st.text("ab ế", min_size=100, max_size=140))
def test_any_text_is_judged_and_length_alone_decides_first(password: str) -> None:
    length = len(canonical(password))
    assert (found(password) == (PasswordFault.TOO_SHORT,)) == (length < SHORTEST)
    assert (found(password) == (PasswordFault.TOO_LONG,)) == (length > LONGEST)


@given(st.text(min_size=1, max_size=4), st.integers(12, 100))
def test_a_short_block_said_again_and_again_is_never_good(block: str, length: int) -> None:
    password = canonical((block * length)[:length])
    assert found(password) != ()
