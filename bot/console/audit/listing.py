"""The list of entries: what its address may ask, and a page of it told in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from bot.console.actor import Actor
from bot.console.audit.searching import Sought, entries_of
from bot.console.audit.showing import Told, actors_like, naming, told
from bot.console.fields import Code, Line
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.officials.audit import Anchor
from bot.officials.permissions import Action
from bot.storage import audit_rows
from bot.storage.paging import SIZE, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEntries(Asked):
    """Whose deeds, which, and upon what."""

    who: Annotated[str, Line(1, 120)] = ""
    deed: Annotated[str, Code()] = ""
    kind: Annotated[str, Code()] = ""
    subject: Annotated[str, Line(1, 180)] = ""


async def entries(
    request: web.Request, actor: Actor, asked: AskedEntries, *, size: int = SIZE
) -> tuple[Page[Told], Anchor]:
    """Give a page of the entries the officer may see, and where the whole chain stands."""
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        anchor = await audit_rows.head(connection)
        page = await entries_of(connection, _sought(actor, asked), after=asked.page, size=size)
        known = await naming(connection, page.rows, house.conversation.desk.knowledge)
    return page.turned(lambda entry: told(request, actor, entry, known)), anchor


def _sought(actor: Actor, asked: AskedEntries) -> Sought:
    return Sought(
        reach=actor.offices(Action.AUDIT_SEE),
        reader=actor.officer.id,
        who=asked.who,
        actors=actors_like(asked.who),
        action=asked.deed,
        office=asked.office,
        kind=asked.kind,
        subject=asked.subject,
        first=asked.from_,
        last=asked.to,
    )
