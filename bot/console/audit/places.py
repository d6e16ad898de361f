"""Where the thing an entry is about stands in the console, for who may look at it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.audit.objects import change_of
from bot.console.keys import CONSOLE
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.officials.audit import Deed
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action
from bot.officials.publishing_rights import seeing_action

# The page of each kind of thing, what it takes to see it, and what its address calls the thing.
PAGES: Final[Mapping[str, tuple[str, Action, str]]] = {
    "officer": ("people.person", Action.PEOPLE_SEE, "officer"),
    "procedure": ("cards.card", Action.KNOWLEDGE_SEE, "code"),
    "guide": ("guides.guide", Action.KNOWLEDGE_SEE, "ref"),
    "office": ("offices.edit", Action.OFFICES_MANAGE, "office"),
    "question": ("questions.group", Action.QUESTIONS_SEE, "group"),
    "talk": ("talks.talk", Action.TALKS_SEE, "talk"),
    "import": ("import_outcome.outcome", Action.KNOWLEDGE_IMPORT, "id"),
}
OF_OFFICE: Final = frozenset({"procedure", "guide"})
# Settings of a kind stand on one page for each office.
SETTINGS: Final[Mapping[str, tuple[str, Action]]] = {
    "notice": ("notices.overview", Action.SETTINGS_SEE),
    "channel": ("channels.overview", Action.SETTINGS_SEE),
    "trial": ("trial.overview", Action.TRIAL_MANAGE),
    "rule": ("rules.overview", Action.SETTINGS_SEE),
    "deadline": ("deadlines.overview", Action.CASES_SETTINGS),
    "deadline_profile": ("deadlines.overview", Action.CASES_SETTINGS),
    "day": ("days.overview", Action.KNOWLEDGE_SEE),
    "reception": ("receptions.overview", Action.CASES_SETTINGS),
    "body": ("bodies.overview", Action.CASES_SETTINGS),
}


def place_of(request: web.Request, actor: Actor, deed: Deed) -> str:
    """Give the address of the page of what was acted upon, empty where none is open."""
    if deed.kind == ChangeKind.SETTING:
        return _setting(request, actor, deed)
    if deed.kind == ChangeKind.HOTLINE:
        return _of_office(request, actor, deed, ("contacts.overview", Action.KNOWLEDGE_SEE))
    if deed.kind not in PAGES or _is_gone(request, deed):
        return ""
    way, action, part = PAGES[deed.kind]
    parts = {part: deed.subject}
    if deed.kind in OF_OFFICE:
        parts["office"] = in_path(deed.office)
    return address(request, way, **parts) if actor.may(action, deed.office) else ""


def change_place(request: web.Request, actor: Actor, deed: Deed) -> str:
    """Give the address of the change a deed tells of, empty where none is open."""
    number = change_of(deed)
    if number is None or not actor.may(
        seeing_action(ChangeKind(deed.kind), deed.subject), deed.office
    ):
        return ""
    return address(request, "changes.change", id=str(number))


def _setting(request: web.Request, actor: Actor, deed: Deed) -> str:
    kind, _, name = deed.subject.partition(":")
    if kind == "wording" and actor.may(Action.SETTINGS_SEE, deed.office):
        return address(request, "sentences.sentence", office=in_path(deed.office), key=name)
    return _of_office(request, actor, deed, SETTINGS[kind]) if kind in SETTINGS else ""


def _of_office(request: web.Request, actor: Actor, deed: Deed, page: tuple[str, Action]) -> str:
    way, action = page
    if not actor.may(action, deed.office):
        return ""
    return address(request, way, {"office": in_path(deed.office)})


def _is_gone(request: web.Request, deed: Deed) -> bool:
    """Tell whether a record is none any more, or an account none that was ever there."""
    knowledge = request.app[CONSOLE].conversation.desk.knowledge
    known: Mapping[str, Mapping[str, object]] = {
        "procedure": knowledge.procedures,
        "guide": knowledge.guides,
        "office": knowledge.offices,
    }
    if deed.kind in known:
        return deed.subject not in known[deed.kind]
    return not deed.subject.isdecimal()
