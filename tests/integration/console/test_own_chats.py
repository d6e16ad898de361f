"""An officer gets a code for a chat of their own, once, and may end it again."""

from __future__ import annotations

import re

from sqlalchemy import insert, select

from bot.officials.models import Role
from bot.storage.plan_tables import officer_chat_codes, officer_chats
from tests.conftest import NOON
from tests.fakes.console import ConsoleHouse, Reception


async def test_a_code_is_shown_once_and_only_its_digest_is_kept(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/account/chats/code")
    (code,) = re.findall(r"cb-[A-Za-z0-9]{8}", shown.text)
    assert code not in (await seat.get("/account/chats")).text
    async with house.database.reading() as connection:
        (row,) = (await connection.execute(select(officer_chat_codes))).all()
    assert code.lower() not in row.digest


async def test_a_chat_is_listed_and_ended_by_its_officer_alone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, other = await signed_in(Role.PREPARER), await signed_in(Role.PREPARER)
    async with house.database.writing() as connection:
        await connection.execute(
            insert(officer_chats).values(
                conversation="telegram:7",
                officer=seat.officer,
                channel="telegram",
                user_id="7",
                linked_at=NOON,
            )
        )
    assert "Telegram" in (await seat.get("/account/chats")).text
    await other.post("/account/chats/unlink", conversation="telegram:7")
    assert "Thôi nhắc ở đây" in (await seat.get("/account/chats")).text
    await seat.post("/account/chats/unlink", conversation="telegram:7")
    assert "Chưa nối cuộc trò chuyện nào" in (await seat.get("/account/chats")).text
