"""What the office has set decides who is served, in which words, and what is told first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.desk import Desk
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.state import from_json, to_json
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, CitizenAddress
from bot.officials.notices import Notice, NoticeLevel
from bot.officials.office_entries import Entry, Stood
from tests.conftest import NOON
from tests.factories import a_message

STORM = Notice(
    id="bao", level=NoticeLevel.STORM, text="Bão số 9 đang vào.", begins=NOON,
    ends=NOON + timedelta(hours=6),
)  # fmt: skip
TELEGRAM = CitizenAddress(channel=ChannelName.TELEGRAM, user_id="7")


def _stood(*guests: str, **values: dict[str, Any]) -> Stood:
    entries = [
        Entry(office="", key=key.replace("__", ":"), value=value) for key, value in values.items()
    ]
    return Stood(version="1", entries=tuple(entries), guests=guests)


def _ask(
    desk: Desk, stood: Stood, text: str, state: ConversationState | None = None
) -> TurnResult:
    message = replace(a_message(text), address=TELEGRAM)
    return Conversation(desk, stood).answer(message, state or ConversationState(), now=NOON)


def test_a_channel_switched_off_says_whom_to_turn_to(desk: Desk) -> None:
    result = _ask(desk, _stood(channel__telegram={"off": True}), "đăng ký khai sinh")
    assert result.outcome is Outcome.CLOSED
    assert "tạm ngừng" in result.replies[0].text
    on = _ask(desk, _stood(channel__web={"off": True}), "đăng ký khai sinh")
    assert on.outcome is not Outcome.CLOSED


@pytest.mark.parametrize(
    "stood", [_stood(channel__telegram={"off": True}), _stood(trial={"on": True, "code": "x"})]
)
def test_danger_is_heard_where_nobody_is_served(desk: Desk, stood: Stood) -> None:
    assert _ask(desk, stood, "cháy nhà rồi cứu với").outcome is Outcome.EMERGENCY


def test_in_a_trial_guests_alone_are_answered(desk: Desk) -> None:
    trial = {"on": True, "code": "thu-nghiem"}
    assert _ask(desk, _stood(trial=trial), "xin chào").outcome is Outcome.CLOSED
    guest = _stood(TELEGRAM.conversation, trial=trial)
    assert _ask(desk, guest, "xin chào").outcome is Outcome.SMALL_TALK


@pytest.mark.parametrize(
    "said", ["thu-nghiem", " Thu-Nghiem. ", "/start thu-nghiem", "start thu-nghiem"]
)
def test_who_types_the_code_becomes_a_guest(desk: Desk, said: str) -> None:
    trial = {"on": True, "code": "thu-nghiem"}
    assert _ask(desk, _stood(trial=trial), said).errand is Errand.JOIN
    assert _ask(desk, _stood(trial={"on": True, "code": ""}), "").errand is None
    assert _ask(desk, _stood(trial={"on": False, "code": "thu-nghiem"}), said).errand is None


def test_an_invitation_that_is_accepted_or_void_is_no_question(desk: Desk) -> None:
    trial = {"on": True, "code": "thu-nghiem"}
    guest = _stood(TELEGRAM.conversation, trial=trial)
    assert "đã vào danh sách thử" in _ask(desk, guest, "thu-nghiem").replies[0].text
    for stood in (_stood(), guest):
        assert _ask(desk, stood, "start thu-xxxxxxxx").outcome is Outcome.MENU
    assert _ask(desk, _stood(trial=trial), "start thu-xxxxxxxx").outcome is Outcome.CLOSED
    assert _ask(desk, _stood(trial={"on": True, "code": ""}), "start").outcome is Outcome.CLOSED


def test_notices_are_told_once_and_again_when_they_change(desk: Desk) -> None:
    first = _ask(desk, _stood(notice__bao=dict(STORM.value)), "xin chào")
    assert first.replies[0].text == "KHẨN: Bão số 9 đang vào."
    kept = from_json(to_json(first.state))
    again = _ask(desk, _stood(notice__bao=dict(STORM.value)), "xin chào", kept)
    assert all("Bão" not in reply.text for reply in again.replies)
    other = replace(STORM, text="Bão số 9 đã tan.")
    changed = _ask(desk, _stood(notice__bao=dict(other.value)), "xin chào", kept)
    assert changed.replies[0].text == "KHẨN: Bão số 9 đã tan."


def test_nothing_stands_before_what_may_save_a_life(desk: Desk) -> None:
    result = _ask(desk, _stood(notice__bao=dict(STORM.value)), "cháy nhà rồi cứu với")
    assert result.replies[0].text.startswith("VIỆC KHẨN CẤP")


def test_an_office_speaks_in_words_of_its_own_but_not_where_life_hangs_on_them(
    desk: Desk,
) -> None:
    own = _stood(
        wording__small_talk_thanks={"text": "Dạ không có chi!"},
        wording__emergency_fire={"text": "Gọi ủy ban nhé."},
        wording__menu={"text": "{mọi thứ} hỏng"},
    )
    assert _ask(desk, own, "cảm ơn nhé").replies[0].text.endswith("\nDạ không có chi!")
    assert "114" in _ask(desk, own, "cháy nhà rồi cứu với").replies[0].text
    assert "hỏng" not in _ask(desk, own, "menu").replies[0].text


def test_another_desk_goes_by_what_was_set_before(desk: Desk) -> None:
    conversation = Conversation(desk, _stood(channel__telegram={"off": True}))
    conversation.desk = desk
    assert conversation.desk.standing.closed == {ChannelName.TELEGRAM}
    conversation.stand(Stood(version="2"))
    assert conversation.desk.standing.closed == frozenset()


def test_a_row_of_the_release_before_is_read() -> None:
    older = to_json(ConversationState(procedure="1.001193")).replace(', "told": []', "")
    assert "told" not in older
    assert from_json(older).procedure == "1.001193"
