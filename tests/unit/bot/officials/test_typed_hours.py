"""Times of day as officials type them: however one is written it is the same time, or none."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.officials.typed_hours import moment_of, time_of_day, times_of_day

WAYS = (
    "{h}:{m:02}",
    "{h:02}:{m:02}",
    "{h}h{m:02}",
    "{h}H{m:02}",
    "{h}g{m:02}",
    "{h} h {m:02}",
    " {h} giờ {m:02} ",
    "{h} giờ {m:02} phút",
    "{h} gio {m} phut",
    "{h}h{m:02}p",
    "{h}h{m:02}’",
)
FULL = ("{h}h", "{h} giờ", "{h}g", "{h:02}:00", "{h} GIỜ", "{h}h00")
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(times, st.sampled_from(WAYS))
def test_a_time_is_read_however_it_is_written(at: time, way: str) -> None:
    assert time_of_day(way.format(h=at.hour, m=at.minute)) == at


@given(st.integers(0, 23), st.sampled_from(FULL))
def test_a_full_hour_needs_no_minutes(hour: int, way: str) -> None:
    assert time_of_day(way.format(h=hour)) == time(hour)


@given(
    st.lists(times, min_size=1, max_size=6),
    st.sampled_from(WAYS),
    st.sampled_from((" ", ", ", ";", " và ")),
)
def test_several_are_read_in_the_order_they_stand(
    several: list[time], way: str, between: str
) -> None:
    written = between.join(way.format(h=at.hour, m=at.minute) for at in several)
    assert times_of_day(written) == tuple(several)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("5 giờ rưỡi", time(5, 30)),
        ("5 giờ chiều", time(17)),
        ("5h30 chiều", time(17, 30)),
        ("17 giờ chiều", time(17)),
        ("5h sáng", time(5)),
        ("12 giờ trưa", time(12)),
        ("1 giờ trưa", time(13)),
        ("7 giờ 15 tối", time(19, 15)),
        ("12 giờ đêm", time(0)),
        ("11 giờ đêm", time(23)),
    ],
)
def test_the_part_of_the_day_tells_which_half_is_meant(written: str, at: time) -> None:
    assert time_of_day(written) == at


@pytest.mark.parametrize(
    "written",
    [
        "",
        "5",
        "sáng",
        "24:00",
        "25h",
        "7:60",
        "5h60",
        "5h5",
        "5:3",
        "13 giờ sáng",
        "9 giờ trưa",
        "5h 17h",
        "-5h",
        "5hh",
        "05:00:00",
        "5 giờ hơn",
    ],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert time_of_day(written) is None


@pytest.mark.parametrize(
    "written", ["", " , ", "5h, sáng", "5h–17h", "5h, 25h", "hằng ngày 5h", "5h 5"]
)
def test_where_one_is_no_time_none_is_taken(written: str) -> None:
    assert times_of_day(written) is None


@pytest.mark.parametrize(
    ("written", "several"),
    [
        ("5h 17h", (time(5), time(17))),
        ("5 giờ 30 17 giờ", (time(5, 30), time(17))),
        ("5h 17:30", (time(5), time(17, 30))),
        ("5 giờ sáng và 5 giờ chiều.", (time(5), time(17))),
    ],
)
def test_an_hour_is_never_the_minutes_of_the_one_before(
    written: str, several: tuple[time, ...]
) -> None:
    assert times_of_day(written) == several


@given(st.text("0123456789 :hgiờsángtối,;.và", max_size=20))
def test_anything_typed_is_read_or_is_none(written: str) -> None:
    one, several = time_of_day(written), times_of_day(written)
    assert one is None or several == (one,)


@pytest.mark.parametrize(
    "written",
    [
        "20/11/2026 07:30",
        "20/11/2026 7h30",
        "7h30 ngày 20/11/2026",
        "lúc 7 giờ 30, ngày 20/11/2026",
        "7 giờ rưỡi sáng 20/11/2026",
        "2026-11-20T07:30",
        "2026-11-20 07:30",
        "2026-11-20T00:30+00:00",
    ],
)
def test_a_moment_is_read_in_either_order(written: str) -> None:
    read = moment_of(written)
    assert read is not None
    assert read.astimezone(UTC) == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "20/11/2026",
        "2026-11-20",
        "07:30",
        "31/02/2026 07:30",
        "20/11/2026 7h30 x",
        "2026-02-30T07:30",
        "0001-01-01T00:00",
        "31/12/9999 23:59",
    ],
)
def test_half_a_moment_is_none(written: str) -> None:
    assert moment_of(written) is None
