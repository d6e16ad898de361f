"""Fields of cases: each is called something, and rules name none that is not there."""

from __future__ import annotations

from bot.feedback.limits import shipped
from bot.feedback.regimes import regimes
from bot.feedback.topics import OTHER, topic_label, topics


def test_every_field_has_a_name_and_somebody_who_usually_looks_after_it() -> None:
    assert all(one.label and one.unit for one in topics().values())
    assert len({one.label for one in topics().values()}) == len(topics())
    assert OTHER in topics()


def test_rules_name_no_field_that_is_not_there() -> None:
    named = {topic for one in regimes().values() for topic in one.topics}
    named |= {topic for one in shipped() for topic in one.topics}
    assert named
    assert named <= topics().keys()


def test_a_field_of_another_release_goes_by_its_id() -> None:
    assert topic_label("moi_truong") == "Rác, vệ sinh, môi trường"
    assert topic_label("cu_ky") == "cu_ky"
