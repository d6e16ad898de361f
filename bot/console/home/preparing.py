"""What an office still sets before it takes feedback in well: each thing until it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.home.beginning import Step
from bot.console.keys import CONSOLE
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.console.standing.deadlines import KIND, PROFILE, table_of
from bot.console.words import say
from bot.officials.permissions import Action
from bot.storage.feedback_person_tables import sealed_readers
from bot.storage.feedback_tables import units
from bot.storage.setting_rows import Setting, settings_of
from knowledge.layers import lineage

RECEPTION: Final = "reception"
# What may be lacking, in the order it is told: the page where it is set, and who may.
PAGES: Final = {
    "units": ("case_units.overview", Action.CASES_SETTINGS),
    "deadlines": ("deadlines.overview", Action.CASES_SETTINGS),
    "reception": ("receptions.overview", Action.CASES_SETTINGS),
    "reader": ("sealed_reader.overview", Action.SEALED_APPOINT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What an office has set."""

    units: bool
    reader: bool
    settings: Sequence[Setting]


async def preparations(
    request: web.Request, actor: Actor, connection: AsyncConnection
) -> Sequence[Step]:
    """Give what the office that answers lacks for feedback and ``actor`` may set; two queries."""
    office = request.app[CONSOLE].conversation.desk.office
    if office is None:
        return ()
    may = {name for name, (_, action) in PAGES.items() if actor.may(action, office.code)}
    if not may:
        return ()
    lacking = set(_lacking(request, office.code, await _there(request, connection, office.code)))
    about = {"office": in_path(office.code)}
    return [
        Step(
            label=say(f"home.feedback_{name}"),
            sentence=say(f"home.feedback_{name}_says"),
            address=address(request, way, about),
        )
        for name, (way, _) in PAGES.items()
        if name in may & lacking
    ]


def _lacking(request: web.Request, office: str, there: _There) -> Iterator[str]:
    house = request.app[CONSOLE]
    snapshot = house.conversation.desk.knowledge.snapshot
    today = house.clock.now().astimezone(VIETNAM).date()
    limits = [one for one in there.settings if one.key != RECEPTION]
    if not there.units:
        yield "units"
    if table_of(snapshot, lineage(snapshot.offices, office), limits, today).unconfirmed:
        yield "deadlines"
    # Nobody receives citizens in another office's stead.
    if not any(one.key == RECEPTION and one.office == office for one in there.settings):
        yield "reception"
    if not there.reader:
        yield "reader"


async def _there(request: web.Request, connection: AsyncConnection, office: str) -> _There:
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    line = lineage(offices, office)
    wanted = select(
        exists().where(units.c.office == office, units.c.active),
        exists().where(sealed_readers.c.office == office),
    )
    has_units, has_reader = (await connection.execute(wanted)).one()
    settings = await settings_of(connection, line, KIND, PROFILE, RECEPTION)
    return _There(units=has_units, reader=has_reader, settings=settings)
