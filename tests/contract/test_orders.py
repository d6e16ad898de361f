"""Whatever an office sets is gone by in every process that looks."""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.messages import ChannelName
from bot.officials.models import Grant, Role
from bot.officials.office_entries import Entry
from bot.storage.database import Database
from bot.storage.officer_rows import (
    NewOfficer,
    add_grant,
    add_officer,
    drop_grant,
    set_grants,
    switch,
)
from bot.storage.standing_rows import SqlStandingStore, put_standing
from tests.conftest import NOON


async def test_every_process_goes_by_what_was_set(database: Database, desk: Desk) -> None:
    talks = [Conversation(desk), Conversation(desk)]
    orders = [Orders(SqlStandingStore(database), talk) for talk in talks]
    assert [await one.renew() for one in orders] == [True, True]
    assert [await one.renew() for one in orders] == [False, False]
    off = Entry(office="", key="channel:web", value={"off": True})
    async with database.writing() as connection:
        await put_standing(connection, [off], at=NOON, change=None)
    assert [await one.renew() for one in orders] == [True, True]
    assert [talk.desk.standing.closed for talk in talks] == [{ChannelName.WEB}] * 2
    assert [await one.renew() for one in orders] == [False, False]


async def test_a_person_is_promised_only_while_an_officer_is_there_who_may_answer(
    database: Database, desk: Desk
) -> None:
    assert desk.office is not None
    here = desk.office.code
    talks = [Conversation(desk), Conversation(desk)]
    orders = [Orders(SqlStandingStore(database), talk) for talk in talks]

    async def promised() -> set[bool]:
        for one in orders:
            await one.renew()
        return {talk.desk.attended for talk in talks}

    assert await promised() == {False}
    new = NewOfficer(login="lan", name="Lan", office=here)
    async with database.writing() as connection:
        lan = await add_officer(connection, new, at=NOON)
    for role, office, told in (
        (Role.ADMINISTRATOR, "", False),
        (Role.LEADER, here, False),
        (Role.PREPARER, "elsewhere", False),
        (Role.PREPARER, here, True),
        (Role.SECRETARIAT, "", True),
    ):
        async with database.writing() as connection:
            await set_grants(connection, lan, [(role, office)], at=NOON)
        assert await promised() == {told}, (role, office)
    for on in (False, True):
        async with database.writing() as connection:
            await switch(connection, lan, on=on, at=NOON)
        assert await promised() == {on}
    async with database.writing() as connection:
        await drop_grant(connection, Grant(officer=lan, role=Role.SECRETARIAT, office=""))
    assert await promised() == {False}
    async with database.writing() as connection:
        await add_grant(connection, Grant(officer=lan, role=Role.APPROVER, office=here), at=NOON)
    assert await promised() == {True}
