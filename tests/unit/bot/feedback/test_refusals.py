"""Reasons to refuse: told in plain words, cited where that is sure, with the lawful way."""

from __future__ import annotations

from bot.feedback.kinds import WITHHELD
from bot.feedback.models import Result
from bot.feedback.refusals import reasons, reasons_for, result_words
from bot.feedback.regimes import regimes
from tests.fakes.never import never_said


def test_a_reason_is_a_clause_and_cites_only_what_is_sure() -> None:
    for one in reasons().values():
        assert never_said(one.told) == []
        assert one.sentence[0].islower()
        assert not one.sentence.endswith(".")
        assert ("Điều" in one.told) == one.basis.sure


def test_each_regime_has_its_reasons() -> None:
    known = {one.id for one in regimes().values()}
    assert all(one.regimes <= known for one in reasons().values())
    of_rules = {one.code for one in reasons_for("phan_anh_quy_dinh")}
    on_the_street = {one.code for one in reasons_for("phan_anh_hien_truong")}
    assert of_rules - on_the_street == {"missing_identity", "not_vietnamese"}
    assert on_the_street < of_rules


def test_what_is_no_case_leads_to_its_lawful_way() -> None:
    assert {one.way for one in reasons().values() if one.way} == WITHHELD


def test_every_result_is_called_something() -> None:
    assert all(result_words(one) for one in Result if one is not Result.NONE)
    assert result_words(Result.NONE) == ""
