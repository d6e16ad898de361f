"""What only tells since when, or where, is that answer at whatever question it is typed."""

from __future__ import annotations

from time import process_time

import pytest

from bot.conversation.desk import Desk
from bot.conversation.filing.talk import Step
from bot.conversation.filing.telling import Telling
from tests.fakes.feedback_talk import FeedbackTalk
from tests.unit.bot.conversation.filing.test_journeys import PLACE, RUBBISH, summed_up

MATTER = "rác đổ đầy đầu ngõ"


def at_the_photos(desk: Desk) -> FeedbackTalk:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    assert talk.draft is not None
    assert talk.draft.step == Step.PHOTO
    return talk


@pytest.mark.parametrize(
    "typed",
    ["từ hôm thứ 5", "tu hom thu 5", "từ 20/11", "khoảng 7h30 sáng qua", "dạ mấy hôm nay ạ"],
)
def test_a_time_typed_at_the_photos_is_the_time(desk: Desk, typed: str) -> None:
    talk = at_the_photos(desk)
    talk.says(typed)
    assert talk.draft is not None
    assert talk.draft.happened == typed
    assert talk.draft.words == RUBBISH
    assert talk.draft.step == Step.PHOTO
    assert f"ghi thời gian: {typed}" in talk.text
    assert "Có ảnh thì" in talk.text


def test_a_place_typed_at_the_photos_is_the_place(desk: Desk) -> None:
    talk = at_the_photos(desk)
    talk.says("à ở ngõ 15 Nguyễn Trãi ạ")
    assert talk.draft is not None
    assert talk.draft.place.words == "à ở ngõ 15 Nguyễn Trãi ạ"
    assert talk.draft.words == RUBBISH


def test_a_time_typed_where_the_place_is_asked_is_no_place(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says("từ hôm thứ 5")
    assert talk.draft is not None
    assert talk.draft.step == Step.PLACE
    assert talk.draft.happened == "từ hôm thứ 5"
    assert "Việc này ở đâu" in talk.text


def test_before_the_summary_it_is_mended_and_shown_again(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("từ hôm thứ 5")
    assert talk.draft is not None
    assert talk.draft.step == Step.SUMMARY
    assert talk.draft.happened == "từ hôm thứ 5"
    assert "từ hôm thứ 5" in talk.text
    talk.chooses("Gửi")
    assert talk.cases


def test_what_tells_more_than_that_is_added_to_the_matter(desk: Desk) -> None:
    talk = at_the_photos(desk)
    talk.says("từ hôm thứ 5 còn có cả xác chuột chết")
    assert talk.draft is not None
    assert "xác chuột" in talk.draft.words


@pytest.mark.parametrize(
    ("text", "time", "place"),
    [
        ("từ hôm thứ 5", True, False),
        ("hôm qua", True, False),
        ("hôm\n qua, sáng nay", True, False),
        ("từ 12/11 tới nay", True, False),
        ("ngõ 12", False, True),
        ("ở trước Nhà văn hóa", False, True),
        ("hôm qua ở ngõ 12", False, False),
        ("chị Năm", False, False),
        ("không có ảnh", False, False),
        ("hôm qua " * 500, False, False),
        ("", False, False),
    ],
)
def test_words_that_are_nothing_else(text: str, *, time: bool, place: bool) -> None:
    telling = Telling.load()
    assert (telling.is_a_time(text), telling.is_a_place(text)) == (time, place)


def test_a_number_beside_a_time_is_not_said_back(desk: Desk) -> None:
    talk = at_the_photos(desk)
    talk.says("hôm 0912345678")
    assert "0912345678" not in talk.text


def test_a_long_text_is_looked_through_once() -> None:
    begun = process_time()
    assert Telling.load().time("rác rến " * 5000) == ""
    assert process_time() - begun < 3
