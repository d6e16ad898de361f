"""A walk killed at any call and continued leaves what an unbroken walk leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.sync import Phase, sync
from knowledge.testing import InMemorySnapshotStore
from tests.conftest import NOON
from tests.fakes.portal import FakePortal, Killed, PortalAtHand, a_catalogue, a_detail, a_row

LATER = NOON + timedelta(days=1)


class Silence:
    async def step(self, phase: Phase, done: int, total: int) -> None:
        pass


def altered(alterations: Sequence[tuple[int, str]]) -> FakePortal:
    """A portal of 24 procedures after some were dropped, renamed, renumbered or made."""
    portal = FakePortal(rows=a_catalogue(24))
    for step, (place, what) in enumerate(alterations):
        row = portal.rows[place % len(portal.rows)]
        if what == "drop":
            portal.rows.remove(row)
        elif what == "rename":
            row["name"] += " (sửa)"
        elif what == "renumber":
            row["code"] = f"2.{step:03}{place:03}"
        elif what == "add":
            portal.rows.insert(place, a_row(f"3.{step:03}{place:03}"))
        else:
            portal.details[row["code"]] = a_detail(a_row("sai"))
    return portal


async def _walk(
    store: InMemorySnapshotStore, portal: FakePortal, at: Any, kills: Sequence[int] = ()
) -> None:
    for number, dies_at in enumerate(kills):
        try:
            now = at + timedelta(minutes=number)
            await sync(PortalAtHand(portal, dies_at=dies_at), store, at=now, watch=Silence())
        except Killed:
            continue
        return
    await sync(PortalAtHand(portal), store, at=at + timedelta(hours=len(kills)), watch=Silence())


async def _both(
    alterations: Sequence[tuple[int, str]], kills: Sequence[int]
) -> tuple[InMemorySnapshotStore, InMemorySnapshotStore]:
    unbroken, broken = InMemorySnapshotStore(), InMemorySnapshotStore()
    for store in (unbroken, broken):
        await _walk(store, FakePortal(rows=a_catalogue(24)), NOON)
    await _walk(unbroken, altered(alterations), LATER)
    await _walk(broken, altered(alterations), LATER, kills)
    return unbroken, broken


@settings(max_examples=60)
@given(
    alterations=st.lists(
        st.tuples(
            st.integers(0, 40), st.sampled_from(["drop", "rename", "renumber", "add", "wrong"])
        ),
        max_size=6,
    ),
    kills=st.lists(st.integers(1, 14), min_size=1, max_size=4),
)
def test_killed_and_continued_is_as_if_nothing_happened(
    alterations: list[tuple[int, str]], kills: list[int]
) -> None:
    async def scenario() -> None:
        unbroken, broken = await _both(alterations, kills)
        assert await broken.portal_records() == await unbroken.portal_records()
        assert sorted(map(repr, await broken.portal_changes(LATER))) == sorted(
            map(repr, await unbroken.portal_changes(LATER))
        )
        assert await broken.sync_run() is None

    asyncio.run(scenario())
