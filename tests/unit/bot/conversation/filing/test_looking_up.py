"""Asking for one's own cases and for a number, in the words people type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.feedback_training import without_marks
from bot.conversation.desk import Desk
from bot.conversation.filing.talk import Step
from bot.conversation.outcomes import Outcome
from bot.feedback.moves import CaseState
from bot.feedback.reference import shown
from bot.messages import ChannelName
from tests.fakes.feedback_talk import FeedbackTalk
from tests.unit.bot.conversation.filing.test_journeys import RUBBISH, summed_up

OWN = [
    "tra cứu phản ánh của tôi",
    "phản ánh của tôi tới đâu rồi",
    "kiểm tra đơn của tôi",
    "đơn của em giải quyết đến đâu rồi ạ",
    "cho em hỏi phản ánh của em sao rồi",
    "pa cua e toi dau r",
    "tra cuu pa cua mk",
    "ktra phananh cua tui",
    "kiến nghị tôi gửi tuần trước có kết quả chưa",
    "các phản ánh tôi đã gửi",
]
A_NUMBER = ["tra cứu", "tra cứu phản ánh", "tra mã", "tôi muốn tra cứu ạ", "tracuu"]
PROCEDURES = [
    "tra cứu hồ sơ đất đai",
    "tra cứu hồ sơ",
    "hồ sơ của tôi tới đâu rồi",
    "tra cứu thông tin đất đai",
    "đơn xin cấp lại giấy khai sinh của tôi cần gì",
    "xem",
]


def filed(desk: Desk) -> FeedbackTalk:
    talk = summed_up(FeedbackTalk(desk))
    talk.chooses("Gửi")
    return talk


@pytest.mark.parametrize("typed", OWN)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_own_cases_are_listed(desk: Desk, typed: str, *, plain: bool) -> None:
    talk = filed(desk)
    talk.says(without_marks(typed) if plain else typed)
    assert "Những việc bà con đã gửi" in talk.text
    assert shown(talk.cases[0].reference) in talk.text


def test_who_sent_nothing_is_told_where_a_dossier_is_looked_up(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("kiểm tra đơn của tôi")
    assert "chưa gửi việc nào" in talk.text
    assert "tra cứu hồ sơ" in talk.text


@pytest.mark.parametrize("typed", A_NUMBER)
def test_looking_up_alone_asks_for_the_number(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(typed)
    assert "gõ mã của vụ việc" in talk.text
    assert talk.last is not None
    assert talk.last.outcome is Outcome.FEEDBACK


@pytest.mark.parametrize("typed", A_NUMBER)
def test_who_sent_something_sees_it_and_how_another_is_looked_up(desk: Desk, typed: str) -> None:
    talk = filed(desk)
    talk.says(typed)
    assert shown(talk.cases[0].reference) in talk.text
    assert "gõ mã của vụ đó" in talk.text


@pytest.mark.parametrize("typed", PROCEDURES)
def test_what_asks_for_a_procedure_or_a_dossier_does_not(desk: Desk, typed: str) -> None:
    talk = filed(desk)
    talk.says(typed)
    assert talk.last is not None
    assert talk.last.outcome is not Outcome.FEEDBACK


def test_in_the_menu_of_kinds_it_is_no_matter(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("phản ánh")
    assert talk.draft is not None
    assert talk.draft.step == Step.CHOOSE_KIND
    talk.says("tra cứu")
    assert "gõ mã của vụ việc" in talk.text
    assert "viết tiếp" in talk.text
    assert talk.draft is not None
    assert not talk.draft.words


def test_at_a_question_of_a_matter_it_is_no_answer(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says("tra cứu")
    assert "gõ mã của vụ việc" in talk.text
    assert talk.draft is not None
    assert talk.draft.step == Step.PLACE
    assert talk.draft.resting


@pytest.mark.parametrize("channel", [ChannelName.WEB, ChannelName.TELEGRAM])
@pytest.mark.parametrize("buttons", [True, False], ids=["buttons", "text only"])
@pytest.mark.parametrize("opening", ["start", "menu"])
def test_the_menu_names_all_three_and_leads_to_them(
    desk: Desk, channel: ChannelName, opening: str, *, buttons: bool
) -> None:
    talk = FeedbackTalk(desk, channel=channel, buttons=buttons)
    talk.says(opening)
    for named in ("Hỏi thủ tục", "Phản ánh – kiến nghị", "Tra cứu phản ánh"):
        assert named in talk.text
    talk.chooses("Tra cứu phản ánh")
    assert "gõ mã của vụ việc" in talk.text
    talk.says("menu")
    talk.chooses("Gửi phản ánh")
    assert "muốn gửi gì" in talk.text


def test_who_is_not_the_sender_hears_nothing_of_what_the_sender_is_asked(desk: Desk) -> None:
    talk = filed(desk)
    talk.asked_back("Bãi rác cao chừng mấy mét?")
    reference = shown(talk.cases[0].reference)
    talk.says(f"tra cứu {reference}")
    assert "chờ bà con trả lời" in talk.text
    talk.cases[0] = replace(talk.cases[0], own=False, question="", words="")
    assert talk.cases[0].state is CaseState.AWAITING_CITIZEN
    talk.says(f"tra cứu {reference}")
    assert "đang xử lý" in talk.text
    assert "chờ bà con" not in talk.text


def test_help_and_a_greeting_name_them_too(desk: Desk) -> None:
    for typed in ("help", "xin chào"):
        talk = FeedbackTalk(desk)
        talk.says(typed)
        for named in ("thủ tục", "phản ánh – kiến nghị", "tra cứu phản ánh"):
            assert named in talk.text.lower()
