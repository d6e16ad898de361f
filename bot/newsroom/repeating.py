"""Whether a text says, soon before or after another, the same words to some of the same people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.newsroom.realm import Realm
from bot.storage.broadcast_rows import find_broadcast, find_version
from bot.storage.occurrence_rows import went_around
from bot.storage.schedule_rows import active_schedules
from broadcasts.composing.likeness import alike, guards, overlaps
from broadcasts.models import BroadcastId
from broadcasts.schedule.models import Schedule
from broadcasts.schedule.planning import dues, meet
from broadcasts.texts import Version

# Two rules that meet at all do so within the times of two months of the denser one.
LOOKED_AT: Final = 60


async def said_already(
    acting: Acting, realm: Realm, version: Version, times: Sequence[datetime]
) -> frozenset[int]:
    """Give the broadcasts that say nearly the same around these times to some of the same people.

    ``times`` are the first ones at which the text goes out. One that comes again by its own rule
    as soon is one of them.
    """
    lately = guards().lately
    own = any(later - sooner < lately for sooner, later in pairwise(times))
    said: set[int] = {int(version.broadcast)} if own else set()
    async for broadcast, number in _around(acting.connection, realm, times, lately):
        other = await find_version(acting.connection, broadcast, number)
        if other is None or int(broadcast) in said:
            continue
        same = other.digest == version.digest or alike(other.text, version.text)
        if same and overlaps(other.audience, version.audience, realm.tree.covers):
            said.add(int(broadcast))
    return frozenset(said)


async def _around(
    connection: AsyncConnection, realm: Realm, times: Sequence[datetime], lately: timedelta
) -> AsyncIterator[tuple[BroadcastId, int]]:
    """Give the broadcasts, each with its version, that went or will go out around ``times``."""
    # Read first: what becomes a run between the two is found twice, and not missed.
    waiting = await active_schedules(connection)
    for found in await went_around(connection, times[0], lately):
        yield found
    for one in waiting:
        if await _meets(connection, realm, one, times, lately):
            yield one.broadcast, one.version


async def _meets(
    connection: AsyncConnection,
    realm: Realm,
    schedule: Schedule,
    times: Sequence[datetime],
    lately: timedelta,
) -> bool:
    broadcast = await find_broadcast(connection, schedule.broadcast)
    if broadcast is None or schedule.next_due_at is None:
        return False
    hours = realm.hours(broadcast.office, urgent=broadcast.urgent)
    after = max(schedule.next_due_at, times[0] - lately)
    return meet(
        times, chain([schedule.next_due_at], dues(schedule.timetable, hours, after)), lately
    )
