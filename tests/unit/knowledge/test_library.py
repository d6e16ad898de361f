"""What the shipped knowledge finds for words that are hard to read."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from knowledge.library import KnowledgeBase
from knowledge.models import Procedure, Snapshot
from knowledge.testing import OursAlone, make_procedure

CLEARLY = 1.5
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


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("đk ksinh đc k", "dang ki khai sinh duoc khong"),
        ("dc hk", "duoc khong"),
        ("làm hk", "lam ho khau"),
        ("fai lam gi", "phai lam gi"),
        ("s1nh con", "sinh con"),
    ],
)
def test_the_writing_of_the_young_is_written_out(desk: Desk, said: str, read: str) -> None:
    assert " ".join(desk.knowledge.ask(said).reading.words) == read


@pytest.mark.parametrize(
    ("said", "only_holds"),
    [("cần", True), ("căn cước", False), ("can cuoc", False), ("can gi", True)],
)
def test_marks_or_neighbours_tell_what_only_holds_a_sentence_up(
    desk: Desk, said: str, only_holds: bool
) -> None:
    assert (desk.knowledge.ask(said).reading.weights[0] < 1) is only_holds


@pytest.mark.parametrize(
    "said",
    [
        "mai trời có mưa không",
        "nau pho bo the nao cho ngon",
        "giá vàng sjc hôm nay",
        "con mèo bỏ ăn",
    ],
)
def test_what_no_office_answers_is_told_by_its_words(desk: Desk, said: str) -> None:
    assert desk.knowledge.ask(said).foreignness > CLEARLY


@pytest.mark.parametrize(
    "said",
    [
        "mất thẻ căn cước làm lại ở đâu",
        "lam giay khai sinh cho con can gi",
        "chó nhà tôi nuôi phải khai báo với xã thế nào",
        "vợ em sắp sinh, xin giấy gì để hưởng thai sản",
    ],
)
def test_what_offices_answer_is_not(desk: Desk, said: str) -> None:
    assert desk.knowledge.ask(said).foreignness < -CLEARLY


GONE = make_procedure(
    "1.000001", "Cấp giấy khai lúa", abolished="Quyết định 1/QĐ-UBND", popularity=5
)


def ranked(question: str, living: Procedure) -> list[str]:
    base = KnowledgeBase.build(Snapshot(procedures=(GONE, living)), OursAlone.load())
    return [one.topic.ref for one in base.ask(question).candidates]


def test_of_two_alike_the_one_in_force_comes_first() -> None:
    living = make_procedure("1.000009", GONE.official_name)
    assert ranked("cấp giấy khai lúa", living) == ["1.000009", "1.000001"]


def test_who_names_exactly_what_is_gone_is_told_of_it_first() -> None:
    living = make_procedure("1.000009", "Cấp giấy khai lúa lưu động")
    assert ranked("cấp giấy khai lúa", living) == ["1.000001", "1.000009"]
