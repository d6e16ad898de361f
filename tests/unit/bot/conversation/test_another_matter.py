"""Who names another matter in a talk is told of that alone; of the paper at hand, of the card."""

from __future__ import annotations

from itertools import product

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect
from tests.unit.bot.conversation.test_follow_ups import talk

BEFORE = ("làm giấy khai sinh", "đăng ký kết hôn", "sang tên sổ đỏ", "đăng ký tạm trú")
CODES = {"làm hộ chiếu": "1.001456", "làm căn cước": "1.014061", "xin giấy độc thân": "1.004873"}
TURNING = (
    "còn {} thì sao", "thế còn {} thì sao", "vậy còn {} thì sao", "rồi {} thì sao", "còn {}",
    "nếu {} thì sao", "cho hỏi thêm {}", "à mà {} thì sao", "còn muốn {} thì sao",
    "con {} thi sao", "vậy {} thì sao",
)  # fmt: skip


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize(("before", "turning"), [*product(BEFORE, TURNING)])
def test_another_matter_is_told_alone(desk: Desk, name: str, before: str, turning: str) -> None:
    assert talk(desk, before, turning.format(name)).procedure == CODES[name]


@pytest.mark.parametrize("before", BEFORE)
def test_a_side_of_another_matter_is_told(desk: Desk, before: str) -> None:
    told = talk(desk, before, "còn làm hộ chiếu hết bao nhiêu tiền")
    assert (told.procedure, told.aspect) == ("1.001456", Aspect.FEE)


@pytest.mark.parametrize(
    ("before", "said", "code"),
    [
        ("đăng ký kết hôn", "giấy độc thân thì sao", "1.000894"),
        ("đăng ký kết hôn", "không có giấy độc thân thì sao", "1.000894"),
        ("làm giấy khai sinh", "nếu không có giấy chứng sinh thì sao", "1.001193"),
    ],
)
def test_a_paper_of_the_matter_at_hand_stays_one(
    desk: Desk, before: str, said: str, code: str
) -> None:
    told = talk(desk, before, said)
    assert (told.procedure, told.aspect) == (code, Aspect.PAPERS)
