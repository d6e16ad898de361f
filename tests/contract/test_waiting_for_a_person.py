"""Who asks for a person stands on the waiting list once, from the moment they were told so."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import ChannelName
from bot.storage.console_tables import waiting_talks
from bot.storage.database import Database
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import insert_messages, store_finished
from bot.storage.retention_rows import forget_before
from bot.storage.waiting_rows import Asked, put_waiting
from tests.conftest import NOON
from tests.factories import a_citizen, a_message

KEPT = frozenset({ChannelName.WEB})


async def test_who_asks_twice_waits_once_since_the_first_time(
    database: Database, desk: Desk
) -> None:
    state = ConversationState()
    for number, said in enumerate(("đăng ký khai sinh", "gặp cán bộ", "cho tôi gặp cán bộ")):
        at = NOON + timedelta(minutes=number)
        message = a_message(said, external_id=str(number))
        result = Conversation(desk).answer(message, state, now=at)
        state = result.state
        async with database.writing() as connection:
            rows = (await insert_messages(connection, [message])).rows
            claimed = Claimed(id=next(iter(rows.values())), message=message, attempts=0)
            done = Finished(claimed=claimed, result=result, at=at, took_ms=1)
            await store_finished(connection, [done], KEPT)
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(waiting_talks))).all()
    assert (row.talk, row.asked_at) == (2, NOON + timedelta(minutes=1))
    assert (row.conversation, row.office) == (a_citizen().conversation, "mau-xa")
    assert row.question == "đăng ký khai sinh"


async def test_who_was_never_answered_is_forgotten_with_their_messages(
    database: Database,
) -> None:
    asked = Asked(talk=1, address=a_citizen(), office="mau-xa", question="?", at=NOON)
    async with database.writing() as connection:
        await put_waiting(connection, [asked])
    assert await forget_before(database, NOON, kept=KEPT) == 0
    assert await forget_before(database, NOON + timedelta(seconds=1), kept=KEPT) == 1
