"""Cards to try the pages of knowledge with."""

from __future__ import annotations

from bot.console.knowledge.resolving import card_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from tests.fakes.console import ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_card(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office), "code": "1.001193"}


OBJECTS: dict[Resolver, Factory] = {card_in_path: a_card}
FILLERS: list[Filler] = []
