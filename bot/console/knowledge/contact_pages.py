"""What the pages of offices and of their hotlines share: the shelf, what waits, the way back."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_of
from bot.console.changes.reading import Told
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.keys import CONSOLE
from bot.console.knowledge.contact_view import Held
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.redirects import address, see_other
from bot.console.resolvers import in_path, out_of_path
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action


async def shelf_asked(request: web.Request, actor: Actor) -> Shelf:
    """Give the shelf of the office that is looked at."""
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    return await request.app[LIBRARY].shelf(out_of_path(chosen_office(request, actor, offices)))


async def waiting_of(request: web.Request, kind: ChangeKind, held: Held) -> Sequence[Told]:
    """Give the changes of a record that wait or have their day."""
    return await ahead_of(request.app[CONSOLE].database, kind, held.office, held.ref)


def back_to_contacts(request: web.Request, office: str, done: str) -> web.Response:
    """Lead back to the list of an office, saying what was done."""
    query = {"office": in_path(office), "done": done}
    return see_other(address(request, "contacts.overview", query))


def typed_lines(text: str) -> tuple[str, ...]:
    """Give each line that says something, once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
