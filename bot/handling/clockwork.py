"""The moments of a case, reckoned in its office's working time by its office's limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.feedback.alerts import Alert, next_alert
from bot.feedback.courses import Course
from bot.feedback.due import Due, due_of
from bot.feedback.limits import Grade
from bot.feedback.models import Case
from bot.feedback.office_times import OfficeTimes
from bot.feedback.promises import Matter, Promise, promised
from bot.feedback.regimes import regime_of
from bot.feedback.terms import end_of_term
from bot.feedback.wishes import DataWish
from bot.feedback.working import WorkingTime
from bot.handling.ports import Clocking
from bot.officials.office_entries import Stood
from knowledge.models import Snapshot

REOPEN, GIVE_UP = "reopen", "ask_give_up"
# What stands in a case's row where a person has set the day.
BY_HAND: Final = "by_hand"
WISHES: Final = {DataWish.EXPORT: "dl_view", DataWish.ERASE: "dl_erase"}
MORE: Final = {DataWish.EXPORT: "dl_view_more", DataWish.ERASE: "dl_erase_more"}


class OfficeClockwork:
    """``Clockwork`` by what is known and set now."""

    def __init__(self, snapshot: Callable[[], Snapshot], stood: Callable[[], Stood]) -> None:
        """Ask ``snapshot`` and ``stood`` for the newest whenever something is reckoned."""
        self._snapshot, self._stood = snapshot, stood
        self._known: OfficeTimes | None = None

    @property
    def times(self) -> OfficeTimes:
        """Give working time and limits as knowledge and settings are now."""
        snapshot, stood, known = self._snapshot(), self._stood(), self._known
        if known is None or known.snapshot is not snapshot or known.stood is not stood:
            known = OfficeTimes(snapshot, stood)
            self._known = known
        return known

    @property
    def state(self) -> object:
        """Give what is another object once hours, days off or limits may be others."""
        return self.times

    def begun(self, case: Case) -> Clocking:
        """Reckon for a case as it was received, graded and classified."""
        return self.reckoned(case, Course(begun_at=case.received_at))

    def reckoned(self, case: Case, course: Course) -> Clocking:
        """Reckon for a case by all that its clock went through."""
        promise, by_hand = self._promise(case, course), course.instead is not None
        rule = BY_HAND if by_hand else promise.rule if promise else ""
        time, due = self.times.time(case.office), self._due(case, course, promise)
        if time is None or due is None:
            return Clocking(due_rule=rule)
        alert = _next_alert(time, course, due)
        return Clocking(
            due_at=due.at,
            due_rule=rule,
            alert_at=alert.at if alert else None,
            left_minutes=due.left,
            paused_minutes=_stood(time, course, course.begun_at),
            is_told=by_hand or bool(promise and promise.told),
        )

    def alert(self, case: Case, course: Course) -> Alert | None:
        """Give the next share of the time of which somebody is to hear; none without a limit."""
        time = self.times.time(case.office)
        due = self._due(case, course, self._promise(case, course))
        return _next_alert(time, course, due) if time and due else None

    def is_told(self, office: str, due_rule: str) -> bool:
        """Tell whether citizens may hear a day that follows from a limit."""
        return due_rule == BY_HAND or self.times.limits(office, None).is_told(due_rule)

    def wish_due(self, office: str, wish: DataWish, at: datetime) -> datetime:
        """Give until when the law wants a wish about personal data done."""
        return self._end(office, WISHES[wish], at)

    def wish_law(self, office: str, wish: DataWish, at: datetime) -> str:
        """Give the law that wants it as it is said aloud; empty for one that may not be cited."""
        return self.times.limits(office, _local_day(at)).rows[WISHES[wish]].basis.cited

    def wish_prolonged(self, office: str, wish: DataWish, due_at: datetime) -> datetime:
        """Give until when it may be prolonged, once."""
        return self._end(office, MORE[wish], due_at)

    def closes_at(self, office: str, answered_at: datetime) -> datetime:
        """Give until when an answered case may be opened again; silence closes it then."""
        return self._end(office, REOPEN, answered_at)

    def gives_up_at(self, office: str, asked_at: datetime) -> datetime:
        """Give when a question to the citizen counts as left without a reply."""
        return self._end(office, GIVE_UP, asked_at)

    def _end(self, office: str, rule: str, begin: datetime) -> datetime:
        """Give when a limit is over; where no hours are told, so many days later by the clock."""
        time = self.times.time(office)
        limit = self.times.limits(office, _local_day(begin)).rows[rule]
        end = end_of_term(time, begin, limit.number, limit.unit) if time else None
        return end or begin + timedelta(days=limit.number)

    def _promise(self, case: Case, course: Course) -> Promise | None:
        matter = Matter(
            regime=case.regime or regime_of(case.kind, case.topic).id,
            topic=case.topic,
            grade=Grade(case.grade),
            received_at=course.begun_at,
        )
        limits = self.times.limits(case.office, _local_day(course.begun_at))
        return promised(self.times.time(case.office), limits, matter)

    def _due(self, case: Case, course: Course, promise: Promise | None) -> Due | None:
        end = promise.end if promise else None
        time = self.times.time(case.office)
        return due_of(time, course.begun_at, end, course.pauses, course.instead)


def _next_alert(time: WorkingTime, course: Course, due: Due) -> Alert | None:
    if due.at is None:
        return None
    begin = course.counts_from
    stood = _stood(time, course, begin)
    return next_alert(time, begin, due.at, paused=stood, alerted=course.alerted)


def _stood(time: WorkingTime, course: Course, since: datetime) -> int:
    """Count the working minutes from ``since`` on in which the clock stood, in ended pauses."""
    ended = [(one.since, one.until) for one in course.pauses if one.until is not None]
    return sum(
        time.minutes_between(max(asked, since), until) for asked, until in ended if until > since
    )


def _local_day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
