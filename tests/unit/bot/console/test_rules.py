"""Which offices go by the rule of four eyes: what the nearest office above them says."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from bot.console.ports import ConsoleHouse
from bot.console.rules import FOUR_EYES, rules_at, strict_offices
from bot.officials.office_entries import Entry, Stood
from knowledge.models import Office, OfficeCode

CODES = ("", "tinh", "xa", "xa-mot-cua", "khac")
values = st.sampled_from([None, {}, {"on": True}, {"on": False}, {"khac": 1}])


@given(
    st.tuples(*[values] * len(CODES)),
    st.tuples(*[st.sampled_from(("", "tinh", "xa", "xa-mot-cua", "la"))] * (len(CODES) - 1)),
)
def test_they_are_those_whose_rules_say_so(told: tuple[Any, ...], above: tuple[str, ...]) -> None:
    offices = tuple(
        Office(code=OfficeCode(code), name=code, province="01", parent=OfficeCode(parent) or None)
        for code, parent in zip(CODES[1:], above, strict=True)
    )
    entries = tuple(
        Entry(office=office, key=key, value=value)
        for (office, value), key in product(
            zip(CODES, told, strict=True), (FOUR_EYES, "rule:show_names")
        )
        if value is not None
    )
    knowledge = SimpleNamespace(snapshot=SimpleNamespace(offices=offices))
    conversation = SimpleNamespace(
        desk=SimpleNamespace(knowledge=knowledge), stood=Stood(entries=entries)
    )
    house = cast("ConsoleHouse", SimpleNamespace(conversation=conversation))
    assert strict_offices(house) == {one for one in CODES if rules_at(house, one).four_eyes}
