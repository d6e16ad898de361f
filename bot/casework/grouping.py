"""Use case: groups of new questions join those that ask the same in other words.

A group is compared once. So what officers joined or took apart is left as it is: theirs count as
compared, and only what is new moves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.officials.likeness import Nearest, Rarity
from bot.officials.questions import GroupStatus
from bot.storage.database import Database
from bot.storage.group_rows import lock_groups
from bot.storage.merging_rows import (
    Compared,
    fresh_groups,
    groups_to_join,
    merge,
    note_compared,
)

AT_ONCE: Final = 200
# Groups read at one time: whoever else is served waits as long as their rows take.
SLICE: Final = 500
# Groups changed in one transaction: whoever stores a question meanwhile waits for it.
BATCH: Final = 50
Pair = tuple[int, int]
log = structlog.get_logger()


async def group_alike(database: Database, *, clock: Clock, rarity: Rarity) -> int:
    """Compare what is new, and join it; give how many groups went into another."""
    async with database.reading() as connection:
        fresh = await fresh_groups(connection, AT_ONCE)
        known = {
            office: await _known(connection, office) for office in {one.office for one in fresh}
        }
    if not fresh:
        return 0
    pairs = await asyncio.to_thread(alike, fresh, known, rarity)
    joined = 0
    for start in range(0, len(fresh), BATCH):
        some = [one.id for one in fresh[start : start + BATCH]]
        joined += await _join(database, some, dict(pairs), clock)
    if joined:
        log.info("questions_grouped", compared=len(fresh), joined=joined)
    return joined


async def _known(connection: AsyncConnection, office: str) -> list[Compared]:
    known: list[Compared] = []
    while some := await groups_to_join(connection, office, known[-1].id if known else 0, SLICE):
        known += some
    return known


def alike(
    fresh: Sequence[Compared], known: Mapping[str, Sequence[Compared]], rarity: Rarity
) -> list[Pair]:
    """Give each new group that asks the same as an older one of its office, and that one."""
    by_office = sorted(fresh, key=lambda one: (one.office, one.id))
    return [
        pair
        for office, some in groupby(by_office, key=lambda one: one.office)
        for pair in _of_one_office(some, known.get(office, ()), rarity)
    ]


def _of_one_office(
    fresh: Iterator[Compared], known: Sequence[Compared], rarity: Rarity
) -> Iterator[Pair]:
    nearest: Nearest[int] = Nearest(rarity)
    for one in known:
        nearest.add(one.id, one.shape, one.near)
    for one in fresh:
        found = nearest.find(one.shape, one.near)
        if found is None:
            nearest.add(one.id, one.shape, one.near)
        else:
            yield one.id, found


async def _join(
    database: Database, fresh: Sequence[int], pairs: Mapping[int, int], clock: Clock
) -> int:
    """Join those still open that nobody works on; an officer may have been quicker."""
    joined = 0
    async with database.writing() as connection:
        concerned = {*fresh, *(pairs[one] for one in fresh if one in pairs)}
        groups = await lock_groups(connection, concerned, clock.now())
        await note_compared(connection, fresh)
        for number in fresh:
            one, into = groups.get(number), groups.get(pairs.get(number, 0))
            if one is None or into is None or one.held_by is not None:
                continue
            if one.status is into.status is GroupStatus.OPEN:
                groups[into.id] = await merge(connection, one, into)
                joined += 1
    return joined
