"""The table of permissions is whole, and reaches down the tree and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.officials.models import EVERYWHERE, Grant, OfficerId, Role
from bot.officials.permissions import Action, BadTable, may, offices_for, permissions, read_table
from bot.officials.tree import OfficeTree

PARENTS = {"tinh": "", "xa-a": "tinh", "xa-b": "tinh", "thon-a1": "xa-a", "lac": "khong-co"}
TREE = OfficeTree(PARENTS)
OFFICES = some.sampled_from([*PARENTS, EVERYWHERE, "khong-biet"])
GRANTS = some.lists(
    some.builds(
        Grant, officer=some.just(OfficerId(1)), role=some.sampled_from(Role), office=OFFICES
    ),
    max_size=4,
)


def _whole() -> dict[str, Any]:
    return {"roles": list(Role), "reach": {action: ["-"] * len(Role) for action in Action}}


def test_the_shipped_table_has_every_cell() -> None:
    assert set(permissions()) == set(Action)


def test_a_table_with_a_missing_or_unknown_cell_is_refused() -> None:
    lacking, short, strange = _whole(), _whole(), _whole()
    del lacking["reach"][Action.AUDIT_SEE]
    short["reach"][Action.AUDIT_SEE] = ["b"]
    strange["reach"][Action.AUDIT_SEE] = ["b", "b", "b", "b", "x"]
    for table in (lacking, short, strange):
        with pytest.raises(BadTable):
            read_table(table)
    assert set(read_table(_whole()).values()) == {frozenset()}


def test_a_grant_reaches_its_office_and_those_below() -> None:
    grant = Grant(officer=OfficerId(1), role=Role.APPROVER, office="xa-a")
    reached = {code for code in PARENTS if may([grant], Action.KNOWLEDGE_PUBLISH, code, TREE)}
    assert reached == {"xa-a", "thon-a1"}
    assert not may([grant], Action.KNOWLEDGE_PUBLISH, EVERYWHERE, TREE)
    assert not may([grant], Action.PEOPLE_MANAGE, "xa-a", TREE)


def test_what_belongs_to_no_known_office_is_for_those_who_may_everywhere() -> None:
    grant = Grant(officer=OfficerId(1), role=Role.LEADER, office="tinh")
    for office in (EVERYWHERE, "khong-biet"):
        assert not may([grant], Action.AUDIT_SEE, office, TREE)
        assert may([replace(grant, office=EVERYWHERE)], Action.AUDIT_SEE, office, TREE)


def test_nobody_without_grants_may_anything() -> None:
    assert not any(may([], action, code, TREE) for action in Action for code in PARENTS)


@given(GRANTS, GRANTS, some.sampled_from(Action), OFFICES)
def test_more_grants_never_allow_less(
    some_grants: list[Grant], more: list[Grant], action: Action, office: str
) -> None:
    if may(some_grants, action, office, TREE):
        assert may([*some_grants, *more], action, office, TREE)


@given(GRANTS, some.sampled_from(Action), some.sampled_from([*PARENTS]))
def test_the_filter_of_a_list_says_the_same_as_the_single_question(
    grants: list[Grant], action: Action, office: str
) -> None:
    reached = offices_for(grants, action, TREE)
    assert may(grants, action, office, TREE) == (reached is None or office in reached)


def test_a_ring_of_offices_ends() -> None:
    ring = OfficeTree({"a": "b", "b": "a"})
    assert ring.branch("a") == {"a", "b"}
