"""What every address of the console names, and what fills its lists: all families together.

A family has a module in ``made`` with the factory of each of its resolvers (``OBJECTS``) and, when
its lists grow with rows of its own, what adds them (``FILLERS``). What the address of a way names
that has no resolver stands in ``OWN_PARTS`` here, by the way's name.
"""

from __future__ import annotations

from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Resolver
from tests.fakes.console import ConsoleHouse
from tests.integration.console.made import (
    cards,
    cases,
    changes,
    contacts,
    data_wishes,
    days,
    guides,
    home,
    imports,
    loudspeaker,
    news,
    people,
    plans,
    questions,
    readers,
    sealed,
    settings,
    sync,
    talks,
    zalo,
)
from tests.integration.console.made.kinds import Factory, Filler, Parts

FAMILIES = (
    cards,
    cases,
    changes,
    guides,
    contacts,
    data_wishes,
    days,
    home,
    imports,
    loudspeaker,
    news,
    people,
    plans,
    questions,
    readers,
    sealed,
    settings,
    sync,
    talks,
    zalo,
)
OWN_PARTS: dict[str, Parts] = {
    "files.static": {"name": "console.css"},
    "account.end_session": {"id": "1"},
}


async def an_office(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office)}


OBJECTS: dict[Resolver, Factory] = {office_in_path: an_office}
FILLERS: list[Filler] = []
for family in FAMILIES:
    OBJECTS.update(family.OBJECTS)
    FILLERS.extend(family.FILLERS)
