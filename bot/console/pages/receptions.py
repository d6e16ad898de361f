"""When an office receives citizens: the days, hours and room that the lawful ways tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from itertools import islice
from typing import Annotated, Final

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.fields import Code, Family, Line, Reason, Time
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import CONSOLE
from bot.console.knowledge.week import BEGINNING, grid, in_words, known_cells, read_grid
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put, settings_again
from bot.console.words import say
from bot.conversation.days import Calendar
from bot.feedback.way_gaps import COMING
from bot.officials.entry_values import readable
from bot.officials.field_marks import Token, token_of
from bot.officials.permissions import Action
from bot.officials.receptions import Reception
from bot.officials.standing import Standing
from bot.storage.setting_rows import settings_of

room = Room("receptions")
KEY: Final = "reception"
NONE: Final = Reception(hours=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionForm:
    """When an office receives citizens; without hours it tells nothing."""

    token: Annotated[str, Code()]
    reason: Annotated[str, Reason()]
    room: Annotated[str, Line(0, 120)] = ""
    who: Annotated[str, Line(0, 120)] = ""
    hours: Annotated[Mapping[str, time | str], Family(BEGINNING, Time(), known_cells)] = field(
        default_factory=dict
    )


@room.page("/cases/settings/reception", Action.CASES_SETTINGS, queries=2)
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show when an office receives citizens, its next days, and the form of both."""
    office, house = chosen(request, actor, Action.CASES_SETTINGS), request.app[CONSOLE]
    async with house.database.reading() as connection:
        setting = next(iter(await settings_of(connection, [office.code], KEY)), None)
    told = (readable(KEY, setting.value) if setting else None) or NONE
    days = Standing.of(house.conversation.stood.entries, office.line).days
    calendar = Calendar.of(house.conversation.desk.calendar.days, own=days)
    today = house.clock.now().astimezone(VIETNAM).date()
    return page(
        request,
        "cases/reception.html",
        typed=typed,
        office_here=office,
        told=told,
        hours=in_words(told.hours),
        grid=grid(told.hours),
        coming=list(islice(told.days(calendar.on, today), COMING)),
        setting=setting,
        token=token_of(setting.value if setting else {}),
    )


@room.act(
    "/cases/settings/reception/{office}",
    Action.CASES_SETTINGS,
    of=office_in_path,
    form=ReceptionForm,
    again=overview,
)
async def save(request: web.Request, actor: Actor, form: ReceptionForm) -> web.StreamResponse:
    """Set when the office receives citizens, or that nothing is told of it."""
    office = (await office_in_path(request)).office
    hours = read_grid(form.hours)
    if (form.room or form.who) and not hours:
        raise Faulty({f"{BEGINNING}monday.1.opens": say("receptions.no_hours")})
    told = Reception(hours=hours, room=form.room, who=form.who)
    changed = await put(
        request,
        actor,
        office,
        KEY,
        told.value if hours else {},
        title=say("receptions.title"),
        reason=form.reason,
        token=Token(form.token),
    )
    return settings_again(request, "receptions.overview", office, changed=changed)
