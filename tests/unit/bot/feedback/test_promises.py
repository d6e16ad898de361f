"""Until when a case is answered, and the words for the time that is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.clock import VIETNAM
from bot.feedback.due import Due, Pause, due_of
from bot.feedback.due_words import limit_words, time_left
from bot.feedback.limits import Grade, Limits
from bot.feedback.promises import Matter, Promise, promised
from bot.feedback.terms import Unit
from bot.officials.own_limits import OwnLimit, Profile
from tests.fakes.deadlines import DOORS, working_time

TIME = working_time(DOORS[0])
NIGHTS = working_time(DOORS[3])
LIMITS = Limits.of(Profile.OTHER, {}, date(2026, 11, 20))


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


RUBBISH = Matter(
    regime="phan_anh_hien_truong",
    topic="moi_truong",
    grade=Grade.SIMPLE,
    received_at=here("2026-11-23T09:00"),
)


def test_the_last_moment_of_acceptance_begins_the_limit() -> None:
    # 8 working hours from Monday 9:00 end on Wednesday at 9:30 (24/11 is a day off), then 3 days.
    due = here("2026-11-30T17:00")
    assert promised(TIME, LIMITS, RUBBISH) == Promise(rule="ht_normal", end=due, told=False)


def test_citizens_are_told_when_both_limits_are_confirmed() -> None:
    own = {
        "ht_normal": OwnLimit(number=3, unit="wd", confirmed=True),
        "ht_accept": OwnLimit(number=8, unit="wh", confirmed=True),
    }
    day = date(2026, 11, 20)
    told = promised(TIME, Limits.of(Profile.OTHER, own, day), RUBBISH)
    assert told is not None
    assert told.told
    one = promised(TIME, Limits.of(Profile.OTHER, {"ht_normal": own["ht_normal"]}, day), RUBBISH)
    assert one is not None
    assert not one.told


def test_a_limit_of_the_law_is_told_at_once() -> None:
    proposal = replace(RUBBISH, regime="kien_nghi_dia_phuong")
    due = here("2026-12-08T17:00")
    assert promised(TIME, LIMITS, proposal) == Promise(rule="kn_outcome", end=due, told=True)


def test_praise_has_no_limit_and_an_office_without_hours_no_moment() -> None:
    assert promised(TIME, LIMITS, replace(RUBBISH, regime="khen")) is None
    assert promised(None, LIMITS, RUBBISH) == Promise(rule="ht_normal", end=None, told=False)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-25T08:00", "còn 2 ngày làm việc"),
        ("2026-11-26T20:00", "còn 1 ngày làm việc"),
        ("2026-11-27T08:00", "còn 7 giờ làm việc"),
        ("2026-11-27T16:15", "còn 45 phút làm việc"),
        ("2026-11-27T15:15:30", "còn 1 giờ 45 phút làm việc"),
        ("2026-11-27T17:00", "còn 0 phút làm việc"),
        ("2026-11-27T17:00:01", "vừa quá hạn"),
        ("2026-11-29T08:00", "vừa quá hạn"),
        ("2026-11-30T07:45", "quá hạn 1 ngày làm việc"),
    ],
)
def test_the_time_left_in_words(now: str, words: str) -> None:
    assert time_left(TIME, Due(at=here("2026-11-27T17:00")), here(now)) == words


def test_what_ends_at_midnight_ends_today() -> None:
    due = Due(at=here("2026-11-28T00:00"))
    assert time_left(NIGHTS, due, here("2026-11-27T22:00")) == "còn 2 giờ làm việc"
    assert time_left(NIGHTS, due, here("2026-11-28T00:30")) == "quá hạn 1 ngày làm việc"


def test_a_stopped_an_expected_and_no_due_moment_say_so() -> None:
    begin, end = here("2028-01-20T08:00"), here("2028-02-01T17:00")
    stopped = due_of(TIME, begin, end, [Pause(since=here("2028-02-01T16:00"))])
    assert time_left(TIME, stopped, begin) == (
        "đang chờ người dân, còn 1 giờ làm việc (dự kiến, chờ thông báo nghỉ lễ)"
    )
    assert time_left(None, None, begin) == "chưa có hạn"


def test_while_the_citizen_is_asked_the_same_time_is_told_in_the_same_way() -> None:
    now, end = here("2026-11-25T09:00"), here("2026-11-27T17:00")
    asked = due_of(TIME, now, end, [Pause(since=now)])
    assert time_left(TIME, Due(at=end), now) == "còn 2 ngày làm việc"
    assert time_left(TIME, asked, now) == "đang chờ người dân, còn 2 ngày làm việc"


def test_a_limit_is_called_as_officials_do() -> None:
    assert limit_words(3, Unit.WORKING_DAY) == "3 ngày làm việc"
    assert limit_words(4, Unit.WORKING_HOUR) == "4 giờ làm việc"
