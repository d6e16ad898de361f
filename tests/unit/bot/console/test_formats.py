"""Days, moments and amounts as officials in Vietnam read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.console import formats

AT = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


def test_a_moment_is_told_by_vietnamese_clocks() -> None:
    assert formats.moment(AT) == "21/11/2026 00:30"
    assert (formats.day(date(2026, 11, 20)), formats.day("2026-11-20")) == ("20/11/2026",) * 2


def test_numbers_have_dots_and_amounts_their_unit() -> None:
    assert formats.number(1_234_567) == "1.234.567"
    assert [formats.size(one * 1024) for one in (64, 512, 8 * 1024)] == ["64 KB", "512 KB", "8 MB"]


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (0, "1 KB"),
        (6, "1 KB"),
        (17 * 1024 + 511, "17 KB"),
        (17 * 1024 + 512, "18 KB"),
        (1024 * 1024 - 1, "1 MB"),
        (3 * 512 * 1024, "1,5 MB"),
    ],
)
def test_an_amount_of_bytes_is_rounded_to_the_nearest(amount: int, told: str) -> None:
    assert formats.size(amount) == told


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-5), "0 phút trước"),
        (timedelta(minutes=59), "59 phút trước"),
        (timedelta(hours=23), "23 giờ trước"),
        (timedelta(days=3), "3 ngày trước"),
    ],
)
def test_how_long_ago_it_was_is_told_roughly(passed: timedelta, told: str) -> None:
    assert formats.ago(AT, AT + passed) == told
