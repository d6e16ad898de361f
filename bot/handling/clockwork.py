"""The moments of a case, reckoned in its office's working time by its office's limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.feedback.alerts import next_alert
from bot.feedback.due import Pause, due_of
from bot.feedback.limits import Grade
from bot.feedback.models import Case
from bot.feedback.office_times import OfficeTimes
from bot.feedback.promises import Matter, Promise, promised
from bot.feedback.regimes import regime_of
from bot.feedback.terms import end_of_term
from bot.feedback.wishes import DataWish
from bot.feedback.working import WorkingTime
from bot.handling.ports import Clocking
from bot.officials.standing import Stood
from knowledge.models import Snapshot

REOPEN: Final = "reopen"
WISHES: Final = {DataWish.EXPORT: "dl_view", DataWish.ERASE: "dl_erase"}


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

    def begun(self, case: Case) -> Clocking:
        """Reckon for a case as it was received, graded and classified."""
        promise = self._promise(case)
        if promise is None:
            return Clocking()
        return Clocking(
            due_at=promise.end,
            due_rule=promise.rule,
            alert_at=self.alert_at(replace(case, paused_minutes=0), promise.end, alerted=0),
            is_told=promise.told and promise.end is not None,
        )

    def paused(self, case: Case, at: datetime) -> Clocking:
        """Reckon for a case whose citizen is asked from ``at`` on; what is overdue stays so."""
        due = due_of(self._time(case), case.received_at, case.due_at, [Pause(since=at)])
        return Clocking(
            due_at=due.at if due else None,
            due_rule=case.due_rule,
            left_minutes=due.left if due else None,
            paused_minutes=case.paused_minutes,
            is_told=self.is_told(case.office, case.due_rule),
        )

    def resumed(self, case: Case, left_minutes: int | None, at: datetime) -> Clocking:
        """Reckon for a case whose citizen answered at ``at``."""
        time, due, stood = self._time(case), case.due_at, case.paused_minutes
        if time is not None and left_minutes is not None:
            due = time.add_minutes(at, left_minutes)
            stood += time.minutes_between(case.paused_at or at, at)
        return Clocking(
            due_at=due,
            due_rule=case.due_rule,
            alert_at=self.alert_at(replace(case, paused_minutes=stood), due, alerted=case.alerted),
            paused_minutes=stood,
            is_told=self.is_told(case.office, case.due_rule) and due is not None,
        )

    def alert_at(self, case: Case, due: datetime | None, *, alerted: int) -> datetime | None:
        """Give when the next share of a case's time is used up, after the share ``alerted``."""
        time = self._time(case)
        if time is None or due is None:
            return None
        alert = next_alert(
            time, case.received_at, due, paused=case.paused_minutes, alerted=alerted
        )
        return alert.at if alert else None

    def is_told(self, office: str, due_rule: str) -> bool:
        """Tell whether citizens may hear a day that follows from a limit."""
        return self.times.limits(office, None).is_told(due_rule)

    def wish_due(self, office: str, wish: DataWish, at: datetime) -> datetime:
        """Give until when the law wants a wish about personal data done."""
        return self._end(office, WISHES[wish], at)

    def closes_at(self, office: str, answered_at: datetime) -> datetime:
        """Give until when an answered case may be opened again; silence closes it then."""
        return self._end(office, REOPEN, answered_at)

    def _end(self, office: str, rule: str, begin: datetime) -> datetime:
        """Give when a limit is over; where no hours are told, so many days later by the clock."""
        time = self.times.time(office)
        limit = self.times.limits(office, _local_day(begin)).rows[rule]
        end = end_of_term(time, begin, limit.number, limit.unit) if time else None
        return end or begin + timedelta(days=limit.number)

    def _promise(self, case: Case) -> Promise | None:
        matter = Matter(
            regime=case.regime or regime_of(case.kind, case.topic).id,
            topic=case.topic,
            grade=Grade(case.grade),
            received_at=case.received_at,
        )
        limits = self.times.limits(case.office, _local_day(case.received_at))
        return promised(self._time(case), limits, matter)

    def _time(self, case: Case) -> WorkingTime | None:
        return self.times.time(case.office)


def _local_day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
