"""What is typed short or with slips is heard: a wedding, a side, an act without its matter."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk

WEDDING = "1.000894"


@pytest.mark.parametrize(
    "said",
    ["đk kh", "dk kh", "đk kh cần gì", "dk kh can giay to gi", "tụi e muốn đk kh thì ra đâu"],
)
def test_a_wedding_typed_short_is_heard(desk: Desk, said: str) -> None:
    assert talk(desk, said).procedure == WEDDING


@pytest.mark.parametrize(
    "said", ["tạm trú có cần đk kh", "lam ho chieu online dk kh", "tạm trú có phải đk kh"]
)
def test_the_same_letters_may_only_ask(desk: Desk, said: str) -> None:
    assert talk(desk, said).procedure not in {WEDDING, ""}


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("thòi gian giai quet", Aspect.TIME),
        ("thế thòi gian giai quet ạ", Aspect.TIME),
        ("thoi gain giai quyet", Aspect.TIME),
        ("nơi nôp", Aspect.WHERE),
    ],
)
def test_a_side_asked_with_slips_is_told_of_what_is_talked_about(
    desk: Desk, said: str, side: Aspect
) -> None:
    told = talk(desk, "đăng ký kết hôn", said)
    assert (told.outcome, told.procedure, told.aspect) == (Outcome.ANSWERED, WEDDING, side)


@pytest.mark.parametrize("said", ["đăng ký", "dang ky", "đk", "em muốn đăng ký ạ", "xin đăng kí"])
def test_who_registers_nothing_yet_is_offered_what_is_registered_most(
    desk: Desk, said: str
) -> None:
    told = talk(desk, said)
    assert told.outcome is Outcome.CHOICES
    offered = [choice.label for choice in told.replies[-1].choices]
    assert {"Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký tạm trú"} <= {*offered}


def test_the_side_asked_of_an_act_alone_is_opened_by_what_is_offered(desk: Desk) -> None:
    first = talk(desk, "dang ky o dau").replies[-1].choices[0]
    assert first.value.startswith(f"a:{Aspect.WHERE}:")


@pytest.mark.parametrize("said", ["cấp lại", "gia hạn", "thành lập"])
def test_an_act_alone_is_no_matter(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.CHOICES


@pytest.mark.parametrize(
    ("said", "code"), [("xin trích lục", "2.000635"), ("tách hộ", "1.010038")]
)
def test_an_act_that_a_matter_is_called_by_is_that_matter(
    desk: Desk, said: str, code: str
) -> None:
    assert talk(desk, said).procedure == code
