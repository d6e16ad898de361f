"""A call keeps its turn until it is on the line, and stays here when it is recalled before."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.channels.pace.slots import Moment
from bot.channels.pace.turn import Turn
from bot.channels.telegram.faults import Courier
from bot.channels.telegram.leaving import Recalled, following
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with serving_telegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    courier = Courier()
    await courier.initialize()
    yield Bot(TOKEN, base_url=f"{telegram.url}/bot", request=courier)
    await courier.shutdown()


def _turn(telegram: FakeTelegram, left_after: list[int], *, recalled: bool = False) -> Turn:
    return Turn(
        chat="7",
        let_go=0.0,
        moment=Moment(at=0.0, due=0.0),
        is_spaced=True,
        is_quiet=True,
        left=lambda _: left_after.append(telegram.tries),
        recalled=lambda _: recalled,
    )


async def test_a_turn_is_over_when_the_call_is_on_the_line(
    telegram: FakeTelegram, bot: Bot
) -> None:
    left_after: list[int] = []
    turn = _turn(telegram, left_after)
    with following(turn):
        await bot.send_message(7, "xin chào")
    assert turn.is_over
    # Before it was answered.
    assert left_after == [0]
    await bot.send_message(7, "không có lượt")
    assert (telegram.tries, left_after) == (2, [0])


async def test_a_recalled_call_never_leaves(telegram: FakeTelegram, bot: Bot) -> None:
    with following(_turn(telegram, [], recalled=True)), pytest.raises(NetworkError) as raised:
        await bot.send_message(7, "xin chào")
    assert isinstance(raised.value.__cause__, Recalled)
    assert telegram.tries == 0
