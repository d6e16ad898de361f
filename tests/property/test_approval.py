"""Whatever people do with a text, only what another approved may start, and as it was approved."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from broadcasts.approval import BEGINNINGS, ENDS, Act, Refusal, Text
from broadcasts.models import BROADCAST_MOVES, BroadcastStatus, RunStatus, ScheduleStatus
from broadcasts.state import Course, State

OFFICERS = st.integers(1, 3)
ACTS = st.sampled_from(sorted(set(ENDS)))


class Life(RuleBasedStateMachine):
    """One text, three people who may do everything, and what each version was approved with."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text(
            status=BroadcastStatus.DRAFT,
            version=1,
            frozen=False,
            urgent=False,
            writers=frozenset({1}),
        )
        self.words = {1: "một"}
        self.frozen: dict[int, str] = {}
        self.approved: dict[int, tuple[int, frozenset[int]]] = {}

    @rule(act=ACTS, officer=OFFICERS, words=st.text(max_size=3))
    def act(self, act: Act, officer: int, words: str) -> None:
        if self.text.refusal(act, officer, "vì sao") is not None:
            return
        status, version, frozen = self.text.after(act), self.text.version, self.text.frozen
        writers = self.text.writers
        if act is Act.EDIT:
            version, writers, frozen = self.text.edited_version, writers | {officer}, False
            self.words[version] = words
        if act is Act.SUBMIT:
            frozen = True
            self.frozen[version] = self.words[version]
        if act is Act.APPROVE:
            self.approved[version] = (officer, writers)
        self.text = Text(
            status=status, version=version, frozen=frozen, urgent=False, writers=writers
        )

    @precondition(lambda self: self.text.refusal(Act.START, 1) is None)
    @rule()
    def start(self) -> None:
        by, writers = self.approved[self.text.version]
        assert by not in writers
        assert self.words[self.text.version] == self.frozen[self.text.version]

    @invariant()
    def what_was_frozen_is_never_written_again(self) -> None:
        assert {one: self.words[one] for one in self.frozen} == self.frozen

    @invariant()
    def only_what_was_frozen_is_seen_by_approvers(self) -> None:
        if self.text.status in {BroadcastStatus.SUBMITTED, BroadcastStatus.APPROVED}:
            assert self.text.frozen

    @rule(officer=OFFICERS)
    def urgency_is_no_way_around(self, officer: int) -> None:
        refused = self.text.refusal(Act.START_URGENT, officer, "bão")
        assert refused in {Refusal.ELSEWHERE, Refusal.NOT_URGENT}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=30)

texts = st.builds(
    Text,
    status=st.sampled_from(BroadcastStatus),
    version=st.integers(1, 9),
    frozen=st.booleans(),
    urgent=st.booleans(),
    writers=st.frozensets(OFFICERS),
)


@given(texts, st.sampled_from(sorted(ENDS)), OFFICERS)
def test_what_is_not_refused_is_a_move_of_the_table(text: Text, act: Act, officer: int) -> None:
    if text.refusal(act, officer, "vì sao") is not None:
        return
    end = text.after(act)
    assert end is text.status or end in BROADCAST_MOVES[text.status]


@given(texts, OFFICERS)
def test_a_return_and_an_urgent_start_want_a_reason(text: Text, officer: int) -> None:
    for act in (Act.RETURN, Act.START_URGENT):
        assert text.refusal(act, officer, " ") is not None


@given(
    st.sampled_from(BroadcastStatus),
    st.lists(st.sampled_from(ScheduleStatus), max_size=3),
    st.lists(st.sampled_from(RunStatus), max_size=3),
    st.lists(st.sampled_from([RunStatus.RUNNING, RunStatus.PAUSED]), max_size=1),
)
def test_every_broadcast_is_somewhere_and_what_goes_out_is_said_first(
    status: BroadcastStatus,
    schedules: list[ScheduleStatus],
    runs: list[RunStatus],
    going: list[RunStatus],
) -> None:
    course = Course(
        status=status, schedules=tuple(schedules), runs=tuple(runs), going=tuple(going)
    )
    running = RunStatus.RUNNING in (*runs, *going)
    assert (course.state is State.RUNNING) == running
    if course.state is State.SCHEDULED:
        assert status is BroadcastStatus.APPROVED
        assert ScheduleStatus.ACTIVE in schedules


def test_each_act_has_where_it_begins() -> None:
    assert set(BEGINNINGS) == set(Act)
