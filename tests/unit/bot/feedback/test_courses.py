"""What a case's clock went through is read from its events alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.feedback.courses import Course, course_of
from bot.feedback.due import Pause, SetDay
from bot.feedback.models import CaseId, Event, Remark
from bot.feedback.moves import Act, Author, CaseState

BEGUN = datetime(2026, 11, 20, 5, tzinfo=UTC)


def at(hours: int) -> datetime:
    return BEGUN + timedelta(hours=hours)


def did(what: Act | Remark, state: CaseState, hours: int, **data: Any) -> Event:
    return Event(
        case=CaseId(1),
        version=hours + 1,
        at=at(hours),
        author=Author.OFFICER,
        by=1,
        did=what,
        state=state,
        public=False,
        data=data,
    )


FILED = did(Act.FILE, CaseState.RECEIVED, 0)
ASKED = did(Act.ASK, CaseState.AWAITING_CITIZEN, 3)
NOTED = did(Remark.NOTE, CaseState.AWAITING_CITIZEN, 4)


def test_a_question_stops_the_clock_until_something_else_comes() -> None:
    waiting = course_of(BEGUN, (FILED, ASKED, NOTED))
    assert waiting == Course(begun_at=BEGUN, pauses=(Pause(since=at(3)),))
    assert waiting.is_paused
    for end in (
        did(Act.REPLY, CaseState.IN_PROGRESS, 7),
        did(Act.ASSIGN, CaseState.ASSIGNED, 7),
        did(Act.MERGE, CaseState.CLOSED, 7),
    ):
        going_on = waiting.after(end)
        assert going_on.pauses == (Pause(since=at(3), until=at(7)),)
        assert not going_on.is_paused


def test_a_day_set_begins_the_alerts_anew() -> None:
    alerted = course_of(BEGUN, (FILED, did(Remark.ALERT, CaseState.IN_PROGRESS, 2, share=100)))
    assert (alerted.alerted, alerted.counts_from) == (100, BEGUN)
    for remark in (Remark.DUE_SET, Remark.APOLOGY):
        step = did(remark, CaseState.IN_PROGRESS, 5, promised="2026-12-01")
        promised = alerted.after(step)
        assert promised.instead == SetDay(day=date(2026, 12, 1), at=at(5))
        assert (promised.alerted, promised.counts_from) == (0, at(5))


def test_what_is_opened_again_begins_anew() -> None:
    before = (FILED, ASKED, did(Remark.ALERT, CaseState.AWAITING_CITIZEN, 5, share=50))
    again = course_of(BEGUN, (*before, did(Act.REOPEN, CaseState.RECEIVED, 9)))
    assert again == Course(begun_at=at(9))
