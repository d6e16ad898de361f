"""A commune offers what a commune does, and nobody what is abolished."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.most_asked import most_asked
from knowledge.models import Level, Office, Snapshot


def _levels(desk: Desk, office: Office | None) -> set[Level]:
    offered = most_asked(replace(desk, office=office), 6)
    assert len(offered) == 6
    procedures = desk.knowledge.snapshot.procedures
    codes = {choice.value.removeprefix("p:") for choice in offered}
    return {procedure.level for procedure in procedures if procedure.code in codes}


@pytest.mark.parametrize("name", ["UBND xã Mẫu", "Ủy ban nhân dân phường 3", "UBND đặc khu Mẫu"])
def test_a_commune_offers_what_it_decides(desk: Desk, name: str) -> None:
    assert desk.office is not None
    assert _levels(desk, replace(desk.office, name=name)) == {Level.COMMUNE}


@pytest.mark.parametrize("name", ["UBND tỉnh Mẫu", "Bảo hiểm xã hội tỉnh Mẫu", "Sở Tư pháp"])
def test_a_province_offers_what_all_ask(desk: Desk, name: str) -> None:
    assert desk.office is not None
    assert _levels(desk, replace(desk.office, name=name)) == {Level.COMMUNE, Level.PROVINCE}


def test_what_is_abolished_is_offered_to_nobody(desk: Desk, snapshot: Snapshot) -> None:
    first = most_asked(desk, 1)[0].value
    procedures = tuple(
        replace(one, abolished="Quyết định 1/QĐ-UBND") if first == f"p:{one.code}" else one
        for one in snapshot.procedures
    )
    knowledge = replace(desk.knowledge, snapshot=replace(snapshot, procedures=procedures))
    offered = most_asked(replace(desk, knowledge=knowledge), 6)
    assert first not in {one.value for one in offered}
