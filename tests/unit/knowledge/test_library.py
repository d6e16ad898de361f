"""What the shipped knowledge finds for words that are hard to read."""

from __future__ import annotations

from bot.conversation.desk import Desk

STORY = (
    "Mình làm công nhân bảy năm, nghỉ từ đầu năm ngoái về quê bán hàng online, không tính đi làm"
    " lại. Giờ cần vốn nên muốn rút hết tiền bảo hiểm đã đóng"
)


def test_the_wish_of_a_long_story_comes_among_the_first_five(desk: Desk) -> None:
    found = desk.knowledge.ask(STORY).candidates[:5]
    assert "1.001613" in [one.topic.ref for one in found]


def test_an_abbreviation_in_an_alias_is_met_by_the_abbreviation_asked(desk: Desk) -> None:
    found = desk.knowledge.ask("gia hạn visa").candidates
    assert found[0].topic.ref == "1.001146"
    assert found[0].fit.named > 0.99


def test_a_misspelt_word_is_not_cut_into_letters(desk: Desk) -> None:
    words = desk.knowledge.ask("làm hộ chieuu").reading.words
    assert "chieuu" in words
    assert desk.knowledge.ask("dangkykhaisinh").reading.words == ("dang", "ki", "khai", "sinh")
