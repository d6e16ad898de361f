"""Guides to try the pages of knowledge with."""

from __future__ import annotations

from bot.console.knowledge.resolving import guide_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from tests.fakes.console import A_GUIDE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_guide(house: ConsoleHouse, office: str) -> Parts:
    told = house.conversation.desk.knowledge.snapshot.guides
    return {"office": in_path(office), "ref": str(next(iter(told), A_GUIDE).id)}


OBJECTS: dict[Resolver, Factory] = {guide_in_path: a_guide}
FILLERS: list[Filler] = []
