"""Every kind has a sub-kind for each topic, with a reason a citizen understands."""

from __future__ import annotations

import pytest

from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.regimes import Unnamed, regime_of, regimes
from bot.feedback.topics import topics
from tests.fakes.never import never_said


@pytest.mark.parametrize(
    ("kind", "topic", "wanted"),
    [
        (Kind.REPORT, "moi_truong", "phan_anh_hien_truong"),
        (Kind.REPORT, "", "phan_anh_hien_truong"),
        (Kind.REPORT, "a topic of tomorrow", "phan_anh_hien_truong"),
        (Kind.REPORT, "thu_tuc_hanh_chinh", "phan_anh_quy_dinh"),
        (Kind.REPORT, "thai_do_phuc_vu", "phan_anh_hanh_vi"),
        (Kind.PROPOSAL, "thu_tuc_hanh_chinh", "kien_nghi_quy_dinh"),
        (Kind.PROPOSAL, "thai_do_phuc_vu", "kien_nghi_phuc_vu"),
        (Kind.PROPOSAL, "chieu_sang", "kien_nghi_dia_phuong"),
        (Kind.PRAISE, "thai_do_phuc_vu", "khen"),
        (Kind.DENUNCIATION, "can_bo", "to_cao"),
    ],
)
def test_a_sub_kind_is_guessed_by_kind_and_topic(kind: Kind, topic: str, wanted: str) -> None:
    assert regime_of(kind, topic).id == wanted


def test_every_kind_has_one_and_only_what_is_handled_becomes_a_case() -> None:
    assert {regime_of(kind).kind for kind in Kind} == set(Kind)
    assert {one.kind for one in regimes().values() if one.handled} == HANDLED
    named = {one.kind for one in regimes().values() if one.unnamed is Unnamed.NEEDED}
    assert named == WITHHELD


def test_a_topic_that_parts_sub_kinds_is_one_there_is() -> None:
    assert frozenset().union(*(one.topics for one in regimes().values())) <= set(topics())


def test_what_is_said_of_a_kind_takes_nothing_in_and_ends_the_sentence() -> None:
    for one in regimes().values():
        assert never_said(f"{one.label} {one.means} {one.reason} {one.answers}") == []
        assert one.reason.endswith(".")
        assert len(one.id) <= 32  # the column of a case
