"""What somebody asks of a procedure does not make it another one: "mất bao lâu" loses nothing."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from knowledge.search import find

MARRIAGE = "1.000894"


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("đăng ký kết hôn mất bao lâu", "time"),
        ("đăng ký kết hôn mất bao nhiêu tiền", "fee"),
        ("dang ki ket hon mat bao nhieu", "fee"),
        ("đăng ký kết hôn tốn bao lâu", "time"),
        ("đăng kí kết hôn hết mấy ngày", "time"),
        ("dk ket hon het nhieu tien", "fee"),
    ],
)
def test_a_side_is_asked_of_the_procedure_that_was_named(
    desk: Desk, question: str, side: str
) -> None:
    found = find(desk.knowledge.index, question)
    first, second = found.candidates[:2]
    assert first.topic.ref == MARRIAGE
    assert first.score - second.score > 0.1
    assert found.reading.aspects == (side,)


def test_papers_that_were_lost_are_still_lost(desk: Desk) -> None:
    found = find(desk.knowledge.index, "giấy kết hôn bị mất rồi, xin lại mất bao lâu")
    assert {one.topic.ref for one in found.candidates[:3]} >= {"1.004746"}
