"""Talks with citizens who wait for a person."""

from __future__ import annotations

from bot.console.routing import Resolver
from bot.console.talks.addresses import talk_in_path
from tests.fakes.console import ConsoleHouse
from tests.fakes.talks import asked, many_asked
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_talk(house: ConsoleHouse, office: str) -> Parts | None:
    if not office:
        return None
    return {"talk": str(await asked(house, "cho tôi gặp cán bộ", office=office))}


async def many_talks(house: ConsoleHouse, count: int) -> None:
    await many_asked(house, "cho tôi gặp cán bộ", count)


OBJECTS: dict[Resolver, Factory] = {talk_in_path: a_talk}
FILLERS: list[Filler] = [many_talks]
