"""A question nobody could answer: the officer answers once, and both citizens are told, once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.bootstrap import House, build
from bot.casework.telling import Teller, tell_waiting
from bot.channels.kept import KEPT
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.officials.models import EVERYWHERE, Role
from bot.officials.office_entries import Entry
from bot.storage.database import Database
from bot.storage.standing_rows import put_standing
from bot.storage.tables import unreachable
from bot.web.app import create_app
from tests.conftest import NOON
from tests.fakes.console import Reception, Seat
from tests.fakes.listening import PATIENCE
from tests.fakes.sides import PushedTelegramSide, Side, WebSide, heard, telegram_settings
from tests.fakes.telegram import serving_telegram

SILK = "xin giấy phép nuôi tằm trên nóc nhà văn hóa"
BIRTH = "1.001193"
BLOCKED = (403, {"description": "Forbidden: bot was blocked by the user"})


@dataclass
class Town:
    """Citizens on the web and on Telegram, and the officers' console."""

    web: WebSide
    telegram: PushedTelegramSide
    reception: Reception


@pytest.fixture
async def town(furnished: Path, desk: Desk) -> AsyncIterator[Town]:
    async with (
        serving_telegram() as phone,
        build(telegram_settings(furnished, phone.url, "webhook"), desk=desk) as house,
    ):
        await _stay_up_all_night(house.database)
        app = create_app(house)
        mount(app, create_console(house))
        async with TestClient(TestServer(app)) as client, house.working():
            yield Town(
                WebSide(house, client),
                PushedTelegramSide(house, phone, web=client),
                Reception(house, client),
            )


async def _stay_up_all_night(database: Database) -> None:
    """Have no quiet hours: nobody knows when these tests run."""
    rule = Entry(office=EVERYWHERE, key="rule:quiet_hours", value={"from": "00:00", "to": "00:00"})
    async with database.writing() as connection:
        await put_standing(connection, [rule], at=NOON, change=None)


async def asks(side: Side, user: str, *, tell: bool) -> int:
    """Ask what nobody knows, and agree to be told; give how many messages came back."""
    await side.says(SILK, user)
    (reply,) = await heard(side, 1, user)
    label, value = reply.choices[-1]
    assert label == "Báo cho tôi khi có trả lời"
    if not tell:
        return 1
    await side.presses(value, user)
    assert "tôi sẽ nhắn lại" in (await heard(side, 2, user))[-1].text
    return 2


async def only_group(officer: Seat) -> str:
    """Open the list, where the questions are one group, and give its address."""
    shown = await officer.get("/questions")
    groups = set(re.findall(r'href="/console(/questions/\d+)"', shown.text))
    assert len(groups) == 1
    return str(groups.pop())


async def test_who_blocked_the_bot_is_told_the_answer_when_they_write_again(town: Town) -> None:
    officer = await town.reception(Role.APPROVER, office=EVERYWHERE)
    await town.web.house.orders.renew()
    phone = town.telegram.telegram
    for user in ("102", "103"):
        await asks(town.telegram, user, tell=True)
    # One is known to have blocked the bot before the answer; of the other it is found out by it.
    phone.refusals.append(BLOCKED)
    await town.telegram.says("cảm ơn", "103")
    await left_alone(town.web.house, 1)
    phone.refusals.append(BLOCKED)
    await officer.post(f"{await only_group(officer)}/answer", text="Có, nộp ở một cửa.")
    await left_alone(town.web.house, 2)
    for user in ("102", "103"):
        await town.telegram.says("cảm ơn", user)
        told = await heard(town.telegram, 4, user)
        assert "Có, nộp ở một cửa." in told[2].text
    await town.telegram.says("cảm ơn", "102")
    assert len(await heard(town.telegram, 5, "102")) == 5


async def left_alone(house: House, count: int) -> None:
    """Wait until so many cannot be written to."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with house.database.reading() as connection:
                if len((await connection.execute(select(unreachable))).all()) == count:
                    return
            await asyncio.sleep(0.02)


async def test_an_officer_answers_once_and_all_who_agreed_are_told_once(town: Town) -> None:
    officer = await town.reception(Role.APPROVER, office=EVERYWHERE)
    await town.web.house.orders.renew()
    await asks(town.web, "101", tell=True)
    await asks(town.telegram, "102", tell=True)
    await asks(town.web, "103", tell=False)
    group = await only_group(officer)
    page = await officer.get(group)
    assert "2 người đã đồng ý nhận tin" in page.text
    assert not any(f":{user}" in page.text for user in ("101", "102", "103"))

    sent = await officer.post(f"{group}/alias", ref=f"p:{BIRTH}", aliases=SILK)
    assert "done=alias" in sent.where
    for side, user in ((town.web, "101"), (town.telegram, "102")):
        told = (await heard(side, 3, user))[-1]
        assert told.text.startswith(f"Bà con đã hỏi: “{SILK}”")
        assert (f"p:{BIRTH}") in [value for _, value in told.choices]
    # The very next who asks is told the card.
    for side in (town.web, town.telegram):
        await side.says(SILK, "104")
        assert "ĐĂNG KÝ KHAI SINH\n" in (await heard(side, 1, "104"))[-1].text

    # However often it is tried again, nobody hears it twice, and who did not agree hears nothing.
    await officer.post(f"{group}/answer", text="Lần nữa.")
    house = town.web.house
    teller = Teller(house.conversation, kept=KEPT)
    await tell_waiting(house.database, teller, clock=house.clock, ring=lambda _: None)
    await town.telegram.says("cảm ơn", "102")
    assert len(await heard(town.telegram, 4, "102")) == 4
    assert len(await town.web.shown("101")) == 3
    assert len(await town.web.shown("103")) == 1
