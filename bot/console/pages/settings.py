"""All that an office sets beside its knowledge, at a glance."""

from __future__ import annotations

from aiohttp import web

from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.render import page
from bot.console.routing import Room
from bot.console.standing.chosen import chosen
from bot.officials.permissions import Action
from bot.officials.standing import Standing
from bot.storage.setting_rows import settings_of

room = Room("settings")
KINDS = (
    "wording",
    "notice",
    "channel",
    "trial",
    "rule",
    "reception",
    "body",
    "deadline",
    "deadline_profile",
)


@room.page("/settings", Action.SETTINGS_SEE, queries=2, menu="settings")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what is set and by whom it was set last."""
    office, house = chosen(request, actor, Action.SETTINGS_SEE), request.app[CONSOLE]
    async with house.database.reading() as connection:
        settings = await settings_of(connection, office.line, *KINDS)
    standing = Standing.of(settings, office.line)
    return page(
        request,
        "settings/overview.html",
        office_here=office,
        standing=standing,
        notices=standing.notices_at(house.clock.now()),
        latest=sorted(settings, key=lambda one: one.since, reverse=True)[:5],
        may_receive=actor.may(Action.CASES_SETTINGS, office.code),
        may_appoint=actor.may(Action.SEALED_APPOINT, office.code),
        may_try=actor.may(Action.TRIAL_MANAGE, office.code),
    )
