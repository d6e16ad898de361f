"""Prepared answers to cases: an office's own, with gaps that are filled for each case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Code, Line, Reason, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put, settings_again
from bot.console.words import say
from bot.feedback.placeholders import known_gaps, unknown_gaps
from bot.officials.entry_values import Template
from bot.officials.field_marks import Token, token_of
from bot.officials.permissions import Action
from bot.officials.standing import Standing
from bot.storage.setting_rows import settings_of
from bot.storage.standing_rows import find_standing
from knowledge.layers import lineage

room = Room("case_templates")
KIND: Final = "case_template"
# In the address of one that is to be.
NEW: Final = "new"
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateForm:
    """What a prepared answer is called and says; without words it is gone."""

    token: Annotated[str, Code()]
    name: Annotated[str, Line(1, 120)]
    reason: Annotated[str, Reason()]
    text: Annotated[str, Words(0, LONGEST)] = ""


@room.page("/cases/settings/templates", Action.CASES_SETTINGS, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the prepared answers of an office."""
    office = chosen(request, actor, Action.CASES_SETTINGS)
    templates = await _templates(request, office.line)
    return page(request, "cases/templates.html", office_here=office, templates=templates, new=NEW)


async def template_in_path(request: web.Request) -> Found:
    """Find the prepared answer ``{template}`` of ``{office}``, its own or one from above."""
    office = (await office_in_path(request)).office
    key = request.match_info["template"]
    if key == NEW:
        return Found(office=office, thing=Template(name="", text=""), name=say("templates.new"))
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    known = (await _templates(request, lineage(offices, office))).get(key)
    if known is None:
        raise NotThere
    return Found(office=office, thing=known, name=known.name)


@room.page(
    "/cases/settings/templates/{office}/{template}",
    Action.CASES_SETTINGS,
    of=template_in_path,
    queries=3,
)
async def one(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask what a prepared answer says."""
    office, key = (await office_in_path(request)).office, request.match_info["template"]
    async with request.app[CONSOLE].database.reading() as connection:
        own = await find_standing(connection, office, f"{KIND}:{key}")
    return page(
        request,
        "cases/template.html",
        typed=typed,
        prepared=found(request, Template),
        key=key,
        part=in_path(office),
        gaps=known_gaps(),
        token=token_of(own),
    )


@room.act(
    "/cases/settings/templates/{office}/{template}",
    Action.CASES_SETTINGS,
    of=template_in_path,
    form=TemplateForm,
    again=one,
)
async def save(request: web.Request, actor: Actor, form: TemplateForm) -> web.StreamResponse:
    """Keep a prepared answer, or let it be gone."""
    office, key = (await office_in_path(request)).office, request.match_info["template"]
    if slips := unknown_gaps(form.text):
        told = ", ".join(f"{{{slip}}}" for slip in slips)
        raise Faulty({"text": say("templates.slips", gaps=told)})
    changed = await put(
        request,
        actor,
        office,
        f"{KIND}:{token_hex(6) if key == NEW else key}",
        {"name": form.name, "text": form.text} if form.text else {},
        title=form.name,
        reason=form.reason,
        token=Token(form.token),
    )
    return settings_again(request, "case_templates.overview", office, changed=changed)


async def _templates(request: web.Request, line: tuple[str, ...]) -> Mapping[str, Template]:
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, line, KIND)
    return Standing.of(settings, line).templates
