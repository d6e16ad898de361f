"""Citizens who ask what nobody could answer, and agree to be told: their turns, stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy import select

from bot.channels.kept import KEPT
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import Agreement, ConversationState, TurnResult, Unmet
from bot.conversation.unmet import mark_of
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.storage.console_tables import follow_ups, question_groups
from bot.storage.database import Database
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import insert_messages, store_finished
from knowledge.text import words
from tests.conftest import NOON
from tests.factories import a_citizen, a_message

HERE = "xa-a"
NUMBERS = count(1)
ANSWERED = TurnResult(
    outcome=Outcome.ANSWERED, replies=(Reply("có"),), state=ConversationState(), office=HERE
)


def asks(text: str, *, office: str = HERE, near: str = "") -> TurnResult:
    unmet = Unmet(text=text, shape=tuple(sorted(words(text))), near=near)
    return replace(ANSWERED, outcome=Outcome.UNANSWERED, unmet=unmet, office=office)


def agrees(to: str) -> TurnResult:
    agreement = Agreement(mark=mark_of(to), words="báo cho tôi")
    return replace(ANSWERED, errand=Errand.TELL, agreement=agreement)


NO_MORE = replace(ANSWERED, errand=Errand.UNTELL)


async def stored(
    database: Database,
    result: TurnResult,
    *,
    user: str = "nam",
    channel: ChannelName = ChannelName.WEB,
    at: datetime = NOON,
) -> str:
    """Store one turn and give the id of its message in its channel."""
    (one,) = await received(database, [(a_citizen(user, channel), result)], at)
    async with database.writing() as connection:
        await store_finished(connection, [one], KEPT)
    return one.claimed.message.external_id


async def received(
    database: Database, turns: Sequence[tuple[CitizenAddress, TurnResult]], at: datetime = NOON
) -> list[Finished]:
    done = []
    for address, result in turns:
        said = replace(a_message(external_id=f"m{next(NUMBERS)}", address=address), received_at=at)
        async with database.writing() as connection:
            (row,) = (await insert_messages(connection, [said])).rows.values()
        claimed = Claimed(id=row, message=said, attempts=0)
        done.append(Finished(claimed=claimed, result=result, at=at, took_ms=1))
    return done


async def groups(database: Database) -> list[tuple[str, int, int, str]]:
    async with database.reading() as connection:
        one = question_groups.c
        found = select(one.sample, one.asked, one.wishes, one.channels).order_by(one.id)
        return [tuple(row) for row in await connection.execute(found)]


async def wishes(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as connection:
        found = select(follow_ups.c.user_id, follow_ups.c.status).order_by(follow_ups.c.inbox_id)
        return [tuple(row) for row in await connection.execute(found)]
