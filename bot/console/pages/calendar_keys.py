"""The address under which other programs read an office's calendar: made, renewed, withdrawn."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.keys import CONSOLE
from bot.console.origin import own_origin
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.resolvers import office_in_path, out_of_path
from bot.console.routing import Room
from bot.newsroom.calendar_keys import make_key, withdraw_key
from bot.officials.permissions import Action
from bot.storage.calendar_key_rows import key_at

room: Final = Room("calendar_keys")


@room.page("/calendar/address", Action.PLANS_PREPARE, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Tell whether an office's calendar may be read, since when and by whose will."""
    offices = offices_to_choose(request, actor, Action.PLANS_PREPARE)
    return await _shown(request, actor, chosen_office(request, actor, offices))


@room.act("/calendar/{office}/address", Action.PLANS_PREPARE, of=office_in_path, form=WishForm)
async def make(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Make an address and show it, this once; an earlier one leads nowhere any more."""
    office = (await office_in_path(request)).office
    async with doing(request, actor) as acting:
        key = await make_key(acting, office)
    return await _shown(request, actor, request.match_info["office"], key=key)


@room.act(
    "/calendar/{office}/address/withdraw", Action.PLANS_PREPARE, of=office_in_path, form=WishForm
)
async def withdraw(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Let the address lead nowhere any more."""
    office = (await office_in_path(request)).office
    async with doing(request, actor) as acting:
        done = await withdraw_key(acting, office)
    told = {"office": request.match_info["office"]} | (
        {"done": "calendar_withdrawn"} if done else {}
    )
    return see_other(address(request, "calendar_keys.overview", told))


async def _shown(
    request: web.Request, actor: Actor, chosen: str, *, key: str = ""
) -> web.StreamResponse:
    async with request.app[CONSOLE].database.reading() as connection:
        known = await key_at(connection, out_of_path(chosen))
    return page(
        request,
        "calendar/address.html",
        offices=offices_to_choose(request, actor, Action.PLANS_PREPARE),
        chosen=chosen,
        known=known,
        link=f"{own_origin(request)}/lich/{key}.ics" if key else "",
    )
