"""Back from Zalo: what came is shown, and connected once the officer says it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.zalo.connecting import NotConnected, connect, redeemed
from bot.casework.zalo.consenting import Returned, answers, begun_by, opened_for
from bot.channels.zalo.faults import ZaloFault
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Code
from bot.console.pages.zalo_connect import shown_steps
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import in_path, one_office_in_path
from bot.console.routing import Room
from bot.console.zalo.callback import SEALED, came_back
from bot.console.zalo.ready import Ready, ready
from bot.console.zalo.refusing import obstacle_words, refused_words
from bot.officials.permissions import Action
from bot.storage.zalo_begun_rows import Begun, use_consent

room: Final = Room("zalo_back")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmForm:
    """What Zalo's callback brought, sealed for the officer it was brought to."""

    sealed: Annotated[str, Code(SEALED)]


@room.page("/settings/zalo/back", Action.ZALO_CONNECT, queries=2)
async def back(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what came back, and ask whether it goes with the office it was begun for."""
    at_work = ready(request)
    if at_work is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    return page(request, "zalo/back.html", told=await came_back(request, actor, at_work))


@room.act(
    "/settings/zalo/{office}/confirm",
    Action.ZALO_CONNECT,
    of=one_office_in_path,
    form=ConfirmForm,
)
async def confirm(request: web.Request, actor: Actor, form: ConfirmForm) -> web.StreamResponse:
    """Exchange the code and connect the account; a consent is used once, whatever comes of it.

    The password was asked for when the officer began it.
    """
    at_work, office = ready(request), (await one_office_in_path(request)).office
    if at_work is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    returned = opened_for(at_work.vault, form.sealed, actor.officer.id)
    begun = await _used(request, actor, at_work, office, returned) if returned else None
    if begun is None or returned is None:
        part = in_path(office)
        return go(request, "zalo_connect.steps", failed="zalo_consent_gone", office=part)
    try:
        proved = await redeemed(at_work.zalo, begun, returned)
        async with doing(request, actor) as acting:
            await connect(acting, at_work.vault, office, proved)
    except NotConnected as obstacle:
        return await shown_steps(request, refused=obstacle_words(request, obstacle))
    except ZaloFault as fault:
        return await shown_steps(request, refused=refused_words(fault))
    return go(request, "zalo.overview", done="zalo_connected")


async def _used(
    request: web.Request, actor: Actor, at_work: Ready, office: str, returned: Returned
) -> Begun | None:
    """Use up the officer's consent where it is the one that came back, in time."""
    async with doing(request, actor) as acting:
        begun = await begun_by(acting.connection, at_work.vault, actor.officer.id, acting.now)
        if begun is None or begun.office != office or returned.is_late(acting.now):
            return None
        if not answers(returned, begun, at_work.settings):
            return None
        return begun if await use_consent(acting.connection, begun) else None
