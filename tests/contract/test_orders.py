"""Whatever an office sets is gone by in every process that looks."""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.messages import ChannelName
from bot.officials.standing import Entry
from bot.storage.database import Database
from bot.storage.standing_rows import SqlStandingStore, put_standing
from tests.conftest import NOON


async def test_every_process_goes_by_what_was_set(database: Database, desk: Desk) -> None:
    talks = [Conversation(desk), Conversation(desk)]
    orders = [Orders(SqlStandingStore(database), talk) for talk in talks]
    assert [await one.renew() for one in orders] == [False, False]
    off = Entry(office="", key="channel:web", value={"off": True})
    async with database.writing() as connection:
        await put_standing(connection, [off], at=NOON, change=None)
    assert [await one.renew() for one in orders] == [True, True]
    assert [talk.desk.standing.closed for talk in talks] == [{ChannelName.WEB}] * 2
    assert [await one.renew() for one in orders] == [False, False]
