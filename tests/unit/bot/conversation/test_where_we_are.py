"""Who asks “ở đâu vậy” of nothing that was talked about asks where the office is."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk

HERE = (
    "địa chỉ ở đâu", "dia chi o dau", "địa chỉ", "dia chi", "dchi", "xin địa chỉ",
    "cho em xin địa chỉ ạ", "cho xin dchi", "ở đâu vậy", "o dau vay", "ở đâu", "ở chỗ nào vậy ạ",
    "bên mình ở đâu", "cơ quan ở đâu", "địa chỉ chỗ nào", "mình ở đâu vậy ad", "văn phòng ở đâu",
    "ở mô rứa", "địa chỉ cơ quan ở đâu ạ",
)  # fmt: skip
NUMBER = ("sđt", "sdt", "số điện thoại", "xin sđt", "cho em xin sdt", "sđt bn", "sđt của mình")


@pytest.mark.parametrize("greeting", [(), ("xin chào",), ("hi",), ("dạ chào ad",)])
@pytest.mark.parametrize("said", HERE + NUMBER)
def test_after_a_greeting_the_office_is_told(
    desk: Desk, greeting: tuple[str, ...], said: str
) -> None:
    told = talk(desk, *greeting, said)
    assert told.outcome is Outcome.HOTLINE
    assert told.replies[-1].text.startswith("UBND xã Mẫu")


@pytest.mark.parametrize("said", HERE)
def test_in_a_talk_it_is_the_place_where_papers_are_handed_in(desk: Desk, said: str) -> None:
    told = talk(desk, "đăng ký kết hôn", said)
    assert (told.procedure, told.aspect) == ("1.000894", Aspect.WHERE)


@pytest.mark.parametrize(
    "said",
    [
        "đổi địa chỉ công ty",
        "địa chỉ mới sau sáp nhập",
        "nộp ở đâu",
        "làm ở đâu",
        "khai sinh ở đâu",
    ],
)
def test_a_place_of_something_is_not_where_the_office_is(desk: Desk, said: str) -> None:
    assert talk(desk, "xin chào", said).outcome is not Outcome.HOTLINE
