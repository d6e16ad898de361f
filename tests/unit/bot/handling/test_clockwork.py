"""The moments of a case: by its office's hours and limits as they are set now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.clock import VIETNAM
from bot.feedback.courses import Course
from bot.feedback.due import Pause, SetDay
from bot.feedback.kinds import Kind
from bot.feedback.wishes import DataWish
from bot.handling.ports import Clocking
from bot.officials.entry_values import day_value
from bot.officials.own_limits import OwnLimit
from knowledge.models import DayOff, Snapshot, Source
from tests.fakes.cases import a_case
from tests.fakes.known import Known, an_office


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# Monday; the limits of Đà Nẵng: 8 working hours to accept, 3 working days to answer.
CASE = a_case(here("2026-11-30T09:00"))
DUE = here("2026-12-04T17:30")


def test_a_case_is_due_by_the_hours_of_its_office() -> None:
    assert Known().clockwork.begun(CASE) == Clocking(
        due_at=DUE, due_rule="ht_normal", alert_at=here("2026-12-02T14:15")
    )


def test_a_unit_without_hours_works_by_those_of_the_office_above() -> None:
    assert Known().clockwork.begun(replace(CASE, office="ban")).due_at == DUE


def test_without_hours_there_is_a_limit_but_no_moment() -> None:
    known = Known()
    known.snapshot = Snapshot(offices=(an_office("xa"),))
    assert known.clockwork.begun(CASE) == Clocking(due_rule="ht_normal")
    assert known.clockwork.closes_at("xa", DUE) == here("2026-12-09T17:30")


def test_praise_is_due_at_no_time() -> None:
    assert Known().clockwork.begun(a_case(CASE.received_at, kind=Kind.PRAISE)) == Clocking()


def test_what_the_office_sets_counts_from_then_on() -> None:
    known = Known()
    assert not known.clockwork.begun(CASE).is_told
    five = OwnLimit(number=5, unit="wd", confirmed=True)
    accept = OwnLimit(number=8, unit="wh", confirmed=True)
    known.set("deadline:ht_normal", five.value)
    known.set("deadline:ht_accept", accept.value)
    begun = known.clockwork.begun(CASE)
    assert begun.due_at == here("2026-12-08T17:30")
    assert begun.is_told
    assert known.clockwork.is_told("xa", "ht_normal")
    assert known.clockwork.is_told("ban", "ht_normal")
    assert not known.clockwork.is_told("xa", "ht_complex")
    closed = DayOff(
        name="Diễn tập",
        first=date(2026, 12, 3),
        last=date(2026, 12, 3),
        source=Source(name="Thông báo", seen=date(2026, 11, 20)),
    )
    known.set("day:2026-12-03", day_value(closed))
    assert known.clockwork.begun(CASE).due_at == here("2026-12-09T17:30")
    known.set("deadline_profile", {"profile": "hanoi"})
    urgent = known.clockwork.begun(replace(CASE, grade="urgent"))
    assert (urgent.due_rule, urgent.due_at) == ("ht_urgent_hn", here("2026-12-01T15:00"))


def test_a_question_stops_the_clock_and_the_answer_moves_all_moments() -> None:
    clockwork = Known().clockwork
    asked, answered = here("2026-12-04T16:30"), here("2026-12-08T07:30")
    waiting = Course(begun_at=CASE.received_at, pauses=(Pause(since=asked),), alerted=50)
    assert clockwork.reckoned(CASE, waiting) == Clocking(due_rule="ht_normal", left_minutes=60)
    assert clockwork.alert(CASE, waiting) is None
    resumed = replace(waiting, pauses=(Pause(since=asked, until=answered),))
    reckoned = clockwork.reckoned(CASE, resumed)
    # Of 38.5 worked hours 80 % were over before the question: that is told of at once.
    assert reckoned.due_at == here("2026-12-08T08:30")
    assert reckoned.paused_minutes == 60 + 8 * 60
    assert reckoned.alert_at is not None
    assert reckoned.alert_at < answered
    told = clockwork.reckoned(CASE, replace(resumed, alerted=80))
    assert told.alert_at == told.due_at


def test_a_question_after_the_due_moment_moves_nothing() -> None:
    clockwork = Known().clockwork
    asked = Pause(since=here("2026-12-07T08:00"))
    late = Course(begun_at=CASE.received_at, alerted=100, pauses=(asked,))
    assert clockwork.reckoned(CASE, late) == Clocking(due_at=DUE, due_rule="ht_normal")
    answered = replace(asked, until=here("2026-12-09T08:00"))
    assert clockwork.reckoned(CASE, replace(late, pauses=(answered,))).due_at == DUE


def test_a_day_that_a_person_sets_counts_instead_and_alerts_begin_anew() -> None:
    clockwork = Known().clockwork
    day = SetDay(day=date(2026, 12, 9), at=here("2026-12-07T07:30"))
    reckoned = clockwork.reckoned(CASE, Course(begun_at=CASE.received_at, instead=day))
    assert reckoned == Clocking(
        due_at=here("2026-12-09T17:30"),
        due_rule="by_hand",
        alert_at=here("2026-12-08T11:30"),
        is_told=True,
    )
    assert clockwork.is_told("xa", "by_hand")


def test_what_is_opened_again_has_all_its_time_again() -> None:
    again = Course(begun_at=here("2026-12-07T09:00"))
    assert Known().clockwork.reckoned(CASE, again).due_at == here("2026-12-11T17:30")


def test_a_question_is_left_after_fifteen_working_days() -> None:
    assert Known().clockwork.gives_up_at("xa", here("2026-11-20T09:00")) == here(
        "2026-12-14T17:30"
    )


def test_an_answered_case_may_be_opened_again_for_five_working_days() -> None:
    assert Known().clockwork.closes_at("xa", here("2026-11-20T09:00")) == here("2026-11-30T17:30")


def test_wishes_about_data_are_done_in_the_days_of_the_law() -> None:
    clockwork, asked = Known().clockwork, here("2026-11-20T09:00")
    assert clockwork.wish_due("xa", DataWish.EXPORT, asked) == here("2026-11-30T17:30")
    assert clockwork.wish_due("xa", DataWish.ERASE, asked) == here("2026-12-10T17:30")
    due = here("2026-12-10T17:30")
    assert clockwork.wish_prolonged("xa", DataWish.ERASE, due) == here("2026-12-30T17:30")
    assert clockwork.is_told("xa", "dl_erase")
    assert not clockwork.is_told("xa", "a limit of yesterday")
