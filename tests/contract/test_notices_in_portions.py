"""However many wait to hear of a case, nobody who may hear now waits behind them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.handling.noticing import AT_ONCE, Announcer
from bot.messages import ChannelName
from bot.storage.database import Database
from bot.storage.feedback_tables import notices
from bot.storage.inbox_rows import insert_messages
from bot.storage.tables import inbox, outbox
from bot.upkeep.feedback import tell_due
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE

MANY = 450
TELEGRAM, WEB = ChannelName.TELEGRAM, ChannelName.WEB


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def many_wait(room: Chamber, channel: ChannelName, count: int, later: timedelta) -> None:
    """Have ``count`` people of a channel wait to hear of the first step of one case."""
    case, at = await room.begun(""), room.clock.now() + later
    people = [a_citizen(f"{case.id}{number:04}", channel) for number in range(count)]
    rows = [
        {
            "case": case.id, "version": 2, "conversation": one.conversation, "channel": channel,
            "user_id": one.user_id, "office": HERE, "status": "due", "reason": "", "at": at,
        }
        for one in people
    ]  # fmt: skip
    said = [a_message(external_id=one.user_id, address=one) for one in people]
    async with room.database.writing() as connection:
        await insert_messages(connection, said)
        await connection.execute(update(inbox).values(done=True))
        await connection.execute(insert(notices), rows)


async def tick(room: Chamber) -> int:
    announcer = Announcer(desks=room.desks, kept=KEPT)
    return await tell_due(room.database, announcer, clock=room.clock, bell=Bell())


async def told(room: Chamber) -> Counter[str]:
    return Counter(one.channel for one in await room.rows(outbox))


async def test_all_of_them_hear_in_one_night(room: Chamber) -> None:
    assert 2 * AT_ONCE < MANY
    await many_wait(room, TELEGRAM, MANY, timedelta())
    assert await tick(room) == MANY
    assert await told(room) == {TELEGRAM: MANY}
    assert await tick(room) == 0
    assert await told(room) == {TELEGRAM: MANY}


async def test_who_may_hear_by_night_does_not_wait_behind_those_who_may_not(
    room: Chamber,
) -> None:
    room.set("rule:quiet_hours", **{"from": "11:00", "to": "13:00"})
    await many_wait(room, TELEGRAM, MANY, timedelta())
    await many_wait(room, WEB, 3, timedelta(minutes=1))
    assert await tick(room) == len(await room.rows(outbox)) == 3
    room.clock.move(timedelta(hours=1))
    assert await tick(room) == MANY
    assert await told(room) == {WEB: 3, TELEGRAM: MANY}
