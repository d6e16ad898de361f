"""A form's short name is understood without the name of a procedure."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from knowledge.forms import forms_of
from knowledge.models import RequiredDocument
from knowledge.testing import make_procedure
from tests.unit.bot.conversation.test_follow_ups import talk

RESIDENCE = "1.004194"


@pytest.mark.parametrize("said", ["CT01 tải ở đâu", "xin mẫu ct01", "tờ khai CT01"])
def test_a_form_of_many_procedures_is_asked_back_for(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.CHOICES
    values = [choice.value for choice in result.replies[-1].choices]
    assert f"a:form:{RESIDENCE}" in values
    taken = talk(desk, said, str(values.index(f"a:form:{RESIDENCE}") + 1))
    assert (taken.procedure, taken.aspect) == (RESIDENCE, Aspect.FORM)
    assert "CT01" in taken.replies[-1].text


def test_a_form_of_the_procedure_talked_about_is_told_of_it(desk: Desk) -> None:
    result = talk(desk, "đăng ký tạm trú", "ct01 lấy ở đâu")
    assert (result.procedure, result.aspect) == (RESIDENCE, Aspect.FORM)


def test_a_form_named_with_its_procedure_leaves_no_choice(desk: Desk) -> None:
    assert talk(desk, "mẫu ct01 đăng ký tạm trú").procedure == RESIDENCE


def test_going_back_offers_the_same_procedures_again(desk: Desk) -> None:
    first, again = talk(desk, "CT01 tải ở đâu"), talk(desk, "CT01 tải ở đâu", "1", "0")
    assert again.replies[-1].choices == first.replies[-1].choices


def test_short_names_are_told_from_laws_and_annexes() -> None:
    def asking(code: str, form: str, popularity: int = 0) -> tuple[str, ...]:
        paper = RequiredDocument(name="Tờ khai", form=form)
        return tuple(forms_of([make_procedure(code, papers=(paper,), popularity=popularity)]))

    assert asking("1.000001", "M03b; dưới 14 tuổi: M04b") == ("m03b", "m04b")
    assert asking("1.000002", "ĐKX10") == ("dkx10",)
    for form in ("Mẫu số 18", "Phụ lục II, Nghị định 53/2026/NĐ-CP", "Thông tư 12/2025/TT-BCA"):
        assert asking("1.000003", form) == ()
