"""Turns of the day, for the figures of the first page."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from bot.console.routing import Resolver
from bot.storage.tables import turns
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler

# Above every message that is stored for real.
FAR_OFF = 1_000_000


async def turns_of_the_day(house: ConsoleHouse, many: int) -> None:
    """Let citizens ask, on every channel and with every end."""
    ends = ("answered", "choices", "unanswered", "small_talk")
    plain = {"question": "", "procedure": "", "aspect": "", "hits": "", "took_ms": 1}
    rows = [
        plain
        | {
            "inbox_id": FAR_OFF + number,
            "conversation": str(number),
            "channel": ("web", "telegram")[number % 2],
            "outcome": ends[number % len(ends)],
            "office": HERE,
            "created_at": NOON - timedelta(minutes=number),
        }
        for number in range(many)
    ]
    async with house.database.writing() as connection:
        await connection.execute(insert(turns), rows)


OBJECTS: dict[Resolver, Factory] = {}
FILLERS: list[Filler] = [turns_of_the_day]
