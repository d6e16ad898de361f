"""Citizens who ask the desk of a console's house, without worker and web."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import orjson
from sqlalchemy import select

from bot.channels.kept import KEPT
from bot.conversation.turn import ConversationState
from bot.messages import ChannelName, MessageKind
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import insert_messages, store_finished
from bot.storage.memory_rows import load_states
from bot.storage.tables import outbox
from tests.factories import a_citizen, a_message
from tests.fakes.console import HERE, ConsoleHouse

NUMBERS = count(1)


async def asked(
    house: ConsoleHouse,
    text: str,
    *,
    user: str = "",
    office: str = HERE,
    channel: ChannelName = ChannelName.WEB,
    kind: MessageKind = MessageKind.TEXT,
) -> int:
    """Let somebody ask ``office`` and be answered; give the message's row."""
    number = next(NUMBERS)
    address = a_citizen(user or f"người-{number}", channel)
    told = replace(
        a_message(text, external_id=str(number), address=address, kind=kind),
        received_at=house.clock.now(),
    )
    message = house.conversation.kept(told)
    async with house.database.writing() as connection:
        (row,) = (await insert_messages(connection, [message])).rows.values()
        states = await load_states(connection, [address.conversation])
        before = states.get(address.conversation, ConversationState())
        now = house.clock.now()
        result = replace(house.conversation.answer(message, before, now=now), office=office)
        claimed = Claimed(id=row, message=message, attempts=1)
        done = Finished(claimed=claimed, result=result, at=now, took_ms=1, before=before)
        await store_finished(connection, [done], KEPT)
    return row


async def many_asked(house: ConsoleHouse, text: str, count: int) -> None:
    """Let ``count`` people ask the same at once, each in a talk of their own."""
    messages = [
        a_message(text, external_id=str(number), address=a_citizen(f"nhiều-{number}"))
        for number in (next(NUMBERS) for _ in range(count))
    ]
    now = house.clock.now()
    result = house.conversation.answer(messages[0], ConversationState(), now=now)
    async with house.database.writing() as connection:
        rows = (await insert_messages(connection, messages)).rows
        done = [
            Finished(
                claimed=Claimed(id=row, message=one, attempts=1), result=result, at=now, took_ms=1
            )
            for one in messages
            for row in (rows[one.address.channel, one.external_id],)
        ]
        await store_finished(connection, done, KEPT)


async def told(house: ConsoleHouse, user: str) -> list[tuple[str, str]]:
    """Give what ``user`` was told so far: by whom, and the words."""
    wanted = select(outbox.c.author, outbox.c.text).where(outbox.c.user_id == user)
    async with house.database.reading() as connection:
        rows = await connection.execute(wanted.order_by(outbox.c.id))
    return [(row.author, row.text) for row in rows]


async def offered(house: ConsoleHouse, user: str) -> list[list[str]]:
    """Give the values of the choices ``user`` was offered, by reply."""
    wanted = select(outbox.c.choices).where(outbox.c.user_id == user).order_by(outbox.c.id)
    async with house.database.reading() as connection:
        rows = (await connection.execute(wanted)).scalars().all()
    return [[value for _, value in orjson.loads(row)] for row in rows if row != "[]"]


async def rename_choices(house: ConsoleHouse, value: str, label: str) -> None:
    """Let everybody have been offered one choice that the desk does not know."""
    choices = orjson.dumps([[label, value]]).decode()
    async with house.database.writing() as connection:
        await connection.execute(outbox.update().values(choices=choices))
