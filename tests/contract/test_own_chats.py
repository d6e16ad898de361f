"""A code from the console makes a chat an officer's own: once, in time, and nobody guesses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.casework.deeds import acting
from bot.messages import ChannelName
from bot.newsroom import officer_chats
from bot.officials.audit import By
from bot.officials.chat_codes import LIFE, digest_of, new_code
from bot.officials.models import Officer
from bot.storage import audit_rows, officer_chat_rows
from bot.storage.broadcast_tables import subscribers
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.officer_rows import NewOfficer, add_officer, find_officer, switch
from bot.storage.plan_tables import officer_chat_codes
from bot.storage.retention_rows import forget_before
from bot.storage.tables import inbox, turns
from tests.conftest import NOON, FrozenClock, let_pass
from tests.factories import a_citizen, an_id
from tests.fakes.chatting import Chatting, chatting
from tests.fakes.console import HERE
from tests.fakes.readers import a_reader, subscribe_all

LINKED, WRONG, WAIT = "Đã nối", "không đúng", "Xin đợi"
SECOND = timedelta(seconds=1)


@pytest.fixture
def chat(database: Database, clock: FrozenClock) -> Chatting:
    return chatting(database, clock)


async def _officer(chat: Chatting, login: str = "lan") -> Officer:
    async with chat.database.writing() as connection:
        made = await add_officer(
            connection, NewOfficer(login=login, name=login.title(), office=HERE), at=NOON
        )
        found = await find_officer(connection, made)
    assert found is not None
    return found


async def _code(chat: Chatting, officer: Officer) -> str:
    async with acting(chat.database, chat.clock, By(officer=officer.id, actor="Lan")) as doing:
        code, until = await officer_chats.offer_code(doing, officer)
    assert until == chat.clock.now() + LIFE
    return code


async def _chats(chat: Chatting, officer: Officer) -> list[str]:
    async with chat.database.reading() as connection:
        found = await officer_chat_rows.chats_of(connection, officer.id)
    return [one.address.conversation for one in found]


@pytest.mark.parametrize("channel", list(ChannelName))
@pytest.mark.parametrize("typed", ["{}", " {}. ", "start {}", "/start {}"])
async def test_a_code_links_the_chat_in_which_it_is_typed(
    chat: Chatting, channel: ChannelName, typed: str
) -> None:
    lan = await _officer(chat)
    code = await _code(chat, lan)
    user = an_id(channel)
    told = await chat.says(typed.format(code.upper()), user=user, channel=channel)
    assert LINKED in told
    assert "Lan" in told
    assert await _chats(chat, lan) == [f"{channel}:{user}"]


async def test_a_code_counts_once_and_only_the_newest(chat: Chatting) -> None:
    lan = await _officer(chat)
    old, code = await _code(chat, lan), await _code(chat, lan)
    assert WRONG in await chat.says(old)
    assert LINKED in await chat.says(code)
    assert WRONG in await chat.says(code, user="mai")
    assert await _chats(chat, lan) == ["web:nam"]


async def test_a_code_is_over_after_a_quarter_of_an_hour(chat: Chatting) -> None:
    lan = await _officer(chat)
    code = await _code(chat, lan)
    await let_pass(chat.database, chat.clock, LIFE)
    assert WRONG in await chat.says(code)
    assert await _chats(chat, lan) == []


async def test_an_officer_who_left_links_nothing_and_is_reached_nowhere(chat: Chatting) -> None:
    lan, minh = await _officer(chat), await _officer(chat, "minh")
    await chat.says(await _code(chat, lan))
    code = await _code(chat, minh)
    async with chat.database.writing() as connection:
        for one in (lan, minh):
            await switch(connection, one.id, on=False, at=NOON)
    assert WRONG in await chat.says(code, user="mai")
    assert await _chats(chat, lan) == await _chats(chat, minh) == []


async def test_who_guesses_waits_longer_each_time_and_a_right_code_waits_too(
    chat: Chatting,
) -> None:
    lan = await _officer(chat)
    for _ in range(5):
        assert WRONG in await chat.says(new_code())
    code = await _code(chat, lan)
    assert WAIT in await chat.says(code)
    # Nobody else waits for what one chat did.
    assert WRONG in await chat.says(new_code(), user="mai")
    await let_pass(chat.database, chat.clock, 6 * SECOND)
    assert LINKED in await chat.says(code)


async def test_nothing_but_the_digest_of_a_code_is_kept_and_that_opens_nothing(
    chat: Chatting,
) -> None:
    lan = await _officer(chat)
    code = await _code(chat, lan)
    assert WRONG in await chat.says(f"cb-{digest_of(code)}")
    assert LINKED in await chat.says(code)
    async with chat.database.reading() as connection:
        told = [
            *(await connection.execute(select(inbox.c.text))).scalars(),
            *(await connection.execute(select(turns.c.question))).scalars(),
            *(await connection.execute(select(audit_entries.c.body))).scalars(),
        ]
    assert not any(code.removeprefix("cb-") in text.casefold() for text in told)


async def test_each_act_is_in_the_audit_with_who_did_it(chat: Chatting) -> None:
    lan = await _officer(chat)
    await chat.says(await _code(chat, lan))
    async with acting(chat.database, chat.clock, By(officer=lan.id, actor="Lan")) as doing:
        assert await officer_chats.unlink(doing, lan, a_citizen())
        assert not await officer_chats.unlink(doing, lan, a_citizen())
    async with chat.database.reading() as connection:
        entries = await audit_rows.following(connection, None, 9)
    assert [(one.action, one.officer, one.subject) for one in entries] == [
        (action, lan.id, str(lan.id))
        for action in ("chat_code_made", "chat_linked", "chat_unlinked")
    ]
    assert await _chats(chat, lan) == []


async def test_an_officer_of_two_chats_is_one_person(chat: Chatting) -> None:
    lan = await _officer(chat)
    await subscribe_all(chat.database, [a_reader("web", "nam", office=HERE)])
    await chat.says(await _code(chat, lan))
    await chat.says(await _code(chat, lan), user="mai")
    await chat.says("nhận tin", "đồng ý", user="mai")
    async with chat.database.reading() as connection:
        wanted = select(subscribers.c.person, subscribers.c.kind)
        rows = {tuple(row) for row in await connection.execute(wanted)}
    assert rows == {(f"officer:{lan.id}", "official")}


@pytest.mark.parametrize("said", ["cb 12345678", "mã cb-abcdefgh là gì", "cb-", "thu-abc"])
async def test_what_is_no_code_is_a_question(chat: Chatting, said: str) -> None:
    told = await chat.says(said)
    assert LINKED not in told
    assert WRONG not in told


async def test_an_own_chat_can_be_written_to_however_long_ago_it_was_linked(
    chat: Chatting,
) -> None:
    lan = await _officer(chat)
    await chat.says("xin chào", await _code(chat, lan))
    await chat.says("xin chào", user="mai")
    await forget_before(chat.database, NOON + timedelta(days=900), kept=frozenset({"web"}))
    async with chat.database.reading() as connection:
        left = (await connection.execute(select(inbox.c.conversation))).scalars().all()
        codes = (await connection.execute(select(officer_chat_codes.c.digest))).scalars().all()
    assert left == ["web:nam"]
    assert codes == []


async def test_a_code_nobody_typed_is_forgotten(chat: Chatting) -> None:
    await _code(chat, await _officer(chat))
    async with chat.database.reading() as connection:
        assert (await connection.execute(select(officer_chat_codes.c.digest))).first()
    assert await forget_before(chat.database, NOON + 2 * LIFE, kept=frozenset()) == 1
