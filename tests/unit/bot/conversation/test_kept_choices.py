"""What a button says comes through whole; what no button says is masked like any words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import MessageKind
from knowledge.models import GuideId, Snapshot
from knowledge.testing import make_procedure
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.furnished import open_shelved

CODE = "XA-0912345678"
GUIDE = GuideId("goi-0912345678")


@pytest.fixture(scope="module")
def own(snapshot: Snapshot) -> Desk:
    """A desk whose codes look like somebody's number."""
    procedures = (make_procedure(CODE, "Xác nhận bảng kê lâm sản"),)
    guides = (replace(snapshot.guides[0], id=GUIDE),)
    return open_shelved(replace(snapshot, procedures=procedures, guides=guides))


@pytest.mark.parametrize("value", [f"p:{CODE}", f"a:fee:{CODE}", f"g:{GUIDE}", "none", "menu"])
def test_a_choice_that_is_given_is_kept_as_it_is_and_followed(own: Desk, value: str) -> None:
    conversation = Conversation(own)
    kept = conversation.kept(a_message(value, kind=MessageKind.CHOICE))
    assert (kept.text, kept.masked) == (value, ())
    told = conversation.answer(kept, ConversationState(), now=NOON)
    assert "thông tin cá nhân" not in told.replies[0].text
    if CODE in value:
        assert told.procedure == CODE


@pytest.mark.parametrize(
    "value",
    [
        "p:0912345678",
        "0912345678",
        "g:so-0912345678",
        "f:tell:0912345678",
        "b:see:0912345678",
        "b:see:goi 0912345678",
        "d:0912345678:summary:send",
        "c:rate:0912345678:5",
        "c:reopen:0912345678",
    ],
)
def test_a_choice_nobody_gave_is_masked(own: Desk, value: str) -> None:
    kept = Conversation(own).kept(a_message(value, kind=MessageKind.CHOICE))
    assert "0912345678" not in kept.text
    assert kept.masked == ("phone",)


def test_a_choice_by_hand_that_denounces_is_put_aside(own: Desk) -> None:
    by_hand = a_message("toi to cao ong Tam nhan hoi lo 50 trieu", kind=MessageKind.CHOICE)
    kept = Conversation(own).kept(by_hand)
    assert "hoi lo" not in kept.text
    assert kept.masked == ("denunciation",)


def test_every_choice_under_a_card_is_kept_as_it_is(own: Desk) -> None:
    conversation = Conversation(own)
    pressed = a_message(f"p:{CODE}", kind=MessageKind.CHOICE)
    told = conversation.answer(pressed, ConversationState(), now=NOON)
    values = [choice.value for choice in told.replies[-1].choices]
    assert values
    for value in values:
        assert conversation.kept(a_message(value, kind=MessageKind.CHOICE)).text == value


@pytest.mark.parametrize(
    "told",
    [
        "ông Hùng lấy tiền hối lộ 5 triệu",
        "bà Nguyễn Thị Hoa lấy tiền hối lộ 5 triệu",
        "ông Hùng lấy hối lộ",
        "chủ tịch Lê Văn Tám ăn hối lộ",
        "anh Tuấn công an đánh dân",
    ],
)
def test_a_name_that_is_masked_keeps_no_short_denunciation(own: Desk, told: str) -> None:
    kept = Conversation(own).kept(a_message(told))
    assert "hối lộ" not in kept.text
    assert kept.masked == ("denunciation",)


@pytest.mark.parametrize(
    "told", ["cô Hường tốt lắm", "ông Hùng đâu rồi", "nhà ông Hùng bị cúp điện"]
)
def test_a_few_words_about_somebody_who_is_not_accused_stay(own: Desk, told: str) -> None:
    assert Conversation(own).kept(a_message(told)).masked == ("name",)


@pytest.mark.parametrize(
    "told", ["tên tôi là Nguyễn Văn Hoa, sđt 0912345678", "ten toi la Nguyen Van Hoa 0912345678"]
)
def test_who_only_tells_who_they_are_accuses_nobody(own: Desk, told: str) -> None:
    assert set(Conversation(own).kept(a_message(told)).masked) == {"name", "phone"}
