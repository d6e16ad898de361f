"""Offices and hotlines by their addresses."""

from __future__ import annotations

from bot.console.pages.contacts import office_here
from bot.console.pages.hotlines import hotline_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from bot.officials.models import EVERYWHERE
from tests.fakes.console import ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def an_office_itself(_house: ConsoleHouse, office: str) -> Parts | None:
    return None if office == EVERYWHERE else {"office": office}


async def a_hotline(house: ConsoleHouse, office: str) -> Parts:
    # Whatever content the house has: the benchmark's is the shipped one.
    phone = next(one for one in house.conversation.desk.knowledge.hotlines)
    return {"office": in_path(office), "phone": phone}


OBJECTS: dict[Resolver, Factory] = {office_here: an_office_itself, hotline_in_path: a_hotline}
FILLERS: list[Filler] = []
