"""On every channel: what is kept is given as a file of one's own, and erased after a yes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversation.desk import Desk
from bot.storage.feedback_person_tables import data_wishes
from bot.storage.feedback_tables import cases
from tests.fakes.filed import file_case
from tests.fakes.listening import PATIENCE
from tests.fakes.sides import SIDES, Side, heard
from tests.fakes.telegram import TOKEN

MINE, WORDS = "7", "Đèn đường ngõ Xoan Lụa hỏng ba hôm nay."


CARRY_FILES = ["web chat", "telegram by webhook"]
# A page cannot be sent there, whatever else can.
WORDS_ALONE = ["zalo bot by webhook", "zalo by numbers"]


@pytest.fixture(params=CARRY_FILES + WORDS_ALONE)
async def side(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> AsyncIterator[Side]:
    async with SIDES[request.param](tmp_path, desk) as opened:
        yield opened


async def filed(side: Side, *, is_open: bool, user: str = MINE) -> None:
    case = await file_case(
        side.house, address=side.address(user), words=WORDS, at=side.house.clock.now()
    )
    if not is_open:
        async with side.house.database.writing() as connection:
            ended = {"state": "closed", "is_open": False}
            await connection.execute(cases.update().where(cases.c.id == case.id).values(ended))


@pytest.mark.parametrize("side", CARRY_FILES, indirect=True)
async def test_a_copy_comes_as_a_file_for_its_owner_alone(side: Side) -> None:
    await filed(side, is_open=True)
    await filed(side, is_open=True, user="8")
    await side.says("dữ liệu của tôi", MINE)
    (told,) = await heard(side, 1, MINE)
    ((name, content),) = told.files
    assert name == "du-lieu-cua-toi.html"
    page = content.decode()
    assert page.count(WORDS) == 1
    assert TOKEN not in page
    assert [label for label, _ in told.choices] == ["Nhờ cơ quan đưa bản sao", "Xóa dữ liệu"]
    await side.presses(dict(told.choices)["Nhờ cơ quan đưa bản sao"], MINE)
    assert "Đã ghi yêu cầu số 1" in (await heard(side, 2, MINE))[-1].text


@pytest.mark.parametrize("side", WORDS_ALONE, indirect=True)
async def test_where_no_file_goes_one_chooses_to_ask_the_office_for_the_copy(side: Side) -> None:
    await filed(side, is_open=True)
    await side.says("dữ liệu của tôi", MINE)
    (told,) = await heard(side, 1, MINE)
    assert "không gửi được tệp" in told.text
    assert [label for label, _ in told.choices] == ["Nhờ cơ quan đưa bản sao", "Xóa dữ liệu"]
    async with side.house.database.reading() as connection:
        assert not (await connection.execute(select(data_wishes))).all()
    await side.says("1", MINE)
    assert "Đã ghi yêu cầu số 1" in (await heard(side, 2, MINE))[-1].text
    async with side.house.database.reading() as connection:
        (wish,) = (await connection.execute(select(data_wishes))).all()
    assert (wish.wish, wish.status) == ("export", "waiting")


async def test_nothing_is_erased_before_a_yes_and_all_after_it(side: Side) -> None:
    await filed(side, is_open=False)
    await side.says("xóa dữ liệu", MINE)
    (asked,) = await heard(side, 1, MINE)
    assert [label for label, _ in asked.choices] == ["Xóa hết", "Không xóa"]
    assert await kept(side) == WORDS
    await side.presses(dict(asked.choices)["Xóa hết"], MINE)
    assert "1 việc đã trả lời" in await said_last(side, "Đã xóa lúc")
    assert await kept(side) == ""


async def test_what_is_open_waits_for_an_officer(side: Side) -> None:
    await filed(side, is_open=True)
    await side.says("xóa dữ liệu", MINE)
    await heard(side, 1, MINE)
    await side.says("có", MINE)
    assert "Còn 1 việc đang giải quyết" in await said_last(side, "Đã xóa lúc")
    assert await kept(side) == WORDS
    async with side.house.database.reading() as connection:
        (wish,) = (await connection.execute(select(data_wishes))).all()
    assert wish.status == "waiting"


async def said_last(side: Side, begins: str) -> str:
    """Wait for words; on the web what was said before them is gone from the house."""
    async with asyncio.timeout(PATIENCE):
        while True:
            last = (await side.shown(MINE))[-1].text
            if last.startswith(begins):
                return last
            await asyncio.sleep(0.03)


async def kept(side: Side) -> str:
    async with side.house.database.reading() as connection:
        return str((await connection.execute(select(cases.c.words))).scalar_one())
