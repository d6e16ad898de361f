"""A side asked for before a choice was taken is told of what is chosen next, never of the last."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk

CHOICES = "làm căn cước cho mẹ hay cho con, mất hay đổi đều hỏi"


def test_the_fee_of_what_was_shown_before_is_not_told(desk: Desk) -> None:
    told = talk(desk, "cấp lại sổ đỏ bị mất", CHOICES, "hết bao nhiêu tiền")
    assert told.procedure != "1.012786"


def test_a_side_asked_of_choices_is_answered_when_one_is_taken(desk: Desk) -> None:
    asked = talk(desk, CHOICES, "hết bao nhiêu tiền")
    assert asked.outcome is Outcome.CHOICES
    assert all(one.value.startswith("a:fee:") for one in asked.replies[-1].choices[:-1])
    assert "Lệ phí" in talk(desk, CHOICES, "hết bao nhiêu tiền", "1").replies[-1].text


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("cấp lại giấy khai sinh ở đâu", Aspect.WHERE),
        ("cap lai giay khai sinh het bao nhieu tien", Aspect.FEE),
        ("em hỏi 2 việc: làm hộ chiếu, đăng ký kết hôn hết bao nhiêu tiền", Aspect.FEE),
    ],
)
def test_a_side_asked_with_the_matter_is_opened_by_the_choice(
    desk: Desk, said: str, side: Aspect
) -> None:
    offered = talk(desk, said)
    assert offered.outcome is Outcome.CHOICES
    told = talk(desk, said, "1")
    assert (told.outcome, told.aspect) == (Outcome.ANSWERED, side)
    assert told.replies[-1].choices[0].value == f"a:{Aspect.OVERVIEW}:{told.procedure}"
    back = talk(desk, said, "1", "0").replies[-1].choices
    assert [one.value for one in back] == [one.value for one in offered.replies[-1].choices]


def test_each_of_several_matters_is_told_by_the_side_asked_of_it(desk: Desk) -> None:
    offered = talk(desk, "em hỏi 2 việc: làm hộ chiếu bao lâu, đăng ký kết hôn hết bao nhiêu tiền")
    sides = [one.value.split(":")[1] for one in offered.replies[-1].choices[:-1]]
    assert sides == [Aspect.TIME, Aspect.FEE]


@pytest.mark.parametrize(
    "said", ["het bao nhieu tien", "bao nhieu ngay thi xong", "bao lau co", "mất bao lâu"]
)
def test_a_side_asked_without_marks_stays_with_the_procedure(desk: Desk, said: str) -> None:
    assert talk(desk, "đăng ký kết hôn", said).procedure == "1.000894"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("con tôi bị lạc", Outcome.EMERGENCY),
        ("bi cho can", Outcome.EMERGENCY),
        ("chán đời quá", Outcome.EMERGENCY),
        ("tao muốn kiện phường", Outcome.FEEDBACK),
        ("số điện thoại phường", Outcome.HOTLINE),
    ],
)
def test_what_must_not_be_sent_away(desk: Desk, said: str, outcome: Outcome) -> None:
    assert talk(desk, said).outcome is outcome
