"""The trial: only guests are answered while an office tries the program out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.casework.guests import label, remove
from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Line, OneOf, Reason
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.messages import INVITATION
from bot.officials.entry_values import Trial, readable
from bot.officials.permissions import Action
from bot.storage.setting_rows import find_guest, guests_of, settings_of
from bot.storage.standing_rows import find_standing

room = Room("trial")
KEY: Final = "trial"
# Consonants make no words, and digits would be masked as somebody's number.
SIGNS: Final = "bcdghklmnpqrstvx"


class Turn(StrEnum):
    """What becomes of the trial."""

    ON = "on"
    OFF = "off"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialForm:
    """A trial switched, or another code for it."""

    to: Annotated[Turn, OneOf(Turn)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelForm:
    """Who a guest is."""

    label: Annotated[str, Line(0, 80)] = ""


@room.page("/settings/trial", Action.TRIAL_MANAGE, queries=3, menu="trial")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the trial of an office and its guests."""
    office = chosen(request, actor, Action.TRIAL_MANAGE)
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, [office.code], KEY)
        guests = await guests_of(connection, office.code)
    setting = next(iter(settings), None)
    trial = readable(KEY, setting.value) if setting else None
    return page(
        request,
        "trial/one.html",
        office_here=office,
        trial=trial or Trial(),
        setting=setting,
        guests=guests,
    )


@room.page("/files/guests.xlsx", Action.TRIAL_MANAGE, queries=6, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give an office's guests as a spreadsheet."""
    office = chosen(request, actor, Action.TRIAL_MANAGE)
    async with request.app[CONSOLE].database.reading() as connection:
        guests = await guests_of(connection, office.code)
    sheet = Sheet(
        title=say("trial.guests"),
        headings=[say(f"trial.{head}") for head in ("channel", "label", "joined")],
        rows=[(say(f"channels_names.{one.channel}"), one.label, one.added_at) for one in guests],
    )
    asked = Asked(office=office.part)
    return await give_list(request, actor, sheet, asked, name="guests", stem=say("trial.file"))


@room.act("/settings/trial/{office}", Action.TRIAL_MANAGE, of=office_in_path, form=TrialForm)
async def turn(request: web.Request, actor: Actor, form: TrialForm) -> web.StreamResponse:
    """Begin or end the trial, or give it another code; the first time it gets one by itself."""
    office = (await office_in_path(request)).office
    async with request.app[CONSOLE].database.reading() as connection:
        before = await find_standing(connection, office, KEY)
    code = "" if form.to is Turn.CODE else str(before.get("code", ""))
    on = bool(before.get("on")) if form.to is Turn.CODE else form.to is Turn.ON
    value = {"on": on, "code": code or _fresh_code()}
    await put(request, actor, office, KEY, value, title=say("trial.title"), reason=form.reason)
    done = "code_changed" if form.to is Turn.CODE else f"trial_{form.to}"
    return go(request, "trial.overview", done=done)


def _fresh_code() -> str:
    return INVITATION + "".join(secrets.choice(SIGNS) for _ in range(8))


async def guest_in_path(request: web.Request) -> Found:
    """Find the guest ``{guest}`` of the trial of ``{office}``."""
    office = (await office_in_path(request)).office
    guest = request.match_info["guest"]
    async with request.app[CONSOLE].database.reading() as connection:
        if not await find_guest(connection, office, guest):
            raise NotThere
    return Found(office=office, thing=guest)


@room.act(
    "/settings/trial/{office}/{guest}/label",
    Action.TRIAL_MANAGE,
    of=guest_in_path,
    form=LabelForm,
)
async def note(request: web.Request, actor: Actor, form: LabelForm) -> web.StreamResponse:
    """Note who a guest is."""
    office, guest = (await office_in_path(request)).office, request.match_info["guest"]
    async with doing(request, actor) as acting:
        await label(acting, office, guest, form.label)
    return go(request, "trial.overview", done="guest_labelled")


@room.act(
    "/settings/trial/{office}/{guest}/remove",
    Action.TRIAL_MANAGE,
    of=guest_in_path,
    form=WhyForm,
)
async def take_out(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take a guest off the list."""
    office, guest = (await office_in_path(request)).office, request.match_info["guest"]
    async with doing(request, actor) as acting:
        await remove(acting, office, guest, form.reason)
    await request.app[CONSOLE].orders.renew()
    return go(request, "trial.overview", done="guest_removed")
