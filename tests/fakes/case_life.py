"""Two cases, their officers and citizens, as a hypothesis machine: whatever they do, in any order.

What a rule does is either done whole (one more event for each case it moves) or not at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.clock import VIETNAM
from bot.feedback.courses import course_of
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.limits import Grade
from bot.feedback.models import Case, Event, Remark, Result
from bot.feedback.moves import Act, CaseState, moved
from bot.feedback.wishes import Rate, Reopen, Say, Withdraw
from bot.handling.afterwards import close, reopen
from bot.handling.alerting import Alerting
from bot.handling.answering import answer, approve, submit, write
from bot.handling.asking import ask, give_up, reply_for
from bot.handling.assigning import Post, assign, begin
from bot.handling.closing import Closing
from bot.handling.doing import by_officer
from bot.handling.grading import regrade
from bot.handling.merging import merge, separate
from bot.handling.noting import note
from bot.handling.passing_on import Elsewhere, hand_on, refuse, transfer
from bot.handling.promising import promise
from bot.handling.refusing import Refused
from bot.handling.stepping import Step, stepped
from bot.handling.telling_on import TellingOn
from bot.handling.told import told
from bot.storage.case_answer_rows import AnswerWords, find_answer
from bot.storage.case_rows import events_of, find_case
from bot.storage.case_view_rows import Onlooker, views_of
from bot.storage.feedback_tables import cases, followers, notices
from bot.storage.notice_rows import notices_of_case
from tests.fakes.chambers import Chamber

DONE: Final = AnswerWords(result=Result.DONE, text="Đã dọn.")
CANNOT: Final = AnswerWords(result=Result.CANNOT, code="no_means", text="Chưa có kinh phí.")
THERE: Final = Elsewhere(name="Điện lực", contact="19001006")
SECRET: Final = "ghi-chú-kín"
BOTH: Final = st.integers(0, 1)
NUMBERS: Final = count(1)
Doing = Callable[..., Awaitable[Any]]


class CaseLife(RuleBasedStateMachine):
    """Rules that may do anything to either case; invariants say what is true after each."""

    def __init__(self, runner: asyncio.Runner, room: Chamber) -> None:
        super().__init__()
        self.runner, self.room = runner, room
        self.seen: dict[int, tuple[Case, int]] = {}
        self.filed: list[Case] = []

    def run(self, doing: Awaitable[Any]) -> Any:
        async def awaited() -> Any:
            return await doing

        return self.runner.run(awaited())

    @initialize()
    def file(self) -> None:
        number = next(NUMBERS)
        self.filed = [self.run(self.room.filed(f"{name}{number}")) for name in "ab"]
        self.run(self.room.followed(self.filed[0], f"f{number}"))
        self.run(self.room.followed(self.filed[1], f"a{number}"))

    def tries(self, which: int, act: Doing, login: str = "hoa") -> None:
        """Let an officer try something; what is not allowed leaves no trace."""
        case = self.filed[which]
        before = self.run(self.room.events(case))
        try:
            self.run(self.room.does(login, case, act))
        except (NotAllowed, Refused):
            assert self.run(self.room.events(case)) == before

    def citizen(self, which: int, wish: Say | Rate | Reopen | Withdraw) -> None:
        async def tell() -> None:
            bureau = self.room.bureau
            telling = TellingOn(seals=bureau.seals, clockwork=bureau.clockwork)
            async with self.room.database.writing() as connection:
                case = await find_case(connection, self.filed[which].id, hold=True)
                assert case is not None
                await telling.tell_on(connection, case, wish, self.room.clock.now())

        self.run(tell())

    @rule(which=BOTH, officer=st.sampled_from([None, "lan", "minh"]))
    def is_assigned(self, which: int, officer: str | None) -> None:
        number = None if officer is None else self.room.officers[officer]
        post = Post(unit=self.room.unit, officer=number)
        self.tries(which, lambda d, c: assign(d, self.room.bureau, c, post, SECRET))

    @rule(which=BOTH)
    def is_begun(self, which: int) -> None:
        self.tries(which, begin)

    @rule(which=BOTH)
    def is_asked(self, which: int) -> None:
        self.tries(which, lambda d, c: ask(d, self.room.bureau, c, "Ở đâu ạ?"))

    @rule(which=BOTH, by_citizen=st.booleans())
    def is_replied(self, which: int, by_citizen: bool) -> None:
        if by_citizen:
            self.citizen(which, Say(case=self.filed[which].id, words="ở ngõ 5"))
        else:
            self.tries(which, lambda d, c: reply_for(d, self.room.bureau, c, "ở ngõ 5"))

    @rule(which=BOTH, words=st.sampled_from([DONE, CANNOT]))
    def is_answered(self, which: int, words: AnswerWords) -> None:
        self.tries(which, lambda d, c: answer(d, self.room.bureau, c, words))

    @rule(which=BOTH)
    def is_answered_by_two(self, which: int) -> None:
        async def approved(doing: Any, case: Case) -> None:
            draft = await find_answer(doing.connection, case.id)
            await approve(doing, self.room.bureau, case, draft.version if draft else 0)

        self.tries(which, lambda d, c: write(d, c, DONE))
        self.tries(which, submit)
        self.tries(which, approved, "nam")

    @rule(which=BOTH)
    def is_passed_on(self, which: int) -> None:
        self.tries(which, lambda d, c: hand_on(d, self.room.bureau, c, THERE, "của điện lực"))

    @rule(which=BOTH)
    def is_refused(self, which: int) -> None:
        self.tries(which, lambda d, c: refuse(d, self.room.bureau, c, "no_matter", "Quảng cáo."))

    @rule(which=BOTH)
    def is_given_up(self, which: int) -> None:
        self.tries(which, lambda d, c: give_up(d, self.room.bureau, c))

    @rule(which=BOTH)
    def is_opened_again(self, which: int) -> None:
        self.tries(which, lambda d, c: reopen(d, self.room.bureau, c, SECRET))

    @rule(which=BOTH)
    def is_closed(self, which: int) -> None:
        self.tries(which, lambda d, c: close(d, c, SECRET))

    @rule(which=BOTH, grade=st.sampled_from(Grade))
    def is_graded(self, which: int, grade: Grade) -> None:
        self.tries(which, lambda d, c: regrade(d, self.room.bureau, c, grade, "nguy hiểm"))

    @rule(which=BOTH, days=st.integers(1, 9))
    def is_promised(self, which: int, days: int) -> None:
        day = self.room.clock.now().astimezone(VIETNAM).date() + timedelta(days=days)
        self.tries(which, lambda d, c: promise(d, self.room.bureau, c, day, "mưa"))

    @rule(which=BOTH)
    def is_noted(self, which: int) -> None:
        self.tries(which, lambda d, c: note(d, c, SECRET))

    @rule(which=BOTH)
    def is_merged(self, which: int) -> None:
        into = self.filed[1 - which].id
        self.tries(which, lambda d, c: merge(d, self.room.bureau, c, into))

    @rule(which=BOTH)
    def is_separated(self, which: int) -> None:
        self.tries(which, lambda d, c: separate(d, self.room.bureau, c))

    @rule(which=BOTH)
    def goes_elsewhere(self, which: int) -> None:
        self.tries(which, lambda d, c: transfer(d, self.room.bureau, c, "xa-b", "ở xã B"))

    @rule(which=BOTH, level=st.integers(1, 5))
    def is_rated(self, which: int, level: int) -> None:
        self.citizen(which, Rate(case=self.filed[which].id, level=level))

    @rule(which=BOTH, takes_back=st.booleans())
    def is_ended_or_opened_by_its_citizen(self, which: int, takes_back: bool) -> None:
        number = self.filed[which].id
        self.citizen(which, Withdraw(number) if takes_back else Reopen(case=number, why="còn rác"))

    @rule(hours=st.sampled_from([1, 30, 24 * 8, 24 * 22]))
    def time_goes_by(self, hours: int) -> None:
        room = self.room
        room.clock.move(timedelta(hours=hours))
        silence = Closing(database=room.database, clock=room.clock, bureau=lambda: room.bureau)
        alerting = Alerting(
            database=room.database,
            clock=room.clock,
            bureau=lambda: room.bureau,
            bell=Bell(),
            kept=KEPT,
        )
        for tick in (alerting.alert, silence.close, silence.give_up):
            self.run(tick())

    @rule(which=BOTH)
    def two_act_at_once(self, which: int) -> None:
        """Both begin with the same version: one is done, the other is told so."""
        case = self.run(self.room.now(self.filed[which]))

        async def noted(doing: Any, _: Case) -> None:
            remark = Step(did=Remark.NOTE, text=SECRET)
            await stepped(doing.connection, case, remark, by_officer(doing))

        self.run(self.room.does("lan", case, noted))
        try:
            self.run(self.room.does("minh", case, noted))
        except Overtaken:
            return
        raise AssertionError("both were done")

    @invariant()
    def all_is_as_its_events_tell(self) -> None:
        for filed in self.filed:
            self.run(self._looked_at(filed))

    async def _looked_at(self, filed: Case) -> None:
        case, events = await self.room.now(filed), await self.room.events(filed)
        (row,) = [one for one in await self.room.rows(cases) if one.id == filed.id]
        _by_the_table(events)
        course = course_of(case.received_at, events)
        assert (case.version, case.state) == (len(events), events[-1].state)
        assert row.is_open == case.state.is_open
        assert case.reopened == sum(one.did is Act.REOPEN for one in events)
        assert (case.state is CaseState.CLOSED) == (case.closed_at is not None)
        assert (case.result is Result.NONE) == case.state.is_open
        assert (row.due_set, row.alerted) == (course.instead is not None, course.alerted)
        assert (row.paused_at is not None) == (case.state is CaseState.AWAITING_CITIZEN)
        self._clock_stands(case, row)
        if self.seen.get(case.id, (None, 0))[1] != case.version:
            await self._told(case, events)
        self.seen[case.id] = (case, case.version)

    def _clock_stands(self, case: Case, row: Any) -> None:
        """While the citizen is asked nothing of the time left is used, or added."""
        left = getattr(self, f"left_{case.id}", None)
        if case.state is not CaseState.AWAITING_CITIZEN:
            left = None
        elif left is not None:
            assert row.left_minutes == left
        setattr(self, f"left_{case.id}", row.left_minutes if row.paused_at else None)

    async def _told(self, case: Case, events: tuple[Event, ...]) -> None:
        """A public step is owed once to each but its citizen; no note is told anywhere."""
        newest, address = events[-1], case.address
        assert address is not None
        if newest.did is Act.FILE:
            return
        hear = {one.conversation for one in await self.room.rows(followers) if one.case == case.id}
        if newest.did is Act.ASK:
            # What somebody is asked is nobody else's to read.
            hear.clear()
        if newest.author != "citizen":
            hear.add(address.conversation)
        owed = [
            one.conversation
            for one in await self.room.rows(notices)
            if (one.case, one.version) == (case.id, newest.version)
        ]
        assert sorted(owed) == sorted(hear if newest.public else ())
        assert not any(SECRET in one.text for one in events if one.public)
        await self._nothing_leaves(case, {address.conversation, *hear})

    async def _nothing_leaves(self, case: Case, people: set[str]) -> None:
        by = Onlooker(now=self.room.clock.now(), told=lambda *_: True)
        async with self.room.database.reading() as connection:
            views = await views_of(connection, people, by)
            public = await events_of(connection, case.id, public=True)
        async with self.room.database.writing() as connection:
            due = await notices_of_case(connection, case.id, 500)
        desk = self.room.desks.speaking_as(case.office)
        said = [told(one, desk) for one in due]
        assert SECRET not in f"{views}{public}{said}"


def _by_the_table(events: tuple[Event, ...]) -> None:
    state = None
    for number, one in enumerate(events, start=1):
        assert one.version == number
        expected = moved(state, one.did, one.author) if isinstance(one.did, Act) else state
        assert one.state == expected
        state = one.state
