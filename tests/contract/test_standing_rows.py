"""What offices set is kept by office and key, and every change renews the version."""

from __future__ import annotations

from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import Reply
from bot.officials.office_entries import Entry
from bot.storage.database import Database
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import store_finished
from bot.storage.standing_rows import (
    SqlStandingStore,
    add_guest,
    find_standing,
    load_standing,
    put_standing,
)
from tests.conftest import NOON
from tests.factories import a_message


async def test_the_last_value_counts_and_an_empty_one_takes_it_away(database: Database) -> None:
    async with database.reading() as connection:
        before = await load_standing(connection)
    first = Entry(office="xa", key="wording:menu", value={"text": "Một"})
    second = Entry(office="xa", key="wording:menu", value={"text": "Hai"})
    other = Entry(office="", key="trial", value={"on": True, "code": "thu"})
    async with database.writing() as connection:
        await put_standing(connection, [first, other], at=NOON, change=1)
        await put_standing(connection, [second], at=NOON, change=2)
    async with database.reading() as connection:
        stood = await load_standing(connection)
        assert await find_standing(connection, "xa", "wording:menu") == {"text": "Hai"}
    assert sorted(stood.entries, key=lambda one: one.key) == [other, second]
    async with database.writing() as connection:
        gone = Entry(office="xa", key="wording:menu", value={})
        await put_standing(connection, [gone], at=NOON, change=3)
        await add_guest(connection, "web:a", "xa", at=NOON)
        await add_guest(connection, "web:a", "xa", at=NOON)
        assert await find_standing(connection, "xa", "wording:menu") == {}
    async with database.reading() as connection:
        after = await load_standing(connection)
    assert after.entries == (other,)
    assert after.guests == ("web:a",)
    assert len({before.version, stood.version, after.version}) == 3


async def test_who_joins_the_trial_is_its_guest_with_the_answer(database: Database) -> None:
    message = a_message("thu-nghiem")
    joined = TurnResult(
        outcome=Outcome.SMALL_TALK,
        replies=(Reply("Chào"),),
        state=ConversationState(),
        errand=Errand.JOIN,
        office="xa",
    )
    claimed = Claimed(id=1, message=message, attempts=1)
    finished = Finished(claimed=claimed, result=joined, at=NOON, took_ms=1)
    async with database.writing() as connection:
        await store_finished(connection, [finished], frozenset())
    stood = await SqlStandingStore(database).load()
    assert stood.guests == (message.address.conversation,)
