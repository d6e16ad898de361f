"""The rules an office works by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Code, Number, Reason, Ticked, Time
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put
from bot.console.words import say
from bot.officials.office_rules import ASK, LINK, OFF, Rules
from bot.officials.permissions import Action
from bot.officials.standing import Standing
from bot.storage.setting_rows import settings_of
from knowledge.layers import lineage

room = Room("rules")
KIND: Final = "rule"
# What is done about names and telephones of who files on Telegram.
WAYS: Final = (LINK, ASK, OFF)
SWITCHES: Final = ("four_eyes", "case_four_eyes", "show_names", "board")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesForm:
    """All rules together; those that stay as they are are not set anew."""

    quiet_from: Annotated[time, Time()]
    quiet_to: Annotated[time, Time()]
    loud_from: Annotated[time, Time()]
    loud_to: Annotated[time, Time()]
    minutes: Annotated[int, Number(5, 240)]
    reason: Annotated[str, Reason()]
    four_eyes: Annotated[bool, Ticked()] = False
    show_names: Annotated[bool, Ticked()] = False
    case_four_eyes: Annotated[bool, Ticked()] = False
    board: Annotated[bool, Ticked()] = False
    feedback_telegram: Annotated[str, Code(shape="|".join(WAYS))] = LINK


@room.page("/settings/rules", Action.SETTINGS_SEE, queries=2, menu="rules")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the rules of an office, and their form to who may change them."""
    office = chosen(request, actor, Action.SETTINGS_SEE)
    rules, settings = await _rules(request, office.line)
    return page(
        request,
        "rules/one.html",
        typed=typed,
        office_here=office,
        rules=rules,
        settings=settings,
        may_change=actor.may(Action.RULES_CHANGE, office.code),
        ways=[(one, say(f"rules.telegram_{one}")) for one in WAYS],
    )


@room.act(
    "/settings/rules/{office}",
    Action.RULES_CHANGE,
    of=office_in_path,
    form=RulesForm,
    again=overview,
)
async def change(request: web.Request, actor: Actor, form: RulesForm) -> web.StreamResponse:
    """Set the rules that are to be others."""
    office = (await office_in_path(request)).office
    if form.loud_to <= form.loud_from:
        raise Faulty({"loud_to": say("rules.loud_order")})
    desk = request.app[CONSOLE].conversation.desk
    rules, _ = await _rules(request, lineage(desk.knowledge.snapshot.offices, office))
    changed = list(_changed(rules, form))
    for name, value in changed:
        title = say(f"rules.{name}")
        await put(request, actor, office, f"{KIND}:{name}", value, title=title, reason=form.reason)
    return go(request, "rules.overview", done="saved" if changed else "nothing_changed")


async def _rules(request: web.Request, line: tuple[str, ...]) -> tuple[Rules, Any]:
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, line, KIND)
    return Standing.of(settings, line).rules, settings


def _changed(rules: Rules, form: RulesForm) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if (form.quiet_from, form.quiet_to) != (rules.quiet_from, rules.quiet_to):
        spans = {"from": f"{form.quiet_from:%H:%M}", "to": f"{form.quiet_to:%H:%M}"}
        yield "quiet_hours", spans
    if (form.loud_from, form.loud_to) != (rules.loud_from, rules.loud_to):
        spans = {"from": f"{form.loud_from:%H:%M}", "to": f"{form.loud_to:%H:%M}"}
        yield "loud_hours", spans
    if form.minutes != rules.take_over_minutes:
        yield "take_over_minutes", {"minutes": form.minutes}
    if form.feedback_telegram != rules.feedback_telegram:
        yield "feedback_telegram", {"way": form.feedback_telegram}
    for name in SWITCHES:
        on = getattr(form, name)
        if on != getattr(rules, name):
            yield name, {"on": on}
