"""Among which offices somebody may choose, and which of them a page begins with."""

from __future__ import annotations

from aiohttp import web

from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.people.tree import choices
from bot.console.resolvers import in_path
from bot.console.words import say
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action

# An office's code as addresses have it, and its name.
Choice = tuple[str, str]


def offices_to_choose(
    request: web.Request, actor: Actor, action: Action, *, everywhere: bool = True
) -> tuple[Choice, ...]:
    """Give the offices at which ``actor`` may do this, as the tree has them, and all as one.

    All as one is no choice where what is done always belongs to one (``everywhere`` is false).
    """
    allowed = actor.offices(action)
    named = choices(request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices, allowed)
    if allowed is not None or not everywhere:
        return tuple(named)
    return (*named, (in_path(EVERYWHERE), say("frame.all_offices")))


def chosen_office(request: web.Request, actor: Actor, offices: tuple[Choice, ...]) -> str:
    """Give the office of ``?office=`` if it may be chosen, else the one that answers, or another.

    What is changed at the one that answers, citizens hear; an officer's own unit may lie below.
    """
    codes = [code for code, _ in offices]
    ours = request.app[CONSOLE].conversation.desk.office
    wished = (
        request.query.get("office", ""),
        str(ours.code) if ours else "",
        actor.officer.office,
        *codes,
    )
    return next((code for code in wished if code in codes), "")


def offices_to_filter(request: web.Request, actor: Actor, action: Action) -> list[Choice]:
    """Give the offices by which a list may be narrowed; no choice stands for all of them."""
    snapshot = request.app[CONSOLE].conversation.desk.knowledge.snapshot
    return choices(snapshot.offices, actor.offices(action))


def offices_asked(actor: Actor, action: Action, office: str) -> frozenset[str] | None:
    """Give where ``actor`` may do this among ``office`` and those below it; ``None`` for all.

    Without an ``office`` it is wherever they may.
    """
    allowed = actor.offices(action)
    if not office:
        return allowed
    branch = actor.tree.branch(office)
    return branch if allowed is None else branch & allowed


def office_names(request: web.Request) -> dict[str, str]:
    """Give the names of the offices by their codes."""
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    return {str(one.code): one.name for one in offices}


def offices_beside(request: web.Request, office: str) -> list[Choice]:
    """Give all offices of the deployment but one, whoever may do something there."""
    snapshot = request.app[CONSOLE].conversation.desk.knowledge.snapshot
    return [one for one in choices(snapshot.offices, None) if one[0] != office]
