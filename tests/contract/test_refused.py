"""Questions refused as out of scope, on both databases: found in the stored turns, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.casework.collecting import REFUSED, UNCHOSEN, collect
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.conversation.unchosen import PATIENCE
from bot.storage.console_tables import progress
from bot.storage.database import Database
from bot.storage.pending_rows import open_questions, pending
from tests.conftest import FrozenClock
from tests.fakes.left import WIFI, counts, kept
from tests.fakes.offers import OFFERS, TELLS_BIRTH, said
from tests.fakes.questions import ANSWERED, asks, stored

DECLINES = replace(ANSWERED, outcome=Outcome.OUT_OF_SCOPE)
FEEDBACK = replace(ANSWERED, outcome=Outcome.FEEDBACK)


async def found(database: Database, clock: FrozenClock, desk: Desk) -> int:
    return await collect(database, REFUSED, clock=clock, desk_of=lambda: desk)


@pytest.mark.parametrize("text", [WIFI, "cắt cỏ mồ mả ở nghĩa trang", "quay phim cưới ở đâu"])
async def test_what_was_refused_comes_before_the_officials(
    database: Database, later: FrozenClock, little: Desk, text: str
) -> None:
    await said(database, text, DECLINES)
    assert await found(database, later, little) == 1
    assert await kept(database) == [(text, "refused")]
    assert await counts(database) == [(text, 0, 0, 0, 1)]
    assert await found(database, later, little) == 0
    async with database.reading() as connection:
        assert await pending(connection, [open_questions(None)]) == []


async def test_it_is_looked_at_half_an_hour_later(
    database: Database, clock: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, DECLINES)
    clock.move(PATIENCE - timedelta(seconds=1))
    assert await found(database, clock, little) == 0
    clock.move(timedelta(seconds=1))
    assert await found(database, clock, little) == 1


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("chào", ()),
        ("wifi", ()),
        ("[cccd]", ("cccd",)),
        ("đồ ngu", ()),
        ("cứu tôi với", ()),
        ("làm giả giấy khai sinh hết bao nhiêu", ()),
        ("quán phở nào ngon nhất thành phố", ()),
        ("tôi muốn khiếu nại quyết định thu hồi đất", ()),
        ("tố cáo […]", ("denunciation",)),
    ],
)
async def test_what_asks_nothing_an_office_might_answer_does_not(
    database: Database, later: FrozenClock, little: Desk, text: str, masked: tuple[str, ...]
) -> None:
    await said(database, text, DECLINES, masked=masked)
    assert await found(database, later, little) == 0
    assert await kept(database) == []


async def test_nothing_of_a_talk_with_feedback_does(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, DECLINES)
    await said(database, "tôi muốn góp ý", FEEDBACK, after=5)
    assert await found(database, later, little) == 0


@pytest.mark.parametrize(
    ("result", "count"),
    [(TELLS_BIRTH, 0), (OFFERS, 0), (asks(WIFI), 0), (DECLINES, 1)],
)
async def test_what_other_words_settled_is_not_told_and_the_same_counts_once(
    database: Database, later: FrozenClock, little: Desk, result: TurnResult, count: int
) -> None:
    await said(database, WIFI, DECLINES)
    await said(database, "wifi miễn phí của xã", result, after=2)
    assert await found(database, later, little) == count


async def test_like_questions_are_one_group_with_a_count_of_each_kind(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, DECLINES)
    await said(database, WIFI, OFFERS, user="mai")
    assert await found(database, later, little) == 1
    assert await collect(database, UNCHOSEN, clock=later, desk_of=lambda: little) == 1
    assert await counts(database) == [(WIFI, 0, 0, 1, 1)]


async def test_two_processes_count_each_once_and_a_lost_mark_nothing_twice(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    for number in range(10):
        await said(database, WIFI, DECLINES, user=f"u{number}")
    done = await asyncio.gather(*(found(database, later, little) for _ in range(3)))
    assert sum(done) == 10
    async with database.writing() as connection:
        await connection.execute(delete(progress))
    assert await found(database, later, little) == 0
    assert await counts(database) == [(WIFI, 0, 0, 0, 10)]


async def test_who_was_refused_was_promised_nothing(
    database: Database, later: FrozenClock, little: Desk
) -> None:
    await said(database, WIFI, DECLINES)
    await stored(database, asks("nuôi tằm"))
    await found(database, later, little)
    async with database.reading() as connection:
        (one,) = await pending(connection, [open_questions(None)])
    assert one.count == 1
