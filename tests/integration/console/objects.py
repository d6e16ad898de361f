"""What the addresses of the console name, made for tests that try every way.

A family adds the factory of each of its resolvers to ``OBJECTS`` and, when its lists grow with
rows of its own, a filler to ``FILLERS``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Resolver
from tests.fakes.console import ConsoleHouse

# Makes an object that belongs to an office and gives the parts of the address that names it.
Factory = Callable[[ConsoleHouse, str], Awaitable[dict[str, str]]]
# Adds so many rows of a family to a house.
Filler = Callable[[ConsoleHouse, int], Awaitable[None]]


async def _office(_house: ConsoleHouse, office: str) -> dict[str, str]:
    return {"office": in_path(office)}


OBJECTS: dict[Resolver, Factory] = {office_in_path: _office}
FILLERS: list[Filler] = []
