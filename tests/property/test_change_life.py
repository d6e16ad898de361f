"""Whatever officers and the clock do with changes, what is told is what was put in force last."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.casework.changing import decide, propose, undo
from bot.casework.dating import keep_dates
from bot.casework.deeds import acting
from bot.clock import VIETNAM
from bot.officials.audit import By
from bot.officials.changes import TRANSITIONS, Change, ChangeKind, ChangeStatus, Verdict, Wish
from bot.officials.field_marks import Fields, token_of
from bot.officials.fields_merging import differing
from bot.storage.change_rows import change_of, changes_of
from bot.storage.database import Database, create_database
from knowledge.record_edits import RecordKind
from knowledge.repository import SqlSnapshotStore
from tests.conftest import FrozenClock
from tests.fakes.furnished import shaped

OFFICERS = (By(officer=7, actor="Lan"), By(officer=8, actor="Hoa"))
IN_FORCE = {ChangeStatus.PUBLISHED, ChangeStatus.UNDONE, ChangeStatus.ENDED}
UNDONE = {ChangeStatus.UNDONE, ChangeStatus.ENDED}
REFS = count()
fields = st.dictionaries(
    st.sampled_from(("title", "intro", "link")), st.sampled_from(("một", "hai")), max_size=3
)
days = st.one_of(st.none(), st.integers(min_value=-1, max_value=2))
by = st.sampled_from(OFFICERS)
# Counted from the newest, so that most stories decide about what they wished.
back = st.sampled_from((0, 0, 1, 2))
acts = st.one_of(
    st.tuples(st.just("wish"), by, fields, st.booleans(), st.booleans(), days, days),
    st.tuples(st.just("decide"), by, back, st.sampled_from((Verdict.PUBLISH, *Verdict))),
    st.tuples(st.just("undo"), by, back),
    st.tuples(st.just("wait")),
)


class Life:
    """One guide and all that happens to its changes."""

    def __init__(self, database: Database, *, four_eyes: bool) -> None:
        self.database = database
        self.four_eyes = four_eyes
        self.clock = FrozenClock()
        self.ref = f"hd-{next(REFS)}"
        self.known: dict[int, Change] = {}
        self.told: Fields = {}
        self.seen: list[Fields] = [{}]

    async def do(self, act: tuple[Any, ...]) -> None:
        name, *told = act
        self.clock.move(timedelta(seconds=1))
        if name == "wait":
            self.clock.move(timedelta(days=1))
            await keep_dates(self.database, self.clock)
            await self.check()
        elif name == "wish":
            await self.check(*await self.wish(*told))
        elif self.known:
            number = sorted(self.known, reverse=True)[told[1] % len(self.known)]
            await self.judge(told[0], number, *told[2:])
            one, undoes = self.known[number], name == "undo"
            await self.check(one.fields, one.after if undoes else one.before)

    async def wish(
        self,
        by: By,
        fields: dict[str, str],
        fresh: bool,
        publish: bool,
        begins: int | None,
        ends: int | None,
    ) -> tuple[Collection[str], Fields]:
        """Wish something, over what stands or over what stood at first; give what it touches.

        And over what.
        """
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
        seen = self.seen[-1] if fresh else self.seen[0]
        # Who may publish does so at once only where nobody else has to agree.
        publish = publish and not self.four_eyes
        async with acting(self.database, self.clock, by) as doing:
            await propose(doing, wish, token=token_of(seen), publish=publish)
        return differing(seen, fields), seen

    async def judge(self, by: By, number: int, verdict: Verdict | None = None) -> None:
        """Decide about a change, or without a verdict undo it."""
        async with acting(self.database, self.clock, by) as doing:
            if verdict is None:
                await undo(doing, number, "nhầm", four_eyes=self.four_eyes)
            else:
                await decide(doing, number, verdict, "được", four_eyes=self.four_eyes)

    async def check(
        self, touched: Collection[str] | None = None, over: Fields | None = None
    ) -> None:
        """Look that changes moved as they may, and what is told is what came last.

        Of what is told nothing but what was ``touched`` may have become another, and nothing that
        was another than what the act was ``over``: no word of somebody else is lost.
        """
        async with self.database.reading() as connection:
            rows = await connection.execute(changes_of(ChangeKind.GUIDE, "", self.ref))
            found = {change.id: change for change in map(change_of, rows)}
        stated = await SqlSnapshotStore(self.database).stated("", RecordKind.GUIDE, self.ref)
        assert self.known.keys() <= found.keys()
        for number, before in self.known.items():
            after = found[number].status
            assert after is before.status or after in TRANSITIONS[before.status]
        in_force = [one for one in found.values() if one.status in IN_FORCE]
        today = self.clock.now().astimezone(VIETNAM).date()
        for one in in_force:
            assert one.valid_from is None or one.valid_from <= today
            assert one.undoes is None or found[one.undoes].status in UNDONE
        if self.four_eyes:
            assert all(_seen_by_two(one, found) for one in in_force)
        last = max((one.decided_at for one in in_force if one.decided_at), default=None)
        # Of those the clock began or ended in one round any may be the last.
        told = [one.after for one in in_force if one.decided_at == last] or [{}]
        assert stated in told
        if touched is not None:
            moved = differing(self.told, stated)
            assert set(moved) <= set(touched)
            assert all(self.told.get(name) == (over or {}).get(name) for name in moved)
        self.known, self.told = found, stated
        self.seen.append(stated)


def _seen_by_two(one: Change, found: dict[int, Change]) -> bool:
    """Tell whether somebody else agreed, or nothing but what two had agreed to was put back."""
    if one.decided_by != one.author:
        return True
    return one.undoes is not None and not found[one.undoes].taken_back_alone


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[asyncio.Runner, Database]]:
    """One database for all lives: each has a guide of its own."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        file = shaped(Path(folder) / "changes.sqlite3")
        database = create_database(f"sqlite+aiosqlite:///{file}")
        yield runner, database
        runner.run(database.close())


ONE, TWO = OFFICERS
TITLE, OTHER, INTRO = {"title": "một"}, {"title": "hai"}, {"intro": "hai"}


def wished(
    by: By, fields: dict[str, str], *, publish: bool = True, begins: int | None = None
) -> Any:
    return ("wish", by, fields, True, publish, begins, None)


def approved(by: By, number: int = 0) -> Any:
    return ("decide", by, number, Verdict.PUBLISH)


# Somebody else's field kept, somebody else's word not overwritten: by an approval, by an undoing.
@example([wished(ONE, TITLE, publish=False), wished(TWO, INTRO), approved(TWO, 1)], False)
@example([wished(ONE, TITLE, publish=False), wished(TWO, OTHER), approved(TWO, 1)], False)
@example([wished(ONE, TITLE), wished(TWO, OTHER), ("undo", ONE, 1)], False)
# What is undone or decided is so once, what is to begin does not begin before.
@example([wished(ONE, TITLE), ("undo", ONE, 0), ("undo", ONE, 1)], False)
@example(
    [wished(ONE, TITLE, publish=False), ("decide", ONE, 0, Verdict.WITHDRAW), approved(TWO)], False
)
@example([wished(ONE, TITLE, begins=2), ("wait",)], False)
# Four eyes: not one's own, and no undoing of one's own undoing.
@example([wished(ONE, TITLE), approved(ONE)], True)
@example([wished(ONE, TITLE), approved(TWO), ("undo", ONE, 0), ("undo", ONE, 0)], True)
@settings(max_examples=50)
@given(st.lists(acts, min_size=4, max_size=10), st.booleans())
def test_what_is_told_is_what_was_put_in_force_last(
    place: tuple[asyncio.Runner, Database], story: list[tuple[Any, ...]], four_eyes: bool
) -> None:
    runner, database = place
    life = Life(database, four_eyes=four_eyes)

    async def live() -> None:
        for act in story:
            await life.do(act)

    runner.run(live())
