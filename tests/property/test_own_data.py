"""Whatever somebody left behind, nothing a copy showed is left after erasing; others keep all."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.feedback.wishes import Copy, Data, DataWish
from tests.conftest import FrozenClock, open_database
from tests.factories import a_citizen
from tests.fakes.console import little_desk
from tests.fakes.filers import Filers
from tests.fakes.own_data import ALL, Person, copies_of, everything, sealed_values, telling

NUMBERS = count(1)
LEFT = st.lists(st.sampled_from([one for one in ALL if one != "open"]), max_size=6)


def test_nothing_a_copy_showed_is_left(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opening = open_database("sqlite", request, tmp_path)
        database = runner.run(opening.__aenter__())
        filers = Filers(database, FrozenClock(), little_desk())

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
        @given(mine=LEFT, theirs=LEFT)
        def walk(mine: list[str], theirs: list[str]) -> None:
            runner.run(erased(filers, mine, theirs))

        try:
            walk()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def erased(filers: Filers, mine: list[str], theirs: list[str]) -> None:
    number = next(NUMBERS)
    me = Person(filers, a_citizen(f"me-{number}-"), f"Xoanlụa{number}x")
    other = Person(filers, a_citizen(f"ai-{number}-"), f"Bìmbịp{number}x")
    await other.does(*dict.fromkeys((*theirs, "open")))
    case = (await filers.says(who=other.who)).cases[0].id
    before = await everything(filers)
    await me.does(*dict.fromkeys(mine), other=case)
    await filers.says(Copy(), who=me.who)
    full = await everything(filers)
    await filers.says(Data(DataWish.ERASE), text="có", who=me.who)
    after = await everything(filers)
    assert telling(after, me.mark) == {}
    assert sealed_values(after) == sealed_values(before)
    assert sealed_values(full) >= sealed_values(before)
    assert telling(after, other.mark) == telling(before, other.mark)
    left = {name: len(rows) for name, rows in telling(after, me.who.conversation).items()}
    assert left == {"inbox": 1, "outbox": 2}
    await filers.says(Copy(), who=me.who)
    page = await copied(filers, me)
    assert me.mark not in page
    assert "Phản ánh, kiến nghị đã gửi" not in page


async def copied(filers: Filers, me: Person) -> str:
    rows = (await everything(filers))["feedback_copies"]
    number = next(row["id"] for row in rows if row["conversation"] == me.who.conversation)
    content = await copies_of(filers).fetched(number, me.who)
    assert content is not None
    return content.decode()
