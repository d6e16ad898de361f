"""Rules an office writes are read as it means them; others are refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from broadcasts.routes import VIETNAM
from broadcasts.schedule.errors import BadRule
from broadcasts.schedule.rules import LONGEST, checked, occurrences, with_until

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "unreadable"),
        ("mỗi thứ hai", "unreadable"),
        ("FREQ=HOURLY", "unreadable"),
        ("BYDAY=MO", "unreadable"),
        ("FREQ=WEEKLY;BYDAY=", "unreadable"),
        ("FREQ=WEEKLY;BYDAY=XX", "unreadable"),
        ("FREQ=WEEKLY;FREQ=DAILY", "unreadable"),
        ("FREQ=DAILY;INTERVAL=0", "unreadable"),
        ("FREQ=DAILY;COUNT=-1", "unreadable"),
        ("FREQ=DAILY;BYSECOND=1,2", "unreadable"),
        ("FREQ=DAILY;BYHOUR=25", "unreadable"),
        ("FREQ=DAILY;UNTIL=20261332", "unreadable"),
        ("FREQ=DAILY;UNTIL=cuối năm", "unreadable"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "unreadable"),
        ("FREQ=DAILY;BYDAY=MO\nRRULE:FREQ=SECONDLY", "unreadable"),
        ("FREQ=DAILY;BYHOUR=8;BYMINUTE=0,30", "unreadable"),
        ("FREQ=WEEKLY;BYHOUR=8,17", "unreadable"),
        ("FREQ=DAILY;DTSTART=20260101", "unreadable"),
        (f"FREQ=MONTHLY;BYMONTHDAY={','.join(['1'] * LONGEST)}", "unreadable"),
        ("FREQ=DAILY;UNTIL=20261231;COUNT=2", "ended_twice"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=DAILY;UNTIL=20200101", "never"),
    ],
)
def test_what_cannot_be_gone_by_is_refused_in_vietnamese(rule: str, why: str) -> None:
    with pytest.raises(BadRule, match=r"lặp") as refused:
        checked(rule, MONDAY)
    assert refused.value.why == why


def test_the_last_day_is_meant_whole() -> None:
    rule = with_until("FREQ=DAILY", date(2026, 11, 25))
    days = [one.day for one in occurrences(rule, MONDAY)]
    assert days == [23, 24, 25]
    with pytest.raises(BadRule, match="hai chỗ kết thúc"):
        with_until(rule, date(2026, 11, 26))


def test_an_end_told_for_greenwich_is_an_end_here() -> None:
    # Half past midnight there is half past seven in the morning here: before eight.
    days = [one.day for one in occurrences("FREQ=DAILY;UNTIL=20261125T003000Z", MONDAY)]
    assert days == [23, 24]


def test_a_rule_goes_by_the_clocks_of_viet_nam() -> None:
    starts_at = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)  # five in the morning of Monday here
    found = next(occurrences("FREQ=WEEKLY;BYDAY=MO", starts_at))
    assert found == starts_at
    assert found.astimezone(VIETNAM).weekday() == 0
