"""Whatever is said to whatever question: an answer with words, no dead end, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.desk import Desk
from bot.conversation.filing.presses import feedback_label, value_of
from bot.conversation.filing.replying import WANTS
from bot.conversation.filing.table import ORDER, STATES
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.outcomes import Outcome
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Place
from bot.feedback.moves import CaseState
from bot.feedback.views import CaseView, Feedback
from bot.feedback.wishes import Drop
from bot.messages import ChannelName, MessageKind, Wanted
from tests.conftest import NOON
from tests.fakes.feedback_talk import FeedbackTalk

OF_A_CASE = frozenset(
    {
        Step.ADDING,
        Step.ANSWERING,
        Step.FACTOR,
        Step.WHY,
        Step.REOPENING,
        Step.WITHDRAWING,
    }
)
ASKED = tuple(step for step in Step if step != Step.WARNED)
WORDS = "rác đổ đầy ngõ"
CASE = CaseView(
    id=CaseId(9),
    reference="22222222" + "a",
    office="mau",
    kind=Kind.REPORT,
    topic="khac",
    state=CaseState.AWAITING_CITIZEN,
    received_at=NOON - timedelta(days=3),
    words="đèn hỏng",
    question="Ở cột số mấy?",
    own=True,
)
KNOWN = Draft(
    step="",
    reference="33333333b",
    begun_at=NOON,
    kind=Kind.REPORT,
    topic="khac",
    words=WORDS,
    place=Place(words="ngõ 12"),
    consent="handle_case-1",
    asked=(Step.NOTICE,),
)
# What each question of a new matter finds unanswered.
MISSING: dict[Step, dict[str, object]] = {
    Step.CHOOSE_KIND: {"kind": None, "asked": ()},
    Step.NOTICE: {"consent": "", "asked": ()},
    Step.WHAT: {"words": ""},
    Step.PLACE: {"place": Place()},
    Step.PAPERS: {"files": (4,), "papers": None},
    Step.NAME: {"anonymous": False},
    Step.PHONE: {"anonymous": False},
    Step.ADDRESS: {"anonymous": False},
}


def at(step: Step) -> Draft:
    """Give a draft that stands at a question."""
    if step in OF_A_CASE:
        held = "ở cột số 5" if step == Step.ANSWERING else ""
        bare = replace(KNOWN, kind=None, topic="", words=held, place=Place(), consent="")
        return replace(bare, step=step, case=CASE.id, level=2, asked=(step,))
    told = replace(KNOWN, step=step)
    return replace(told, **MISSING.get(step, {}))  # type: ignore[arg-type]


def asked(desk: Desk, step: Step) -> FeedbackTalk:
    """Give a talk in which a question stands."""
    talk = FeedbackTalk(desk, cases=[CASE])
    talk.draft = at(step)
    talk.files = list(at(step).files)
    return talk


def goes_on(talk: FeedbackTalk) -> None:
    """Show that something was said, at most one thing asked, and nothing lost."""
    assert talk.text.strip()
    assert talk.text.count("?") <= 1 or talk.last is None or talk.last.outcome != Outcome.FEEDBACK
    draft = talk.draft
    assert draft is not None
    if draft.case is None and draft.step not in {Step.WHAT, Step.CHOOSE_KIND}:
        assert draft.words.startswith(WORDS) or draft.step in {Step.NOTICE, Step.PAPERS}


def test_every_question_stands_in_the_table() -> None:
    assert set(STATES) == set(Step) == set(ORDER)


@pytest.mark.parametrize("step", Step)
def test_every_choice_has_its_words(desk: Desk, step: Step) -> None:
    for choice in STATES[step].choices:
        value = value_of("33333333b", step, choice)
        assert feedback_label(value, desk)
        assert len(value) <= 60
        assert value.isascii()


def test_a_name_alone_may_be_told_by_a_card() -> None:
    assert [step for step in Step if Wanted.CONTACT in WANTS.get(step, ())] == [Step.NAME]


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("typed", ["0", "quay lại", "QUAY LAI"])
def test_back_always_works(desk: Desk, step: Step, typed: str) -> None:
    talk = asked(desk, step)
    talk.says(typed)
    assert talk.text.strip()
    assert talk.draft is not None


def offered(desk: Desk, step: Step) -> Sequence[str]:
    """Give the choices of a question that stands."""
    feedback = Feedback(reserved="33333333c", cases=(CASE,))
    return STATES[step].names(
        Talk(desk=desk, feedback=feedback, draft=at(step), channel=ChannelName.ZALO, now=NOON)
    )


@pytest.mark.parametrize("step", ASKED)
def test_a_label_that_is_typed_is_as_good_as_its_button(desk: Desk, step: Step) -> None:
    for choice in offered(desk, step):
        pressed, typed = asked(desk, step), asked(desk, step)
        value = value_of(at(step).reference, step, choice)
        pressed.presses(value)
        typed.says(feedback_label(value, desk))
        assert (typed.text, typed.draft) == (pressed.text, pressed.draft), choice


# Who does not erase keeps what is being written.
@pytest.mark.parametrize("step", [step for step in ASKED if step != Step.ERASING])
@pytest.mark.parametrize("typed", ["thôi", "huy", "Thôi không gửi nữa"])
def test_giving_up_always_works(desk: Desk, step: Step, typed: str) -> None:
    talk = asked(desk, step)
    talk.says(typed)
    assert not talk.draft
    assert any(isinstance(one, Drop) for one in talk.wishes)


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("menu", Outcome.MENU),
        ("cháy nhà rồi cứu với", Outcome.EMERGENCY),
        ("chay nha roi cuu voi", Outcome.EMERGENCY),
        ("đăng ký khai sinh cần giấy tờ gì?", Outcome.ANSWERED),
        ("dữ liệu của tôi", Outcome.FEEDBACK),
        ("việc của tôi", Outcome.FEEDBACK),
        ("gặp cán bộ", Outcome.PERSON),
    ],
)
def test_something_else_is_answered_and_the_draft_rests(
    desk: Desk, step: Step, typed: str, outcome: Outcome
) -> None:
    talk = asked(desk, step)
    assert talk.says(typed).outcome is outcome
    assert talk.draft is not None
    assert talk.draft.resting
    assert "viết tiếp" in talk.text
    talk.says("viết tiếp", after=timedelta(days=5))
    assert not talk.draft.resting


# The many words are three times as long as what any channel hands on.
@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("typed", ["asdf", "?!", "😀", "x" * 20_000, "a b c " * 1000, "12345"])
def test_nonsense_leads_nowhere_and_loses_nothing(desk: Desk, step: Step, typed: str) -> None:
    talk = asked(desk, step)
    talk.says(typed)
    if step not in {Step.ERASING, Step.WHY, Step.FACTOR, Step.REOPENING}:
        goes_on(talk)
    assert talk.text.strip()


@pytest.mark.parametrize("step", ASKED)
def test_a_photo_is_taken_at_every_question(desk: Desk, step: Step) -> None:
    talk = asked(desk, step)
    talk.sends_photo()
    assert "giấy tờ" in talk.text
    assert talk.draft is not None
    assert talk.draft.step == Step.PAPERS
    talk.chooses("Không có giấy tờ")
    assert talk.text.strip()


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize("kind", [MessageKind.VOICE, MessageKind.UNSUPPORTED])
def test_what_nobody_reads_is_said_so_and_the_question_stands(
    desk: Desk, step: Step, kind: MessageKind
) -> None:
    talk = asked(desk, step)
    talk.sends(kind)
    assert talk.text.startswith(desk.say("feedback_unread"))
    assert talk.draft is not None
    assert (talk.draft.step, talk.draft.resting) == (step, False)


@pytest.mark.parametrize("step", ASKED)
def test_a_denunciation_is_never_taken_in(desk: Desk, step: Step) -> None:
    talk = asked(desk, step)
    talk.says("tố cáo ông Nguyễn Văn Bảy chủ tịch xã nhận hối lộ 50 triệu")
    assert "Bảy" not in talk.text
    assert talk.draft is not None
    assert b"h\\u1ed1i l\\u1ed9" not in talk.draft.to_json()
    assert "hối lộ" not in talk.draft.to_json().decode()
    assert talk.draft.warned is Kind.DENUNCIATION
