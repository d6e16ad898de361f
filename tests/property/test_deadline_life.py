"""A case's clock through questions, promises, closures and reopening, beside a slow clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.clock import VIETNAM
from bot.feedback.courses import course_of
from bot.feedback.models import Event, Remark
from bot.feedback.moves import Act, Author, CaseState
from bot.officials.entry_values import day_value
from knowledge.models import DayOff, Snapshot, Source
from tests.fakes.cases import a_case
from tests.fakes.deadlines import Days, slow_clock, stated_days
from tests.fakes.known import HOURS, Known, an_office
from tests.fakes.slow_clock import Stop

DOOR = [(one.weekdays, one.opens, one.closes) for one in HOURS]
DAY = timedelta(days=1)


def aware(wall: datetime) -> datetime:
    return wall.replace(tzinfo=VIETNAM)


class CaseClock(RuleBasedStateMachine):
    """What happens to a case, told to the program as events and to the slow clock in plain."""

    @initialize(minutes=st.integers(0, 14 * 24 * 60))
    def file(self, minutes: int) -> None:
        """Begin in the days before Tết 2027."""
        self.known = Known()
        self.known.snapshot = Snapshot(
            offices=(an_office("xa", hours=HOURS),), days_off=stated_days()
        )
        self.now = datetime(2027, 1, 22) + timedelta(minutes=minutes)  # noqa: DTZ001
        self.state, self.events = CaseState.IN_PROGRESS, list[Event]()
        self.closures: list[Days] = []
        self.case = a_case(aware(self.now))
        self._begin(Act.FILE)

    def _begin(self, act: Act) -> None:
        self.begun, self.stops = self.now, list[Stop]()
        self.promised: tuple[datetime, datetime] | None = None
        self._happens(act, CaseState.IN_PROGRESS)

    def _happens(
        self, did: Act | Remark, state: CaseState, data: Mapping[str, Any] | None = None
    ) -> None:
        self.state = state
        event = Event(
            case=self.case.id,
            version=len(self.events) + 1,
            at=aware(self.now),
            author=Author.OFFICER,
            by=1,
            did=did,
            state=state,
            public=False,
            data=data or {},
        )
        self.events.append(event)

    @rule(minutes=st.integers(0, 4_000))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.state is CaseState.IN_PROGRESS)
    @rule()
    def the_citizen_is_asked(self) -> None:
        self.stops.append((self.now, None))
        self._happens(Act.ASK, CaseState.AWAITING_CITIZEN)

    @precondition(lambda self: self.state is CaseState.AWAITING_CITIZEN)
    @rule()
    def the_citizen_replies(self) -> None:
        self.stops[-1] = (self.stops[-1][0], self.now)
        self._happens(Act.REPLY, CaseState.IN_PROGRESS)

    @rule(ahead=st.integers(1, 20))
    def a_day_is_promised(self, ahead: int) -> None:
        day = self.now + ahead * DAY
        self.promised = (day, self.now)
        self._happens(Remark.DUE_SET, self.state, {"promised": day.date().isoformat()})

    @rule(ahead=st.integers(0, 9), works=st.booleans())
    def a_day_is_declared(self, ahead: int, works: bool) -> None:
        """Close the office on a day, or let it work on one, once for each day."""
        day = (self.now + ahead * DAY).date()
        if day in [first for first, _, _ in self.closures]:
            return
        self.closures.append((day, day, works))
        source = Source(name="Thông báo", seen=day)
        told = DayOff(name="Bão", first=day, last=day, works=works, source=source)
        self.known.set(f"day:{day.isoformat()}", day_value(told))

    @precondition(lambda self: self.state is CaseState.IN_PROGRESS)
    @rule()
    def it_is_opened_again(self) -> None:
        self._begin(Act.REOPEN)

    @invariant()
    def it_is_due_when_the_slow_clock_says_so(self) -> None:
        course = course_of(self.case.received_at, self.events)
        reckoned = self.known.clockwork.reckoned(self.case, course)
        clock = slow_clock(DOOR, self.closures)
        if self.promised:
            day, begin = self.promised
            end = clock.end_of_nth_day((day - DAY).date(), 1)
        else:
            accepted = clock.term(self.begun, 8, "wh")
            begin, end = self.begun, accepted and clock.term(accepted, 3, "wd")
        at, left = clock.due(begin, end, self.stops)
        due = reckoned.due_at and reckoned.due_at.astimezone(VIETNAM).replace(tzinfo=None)
        assert (due, reckoned.left_minutes or 0) == (at, left)


TestCaseClock = CaseClock.TestCase
TestCaseClock.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
