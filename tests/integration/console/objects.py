"""What the addresses of the console name, made for tests that try every way.

A family adds the factory of each of its resolvers to ``OBJECTS`` and, when its lists grow with
rows of its own, a filler to ``FILLERS``. What the address of a way without resolver names stands
in ``OWN_PARTS``, by the way's name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import insert

from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Resolver
from bot.console.talks.addresses import talk_in_path
from bot.storage.tables import turns
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.fakes.talks import asked, many_asked

Parts = dict[str, str]
# Makes an object that belongs to an office and gives the parts of the address that names it;
# nothing where an object of its kind cannot belong to that office.
Factory = Callable[[ConsoleHouse, str], Awaitable[Parts | None]]
# Above every message that is stored for real.
FAR_OFF = 1_000_000
# Adds so many rows of a family to a house.
Filler = Callable[[ConsoleHouse, int], Awaitable[None]]


async def an_office(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office)}


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


async def a_talk(house: ConsoleHouse, office: str) -> Parts | None:
    if not office:
        return None
    return {"talk": str(await asked(house, "cho tôi gặp cán bộ", office=office))}


async def many_talks(house: ConsoleHouse, count: int) -> None:
    await many_asked(house, "cho tôi gặp cán bộ", count)


OBJECTS: dict[Resolver, Factory] = {office_in_path: an_office, talk_in_path: a_talk}
FILLERS: list[Filler] = [turns_of_the_day, many_talks]
OWN_PARTS: dict[str, Parts] = {
    "files.static": {"name": "console.css"},
    "account.end_session": {"id": "1"},
}
