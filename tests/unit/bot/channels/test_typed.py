"""What cannot be read falls away from what was typed, and nothing else does."""

from __future__ import annotations

from unicodedata import category, normalize

from bot.channels.typed import DIRECTION_MARKS, clean

# Two of the planes: everything living people write.
SIGNS = [chr(code) for code in range(0x20000)]
FALLEN = [
    sign for sign in SIGNS if category(sign) in {"Cc", "Cs"} or sign in DIRECTION_MARKS
]  # fmt: skip
# What becomes another sign instead.
WRITTEN_OTHERWISE = {"\n", "\r", "\t"}


def test_what_steers_or_cannot_be_written_falls_away() -> None:
    told = "".join(sign for sign in FALLEN if sign not in WRITTEN_OTHERWISE)
    assert len(told) > 2000
    assert clean(f"a{told}b") == "ab"


def test_every_other_sign_stays() -> None:
    # Between letters, so that no heap of marks is put in order.
    told = "a".join(["", *sorted(set(SIGNS) - set(FALLEN)), ""])
    assert clean(told) == normalize("NFC", told)


def test_lines_are_broken_in_one_way() -> None:
    assert clean(" một\r\nhai\rba\tbốn\n") == "một\nhai\nba bốn"
