"""What an administrator does first: each thing stands on the first page until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.console.words import say
from bot.officials.permissions import Action
from bot.storage.people_tables import officers
from knowledge.models import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, why, and where."""

    label: str
    sentence: str
    address: str


async def steps(request: web.Request, actor: Actor, connection: AsyncConnection) -> Sequence[Step]:
    """Give what is still to be done; nothing for who keeps no accounts."""
    if not actor.may_somewhere(Action.PEOPLE_MANAGE):
        return ()
    office = request.app[CONSOLE].conversation.desk.office
    wanted = ["officers"] if await _is_alone(connection) else []
    if office is not None and actor.may(Action.PEOPLE_MANAGE, office.code):
        wanted += _of_office(office)
    places = {"officers": address(request, "people.new")}
    about = {"office": in_path(office.code if office else "")}
    return [
        Step(
            label=say(f"home.first_{one}"),
            sentence=say(f"home.first_{one}_says"),
            address=places.get(one) or address(request, "contacts.overview", about),
        )
        for one in wanted
    ]


def _of_office(office: Office) -> list[str]:
    """Give what the office that answers lacks; what is a sample needs no other word."""
    if office.sample:
        return ["sample"]
    return [] if office.phone and office.hours else ["contacts"]


async def _is_alone(connection: AsyncConnection) -> bool:
    active = select(func.count()).select_from(officers).where(officers.c.active)
    return (await connection.execute(active)).scalar_one() <= 1
