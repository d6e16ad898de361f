"""What the addresses of the console name, made for tests that try every way.

A family adds the factory of each of its resolvers to ``OBJECTS`` and, when its lists grow with
rows of its own, a filler to ``FILLERS``. What the address of a way without resolver names stands
in ``OWN_PARTS``, by the way's name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Resolver
from tests.fakes.console import ConsoleHouse

Parts = dict[str, str]
# Makes an object that belongs to an office and gives the parts of the address that names it;
# nothing where an object of its kind cannot belong to that office.
Factory = Callable[[ConsoleHouse, str], Awaitable[Parts | None]]
# Adds so many rows of a family to a house.
Filler = Callable[[ConsoleHouse, int], Awaitable[None]]


async def an_office(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office)}


OBJECTS: dict[Resolver, Factory] = {office_in_path: an_office}
FILLERS: list[Filler] = []
OWN_PARTS: dict[str, Parts] = {
    "files.static": {"name": "console.css"},
    "account.end_session": {"id": "1"},
}
