"""Whatever officers and the clock do with changes, what is told is what was put in force last."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.casework.changing import decide, propose, undo
from bot.casework.dating import keep_dates
from bot.casework.deeds import acting
from bot.clock import VIETNAM
from bot.officials.audit import By
from bot.officials.changes import (
    TRANSITIONS,
    Change,
    ChangeKind,
    ChangeStatus,
    Token,
    Verdict,
    Wish,
    token_of,
)
from bot.storage.change_rows import change_of, changes_of
from bot.storage.database import Database, create_database
from knowledge.record_edits import RecordKind
from knowledge.repository import SqlSnapshotStore
from tests.conftest import FrozenClock
from tests.fakes.furnished import shaped

BY = By(officer=7, actor="Lan")
IN_FORCE = {ChangeStatus.PUBLISHED, ChangeStatus.UNDONE, ChangeStatus.ENDED}
REFS = count()
fields = st.dictionaries(
    st.sampled_from(("title", "intro", "link")), st.sampled_from(("một", "hai")), max_size=3
)
days = st.one_of(st.none(), st.integers(min_value=-1, max_value=2))
acts = st.one_of(
    st.tuples(st.just("wish"), fields, st.booleans(), st.booleans(), days, days),
    st.tuples(st.just("decide"), st.integers(0, 5), st.sampled_from(Verdict)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("wait")),
)


class Life:
    """One guide and all that happens to its changes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FrozenClock()
        self.ref = f"hd-{next(REFS)}"
        self.known: dict[int, Change] = {}
        self.seen: list[Token] = [token_of({})]

    async def do(self, act: tuple[Any, ...]) -> None:
        name, *told = act
        self.clock.move(timedelta(seconds=1))
        if name == "wait":
            self.clock.move(timedelta(days=1))
            await keep_dates(self.database, self.clock)
        elif name == "wish":
            await self.wish(*told)
        elif told[0] < len(self.known):
            await self.judge(sorted(self.known)[told[0]], *told[1:])
        await self.check()

    async def wish(
        self,
        fields: dict[str, str],
        fresh: bool,
        publish: bool,
        begins: int | None,
        ends: int | None,
    ) -> None:
        """Wish something, over what stands or over what stood at first."""
        today = self.clock.now().astimezone(VIETNAM).date()
        wish = Wish(
            kind=ChangeKind.GUIDE,
            office="",
            ref=self.ref,
            title="Hỏi đáp",
            fields=fields,
            reason="thử",
            valid_from=None if begins is None else today + timedelta(days=begins),
            valid_until=None if ends is None else today + timedelta(days=ends),
        )
        token = self.seen[-1] if fresh else self.seen[0]
        async with acting(self.database, self.clock, BY) as doing:
            await propose(doing, wish, token=token, publish=publish)

    async def judge(self, number: int, verdict: Verdict | None = None) -> None:
        """Decide about a change, or without a verdict undo it."""
        async with acting(self.database, self.clock, BY) as doing:
            if verdict is None:
                await undo(doing, number, "nhầm")
            else:
                await decide(doing, number, verdict, "được")

    async def check(self) -> None:
        """Look that changes moved as they may, and what is told is what came last."""
        async with self.database.reading() as connection:
            rows = await connection.execute(changes_of(ChangeKind.GUIDE, "", self.ref))
            found = {change.id: change for change in map(change_of, rows)}
        stated = await SqlSnapshotStore(self.database).stated("", RecordKind.GUIDE, self.ref)
        assert self.known.keys() <= found.keys()
        for number, before in self.known.items():
            after = found[number].status
            assert after is before.status or after in TRANSITIONS[before.status]
        in_force = [one for one in found.values() if one.status in IN_FORCE]
        last = max((one.decided_at for one in in_force if one.decided_at), default=None)
        # Of those the clock began or ended in one round any may be the last.
        told = [one.after for one in in_force if one.decided_at == last] or [{}]
        assert stated in told
        self.known = found
        self.seen.append(token_of(stated))


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[asyncio.Runner, Database]]:
    """One database for all lives: each has a guide of its own."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        file = shaped(Path(folder) / "changes.sqlite3")
        database = create_database(f"sqlite+aiosqlite:///{file}")
        yield runner, database
        runner.run(database.close())


@settings(max_examples=40)
@given(st.lists(acts, min_size=2, max_size=8))
def test_what_is_told_is_what_was_put_in_force_last(
    place: tuple[asyncio.Runner, Database], story: list[tuple[Any, ...]]
) -> None:
    runner, database = place
    life = Life(database)

    async def live() -> None:
        for act in story:
            await life.do(act)

    runner.run(live())
