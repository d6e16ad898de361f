"""The tree of offices, laid out for reading: whole, in order, whatever is wrong with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.console.people.tree import branches, choices, in_order
from knowledge.models import Office, OfficeCode

CODES = st.sampled_from("abcdef")


def an_office(code: str, parent: str = "") -> Office:
    above = OfficeCode(parent) if parent else None
    return Office(code=OfficeCode(code), name=code.upper(), province="01", parent=above)


def test_those_below_stand_behind_those_above() -> None:
    offices = [an_office("c", "b"), an_office("a"), an_office("b", "a"), an_office("d")]
    told = [(office.code, depth) for office, depth in in_order(branches(offices))]
    assert told == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_a_choice_shows_how_deep_an_office_stands_and_only_what_is_reached() -> None:
    offices = [an_office("a"), an_office("b", "a"), an_office("c")]
    assert choices(offices, None) == [("a", "A"), ("b", "— B"), ("c", "C")]
    assert choices(offices, {"b"}) == [("b", "B")]


@given(st.dictionaries(CODES, st.sampled_from(["", *"abcdefx"])))
def test_every_office_has_one_place_also_in_a_ring_or_below_an_unknown_one(
    parents: dict[str, str],
) -> None:
    offices = [an_office(code, parent) for code, parent in parents.items()]
    placed = [office.code for office, _ in in_order(branches(offices))]
    assert sorted(placed) == sorted(parents)
