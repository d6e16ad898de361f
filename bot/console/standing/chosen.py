"""Which office's settings a page shows: the one asked for, else the one that speaks here."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.people.tree import choices
from bot.console.resolvers import in_path
from bot.console.words import say
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action
from knowledge.layers import lineage


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An office, all whose word it also goes by, and the tree of those to choose from."""

    code: str
    name: str
    line: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]

    @property
    def part(self) -> str:
        """Give the office as addresses write it."""
        return in_path(self.code)


def chosen(request: web.Request, actor: Actor, action: Action) -> Chosen:
    """Give the office ``?office=`` asks for where the officer may do ``action``, else another."""
    desk = request.app[CONSOLE].conversation.desk
    names: dict[str, str] = {one.code: one.name for one in desk.knowledge.snapshot.offices}
    names[EVERYWHERE] = say("frame.all_offices")
    reach = actor.offices(action)
    listed = choices(desk.knowledge.snapshot.offices, reach)
    if reach is None:
        listed.append((EVERYWHERE, names[EVERYWHERE]))
    open_to = [code for code, _ in listed]
    # A form shown again stands at the address it was sent to.
    named = request.match_info.get("office") or request.query.get("office")
    asked = EVERYWHERE if named == in_path(EVERYWHERE) else named
    here = desk.office.code if desk.office else EVERYWHERE
    code = next(one for one in (asked, here, *open_to) if one in open_to)
    return Chosen(
        code=code,
        name=names[code],
        line=lineage(desk.knowledge.snapshot.offices, code),
        choices=tuple((in_path(code), name) for code, name in listed),
    )
