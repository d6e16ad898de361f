"""Sides as they are typed in a hurry: shortened, half without marks, around what is done."""

from __future__ import annotations

from itertools import product

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk

MARRIAGE = "đăng ký kết hôn"
CODES = {MARRIAGE: "1.000894", "làm hộ chiếu": "1.001456", "xin giấy độc thân": "1.004873"}
FEE = (
    "hết bn", "het bnh", "tiền bn", "tien bn", "bn tiền", "bn tien", "bnh tiền", "bnhiu tiền",
    "phí bn", "phi bn", "lệ phí bn", "mất bn", "mat bn tien", "tốn bn", "bao nhiu tien",
    "bao nhieu tien",
    "nhiu tiền", "tổng bn", "tổng hết bn", "mấy xu", "bao nhiêu xiền",
)  # fmt: skip
TIME = (
    "bn ngày", "bn ngay", "bnh ngày", "bn ngày có", "bn ngay co", "mấy ngày có", "may ngay co",
    "mấy ngày lấy", "may ngay lay dc", "bn lâu", "mất bn lâu", "bao lau", "nhiu ngày", "bn hôm",
    "khi nào lấy", "bao giờ xong", "chừng nào lấy",
)  # fmt: skip
ALONE = (
    "bn",
    "bnh",
    "bnhieu",
    "bnhiu",
    "bao nhiu",
    "bao nhieu",
    "bn z",
    "bn v ad",
    "nhiu z",
    "tiền sao",
)


@pytest.mark.parametrize(
    ("said", "side"),
    [*product(FEE + ALONE, [Aspect.FEE]), *product(TIME, [Aspect.TIME])],
)
def test_a_short_question_asks_for_a_side_of_what_was_talked_about(
    desk: Desk, said: str, side: Aspect
) -> None:
    told = talk(desk, MARRIAGE, said)
    assert (told.procedure, told.aspect) == (CODES[MARRIAGE], side)


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize(
    ("said", "side"), [*product(FEE, [Aspect.FEE]), *product(TIME, [Aspect.TIME])]
)
def test_it_asks_for_a_side_of_what_is_named_beside(
    desk: Desk, name: str, said: str, side: Aspect
) -> None:
    told = talk(desk, f"{name} {said}")
    assert (told.procedure, told.aspect) == (CODES[name], side)


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("money", ["tiền", "phí", "giá"])
@pytest.mark.parametrize("much", ["bn", "bnh", "bao nhiêu", "bao nhieu", "nhiu"])
def test_money_may_be_named_before_what_is_done(
    desk: Desk, name: str, money: str, much: str
) -> None:
    told = talk(desk, f"{money} {name} {much}")
    assert (told.procedure, told.aspect) == (CODES[name], Aspect.FEE)


@pytest.mark.parametrize(
    "said", ["bn", "bnh", "hết bn", "tiền bn", "bn tiền", "bn ngày", "bao nhiu"]
)
def test_asked_of_nothing_it_is_asked_back_of_what(desk: Desk, said: str) -> None:
    told = talk(desk, said)
    assert told.outcome is Outcome.UNANSWERED
    assert "thủ tục nào" in told.replies[-1].text


@pytest.mark.parametrize(
    "said",
    [
        "tiền trợ cấp thất nghiệp bn", "tiền thai sản bn", "tiền tuất bao nhiêu", "lương hưu bn",
        "tiền già bn", "trợ cấp người cao tuổi bn tiền",
    ],
)  # fmt: skip
def test_what_one_is_given_is_no_fee(desk: Desk, said: str) -> None:
    assert talk(desk, said).aspect is not Aspect.FEE
