"""What is scheduled is told in words, with the times to come and what moved them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.routes import VIETNAM, Quiet
from broadcasts.schedule.ahead import ahead
from broadcasts.schedule.models import OffDays, Timetable
from broadcasts.schedule.planning import Hours, first_due
from broadcasts.schedule.telling import spoken

MONDAY = datetime(2026, 8, 31, 1, 0, tzinfo=UTC)
NATIONAL_DAY = date(2026, 9, 2)


def works(day: date) -> bool:
    return day.weekday() < 5 and day != NATIONAL_DAY


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", "Một lần, 8 giờ, ngày 31/08/2026"),
        ("FREQ=WEEKLY", "Hằng tuần, thứ Hai, 8 giờ"),
        ("FREQ=WEEKLY;BYDAY=TU,SU;BYHOUR=14;BYMINUTE=5", "Hằng tuần, thứ Ba, Chủ nhật, 14 giờ 05"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=6", "2 tuần một lần, thứ Hai, 8 giờ, 6 lần"),
        ("FREQ=DAILY;UNTIL=20261231T165959Z", "Hằng ngày, 8 giờ, đến hết 31/12/2026"),
        ("FREQ=DAILY;UNTIL=20261231", "Hằng ngày, 8 giờ, đến hết 31/12/2026"),
        ("FREQ=MONTHLY;BYMONTHDAY=5,20", "Hằng tháng, ngày 5, ngày 20, 8 giờ"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Hằng tháng, ngày cuối tháng, 8 giờ"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "Hằng tháng, ngày 31 (tháng ngắn: ngày cuối tháng), 8 giờ",
        ),
        ("FREQ=MONTHLY;BYDAY=1MO", "Hằng tháng, thứ Hai đầu tiên trong tháng, 8 giờ"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Hằng tháng, thứ Sáu cuối cùng trong tháng, 8 giờ"),
        ("FREQ=YEARLY", "Hằng năm, ngày 31 tháng 8, 8 giờ"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15", "Hằng năm, ngày 15 tháng 3, 9, 8 giờ"),
        ("FREQ=MONTHLY;BYDAY=MO", "Theo quy tắc FREQ=MONTHLY;BYDAY=MO"),
        ("FREQ=YEARLY;BYWEEKNO=20", "Theo quy tắc FREQ=YEARLY;BYWEEKNO=20"),
    ],
)
def test_a_rule_is_told_in_words_or_as_it_is(rule: str, told: str) -> None:
    assert spoken(Timetable(starts_at=MONDAY, rrule=rule)) == told


@given(
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    named=st.lists(
        st.sampled_from(
            ["BYDAY=MO", "BYDAY=2TU", "BYMONTHDAY=9", "BYMONTHDAY=-3", "BYMONTH=4", "BYSETPOS=1",
             "INTERVAL=3", "COUNT=2", "WKST=SU", "BYHOUR=9"]
        ),
        unique_by=lambda one: one.partition("=")[0],
    ),
)  # fmt: skip
def test_whatever_rule_there_is_can_be_told(freq: str, named: list[str]) -> None:
    rule = ";".join([f"FREQ={freq}", *named])
    assert spoken(Timetable(starts_at=MONDAY, rrule=rule))


def test_the_times_to_come_tell_what_moved_them() -> None:
    quiet = Hours(quiet=Quiet(begins=time(21), ends=time(8, 30)), is_working=works)
    daily = Timetable(starts_at=MONDAY, rrule="FREQ=DAILY;COUNT=4", off_days=OffDays.NEXT)
    first = first_due(daily, quiet)
    assert first is not None
    told = [
        (one.wished.astimezone(VIETNAM).day, one.at and one.at.astimezone(VIETNAM).day, one.closed)
        for one in ahead(daily, quiet, first, 5)
    ]
    assert told == [(31, 31, None), (1, 1, None), (2, 3, NATIONAL_DAY)]
    assert all(one.quiet for one in ahead(daily, quiet, first, 5))


def test_what_is_left_out_is_told_in_its_place() -> None:
    daily = Timetable(starts_at=MONDAY, rrule="FREQ=DAILY;COUNT=4", off_days=OffDays.SKIP)
    told = [
        (one.wished.date().day, one.at is None)
        for one in ahead(daily, Hours(is_working=works), MONDAY, 5)
    ]
    assert told == [(31, False), (1, False), (2, True), (3, False)]


def test_a_start_that_had_to_wait_is_told_though_no_rule_has_it() -> None:
    once = Timetable(starts_at=MONDAY)
    waits = MONDAY + timedelta(hours=3)
    assert [one.at for one in ahead(once, Hours(), waits, 5)] == [waits]
    closed = replace(once, off_days=OffDays.NEXT)
    (one,) = ahead(closed, Hours(is_working=lambda day: day > date(2026, 8, 31)), MONDAY, 5)
    assert one.closed == date(2026, 8, 31)
