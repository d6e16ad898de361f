"""The same words go out once without a word, however many let them go at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from bot.newsroom.refusing import Doubtful
from bot.storage.database import Database
from tests.conftest import FrozenClock
from tests.fakes.newsroom import HOA, Newsroom, a_realm
from tests.fakes.readers import a_reader, subscribe_all

TEXTS = 4


@pytest.fixture
async def newsroom(database: Database, clock: FrozenClock) -> Newsroom:
    await subscribe_all(database, [a_reader(address="1")])
    return Newsroom(database, clock, a_realm())


async def test_of_texts_with_the_same_words_started_at_once_one_goes_out(
    newsroom: Newsroom,
) -> None:
    made = [await newsroom.approved() for _ in range(TEXTS)]
    starts = [newsroom.start(one, by=HOA) for one in made]
    ended = await asyncio.gather(*starts, return_exceptions=True)
    assert sum(isinstance(one, Doubtful) for one in ended) == TEXTS - 1, ended
    await newsroom.tick()
    assert len(await newsroom.ledger()) == 1
