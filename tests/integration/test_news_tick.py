"""The leader's tick goes by the offices of the desk in use and what they have set."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.bell import Bell
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.newsroom.deployment import UNBOUND
from bot.newsroom.realm import Realm
from bot.officials.office_entries import Entry, Stood
from bot.upkeep.news import news_ticks, realm_in_use
from broadcasts.models import Audience
from tests.conftest import NOON, FrozenClock, open_database
from tests.fakes.newsroom import Newsroom, a_wish
from tests.fakes.readers import a_reader, subscribe_all

LUNCH = Entry(office="mau-tinh", key="rule:quiet_hours", value={"from": "11:30", "to": "13:30"})


async def test_what_is_due_goes_out_at_the_hours_of_its_office(
    desk: Desk, clock: FrozenClock, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with open_database("sqlite", request, tmp_path) as database:
        await subscribe_all(database, [a_reader(office="mau-xa"), a_reader(address="2")])
        conversation = Conversation(desk)
        ticks = news_ticks(database, clock, partial(realm_in_use, conversation, UNBOUND), Bell())
        tick = next(one for one in ticks if one.name == "dispatch")
        realm = Realm.of(desk.knowledge.snapshot, Stood())
        newsroom = Newsroom(database, clock, realm)
        wish = a_wish(office="mau-xa", audience=Audience(offices=("mau-xa",)))
        made = await newsroom.approved(wish)
        await newsroom.start(made)
        conversation.stand(Stood(entries=(LUNCH,)))
        assert await tick.act() == 1
        assert await newsroom.occurrences(made) == []
        clock.move(timedelta(hours=1, minutes=30))
        assert await tick.act() == 1
        (run,) = await newsroom.occurrences(made)
        assert (run.due_at, run.total) == (NOON + timedelta(hours=1, minutes=30), 1)
        assert await tick.act() == 0
