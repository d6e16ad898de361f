"""What stands on a button may be typed; a bare word stays with the procedure talked about."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk

PASSPORT, LAND = ("cấp hộ chiếu", "1.001456"), ("sang tên sổ đỏ", "1.013831")


@pytest.mark.parametrize("matter", [PASSPORT, LAND, ("2.000815", "2.000815")])
@pytest.mark.parametrize(
    ("typed", "side"),
    [
        ("giấy tờ", Aspect.PAPERS),
        ("giay to", Aspect.PAPERS),
        ("hồ sơ", Aspect.PAPERS),
        ("phí", Aspect.FEE),
        ("tiền", Aspect.FEE),
        ("giá", Aspect.FEE),
        ("thế còn phí ạ", Aspect.FEE),
        ("bn", Aspect.FEE),
        ("Tóm tắt", Aspect.OVERVIEW),
        ("Thời gian giải quyết", Aspect.TIME),
        ("mẫu đơn lấy ở đâu", Aspect.FORM),
    ],
)
def test_a_bare_word_stays_with_the_procedure(
    desk: Desk, matter: tuple[str, str], typed: str, side: Aspect
) -> None:
    asked, code = matter
    result = talk(desk, asked, typed)
    assert (result.outcome, result.procedure, result.aspect) == (Outcome.ANSWERED, code, side)


def test_every_label_of_the_buttons_can_be_typed(desk: Desk) -> None:
    for choice in talk(desk, "làm khai sinh cho con").replies[-1].choices:
        pressed = talk(desk, "làm khai sinh cho con", choice.label)
        assert f"a:{pressed.aspect}:{pressed.procedure}" == choice.value


@pytest.mark.parametrize("said", ["giấy tờ", "phí", "tiền", "gia", "hồ sơ", "bn", "thế phí sao ạ"])
def test_with_no_procedure_it_is_asked_which(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.UNANSWERED
    assert result.replies[-1].text.startswith("Bà con đang hỏi về thủ tục nào")


@pytest.mark.parametrize("typed", ["Không có mục nào đúng", "ko cái nào đúng"])
def test_none_of_the_choices_can_be_typed(desk: Desk, typed: str) -> None:
    result = talk(desk, "sổ đỏ với hộ khẩu", typed)
    assert result.outcome is Outcome.UNANSWERED
    assert "Liên hệ" in result.replies[-1].text


@pytest.mark.parametrize(
    ("said", "code"),
    [("giấy tờ xe", "1.013076"), ("tiền già", "1.014027"), ("làm lại giấy tờ bị mất", "")],
)
def test_a_word_with_a_subject_is_no_label(desk: Desk, said: str, code: str) -> None:
    result = talk(desk, "làm khai sinh cho con", said)
    assert result.procedure != "1.001193"
    assert not code or code in {hit.code for hit in result.hits[:5]}
