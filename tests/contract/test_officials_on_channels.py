"""An official's words on every channel: in order, told as theirs, the bot silent meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr
from sqlalchemy import select

from bot.bootstrap import House, build
from bot.casework.deeds import acting
from bot.casework.speaking import speak
from bot.casework.taking import announce, hand_back, take_over
from bot.console.cookies import fresh_token
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.messages import ChannelName
from bot.officials.audit import By
from bot.officials.models import OfficerId, Role
from bot.officials.talks import Talk
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.tables import turns
from bot.storage.talk_rows import see_talk
from bot.web.app import create_app
from tests.conftest import open_database
from tests.fakes.furnished import settled
from tests.fakes.listening import PATIENCE
from tests.fakes.postgres import Postgres
from tests.fakes.sides import SIDES, Side, WebSide, heard

LAN = OfficerId(1)
BY = By(officer=LAN, actor="Lan")


@pytest.fixture(params=list(SIDES.values()), ids=list(SIDES))
async def side(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> AsyncIterator[Side]:
    async with request.param(tmp_path, desk) as opened:
        yield opened


async def employs(house: House) -> None:
    """Have an officer who may answer: without one nobody is promised."""
    assert house.conversation.desk.office is not None
    here = house.conversation.desk.office.code
    async with house.database.writing() as connection:
        new = NewOfficer(login="lan", name="Lan", office=here)
        lan = await add_officer(connection, new, at=house.clock.now())
        await set_grants(connection, lan, [(Role.PREPARER, here)], at=house.clock.now())
    await house.orders.renew()


async def the_talk(house: House) -> Talk:
    async with house.database.reading() as connection:
        seen = await see_talk(connection, LAN, 1, house.clock.now())
    assert seen is not None
    return seen.talk


async def takes(house: House) -> None:
    talk = await the_talk(house)
    async with acting(house.database, house.clock, BY) as doing:
        await take_over(doing, talk, LAN, house.conversation.desk.say("taken", who="Bà Lan"))
    announce(house.bell, talk.address)


async def says(house: House, text: str) -> None:
    talk = await the_talk(house)
    async with acting(house.database, house.clock, BY) as doing:
        assert await speak(doing, talk, LAN, text, once=fresh_token())
    announce(house.bell, talk.address)


async def gives_back(house: House) -> None:
    talk = await the_talk(house)
    sentence = house.conversation.desk.say("taken_back", who="Bà Lan")
    async with acting(house.database, house.clock, BY) as doing:
        assert await hand_back(doing, talk, LAN, sentence)
    announce(house.bell, talk.address)


async def left_to_officials(house: House, count: int) -> None:
    """Wait until so many messages were left to whoever holds the talk."""
    wanted = select(turns.c.inbox_id).where(turns.c.outcome == Outcome.WITH_OFFICER)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with house.database.reading() as connection:
                if len((await connection.execute(wanted)).all()) == count:
                    return
            await asyncio.sleep(0.02)


async def test_who_wants_a_person_gets_one_and_then_the_bot_again(side: Side) -> None:
    house = side.house
    await employs(house)
    await side.says("cho toi gap can bo")
    assert "vào danh sách chờ cán bộ" in (await heard(side, 1))[0].text
    await takes(house)
    assert "Bà Lan đang trả lời" in (await heard(side, 2))[1].text
    await says(house, "Chào bác\nBác cần gì ạ?")
    shown = (await heard(side, 3))[2].text
    label = "" if side.name is ChannelName.WEB else "Cán bộ:\n"
    assert shown == f"{label}Chào bác\nBác cần gì ạ?"
    await side.says("lam giay khai sinh cho con can gi")
    await left_to_officials(house, 1)
    await gives_back(house)
    assert "trợ lý tự động trả lời" in (await heard(side, 4))[3].text
    await side.says("lam giay khai sinh cho con can gi")
    assert "KHAI SINH" in (await heard(side, 5))[4].text


async def test_in_danger_the_numbers_come_all_the_same(side: Side) -> None:
    await side.says("gặp cán bộ")
    await heard(side, 1)
    await takes(side.house)
    await side.says("cháy nhà rồi cứu với")
    assert "114" in (await heard(side, 3))[2].text


@pytest.mark.postgres
async def test_an_official_at_another_process_is_heard_and_keeps_both_bots_silent(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path, desk: Desk
) -> None:
    shared = SecretStr(postgres.url.replace("+asyncpg", ""))
    settings = settled(tmp_path).model_copy(update={"database_url": shared})
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(open_database("postgres", request, tmp_path))
        here = await opened.enter_async_context(build(settings, desk=desk))
        there = await opened.enter_async_context(build(settings, desk=desk))
        for house in (here, there):
            await opened.enter_async_context(house.working())
        web = await opened.enter_async_context(TestClient(TestServer(create_app(here))))
        side = WebSide(here, web)
        await side.says("gặp cán bộ")
        await heard(side, 1)
        waiting = asyncio.create_task(side.web.get("/chat/replies?session=7&after=1&wait=20"))
        await takes(there)
        async with await waiting as answer:
            (told,) = (await answer.json())["replies"]
        assert (told["from"], "Bà Lan" in told["text"]) == ("office", True)
        for _ in range(3):
            await side.says("lam giay khai sinh cho con can gi")
        await left_to_officials(here, 3)
        await says(there, "Chào bác")
        await heard(side, 3)
        await gives_back(there)
        await heard(side, 4)
        await side.says("lam giay khai sinh cho con can gi")
        assert "KHAI SINH" in (await heard(side, 5))[4].text
