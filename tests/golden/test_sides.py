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


@pytest.mark.parametrize(
    "question", ["làm sổ đỏ mất bao nhiêu tiền", "lam so do mat bao lau", "sổ đỏ mất bao nhiêu"]
)
def test_a_side_is_no_part_of_what_was_lost(desk: Desk, question: str) -> None:
    assert find(desk.knowledge.index, question).candidates[0].topic.ref != "1.012786"


@pytest.mark.parametrize("question", ["sổ đỏ bị mất làm lại mất bao lâu", "mat so do"])
def test_a_book_that_was_lost_is_still_lost(desk: Desk, question: str) -> None:
    assert find(desk.knowledge.index, question).candidates[0].topic.ref == "1.012786"


def test_papers_that_were_lost_are_still_lost(desk: Desk) -> None:
    found = find(desk.knowledge.index, "giấy kết hôn bị mất rồi, xin lại mất bao lâu")
    assert {one.topic.ref for one in found.candidates[:3]} >= {"1.004746"}
