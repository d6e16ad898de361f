"""On every channel news is agreed to, ended by one word and taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.desk import Desk
from bot.conversation.news import AGREE, NEWS, STOP
from tests.fakes.listening import PATIENCE
from tests.fakes.readers import statuses
from tests.fakes.sides import (
    FORMS,
    SIDES,
    PolledTelegramSide,
    Side,
    a_polled_side,
    a_pushed_side,
    heard,
)
from tests.fakes.telegram import Json

in_every_form = pytest.mark.parametrize("side", [*SIDES, *FORMS], indirect=True)


@pytest.fixture(params=list(SIDES))
async def side(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> AsyncIterator[Side]:
    async with (SIDES | FORMS)[request.param](tmp_path, desk) as opened:
        yield opened


async def _says(side: Side, *said: str) -> str:
    """Say one thing after another, each when the one before is answered."""
    had = len(await side.shown("7"))
    for number, text in enumerate(said, start=had + 1):
        await side.says(text)
        await heard(side, number)
    return (await side.shown("7"))[-1].text


async def test_by_typed_words_and_numbers_alone(side: Side) -> None:
    await _says(side, "ĐĂNG KÝ NHẬN TIN", "1")
    assert await statuses(side.house.database) == {side.address().user_id: "active"}
    assert "BẬT LẠI" in await _says(side, "DUNG")
    assert await statuses(side.house.database) == {side.address().user_id: "opted_out"}
    await _says(side, "BAT LAI")
    assert await statuses(side.house.database) == {side.address().user_id: "active"}
    await _says(side, "tôi muốn hủy hồ sơ")
    assert await statuses(side.house.database) == {side.address().user_id: "active"}


@in_every_form
async def test_by_buttons_however_old(side: Side) -> None:
    await side.presses(NEWS)
    (offered,) = await heard(side, 1)
    assert AGREE in [value for _, value in offered.choices]
    receipt = await side.presses(AGREE)
    await heard(side, 2)
    await side.delivers_again(receipt)
    await _says(side, "làm khai sinh cần gì", "stop")
    await side.presses(STOP)
    last = (await heard(side, 5))[-1]
    assert "BẬT LẠI" in last.text
    assert await statuses(side.house.database) == {side.address().user_id: "opted_out"}


@pytest.fixture(params=[a_polled_side, a_pushed_side], ids=["by polling", "by webhook"])
async def telegram(
    request: pytest.FixtureRequest, tmp_path: Path, desk: Desk
) -> AsyncIterator[PolledTelegramSide]:
    async with request.param(tmp_path, desk) as opened:
        yield opened


def _membership(side: PolledTelegramSide, status: str) -> Json:
    said = side.telegram.message("")
    changed = {"user": said["from"], "status": status}
    told = {"chat": said["chat"], "from": said["from"], "date": 1, "new_chat_member": changed}
    return side.telegram.add({"my_chat_member": told})


async def _stands(side: Side, status: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while await statuses(side.house.database) != {"7": status}:  # noqa: ASYNC110 - rows
            await asyncio.sleep(0.02)


async def test_who_blocks_the_bot_is_dropped_and_back_when_they_write(
    telegram: PolledTelegramSide,
) -> None:
    await _says(telegram, "nhận tin", "đồng ý")
    for status, stands in (("member", "active"), ("kicked", "blocked"), ("member", "blocked")):
        await telegram.delivers(_membership(telegram, status))
        await _stands(telegram, stands)
    await _says(telegram, "xin chào")
    await _stands(telegram, "active")
    await _says(telegram, "dừng")
    await telegram.delivers(_membership(telegram, "kicked"))
    await _says(telegram, "xin chào")
    await _stands(telegram, "opted_out")
