"""Connecting an office's Official Account, step by step: prepare, begin, or a pair by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final

from aiohttp import web

from bot.casework.zalo.connecting import NotConnected, connect, pasted
from bot.casework.zalo.consenting import (
    REQUEST,
    begin_consent,
    kept_verifier,
    make_verifier,
)
from bot.channels.zalo.faults import ZaloFault
from bot.channels.zalo.oauth import ACCESS_LASTS, challenge_of
from bot.channels.zalo.pairs import Pair
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.fields import Secret
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import in_path, one_office_in_path
from bot.console.routing import Room
from bot.console.zalo import showing
from bot.console.zalo.ready import ready
from bot.console.zalo.refusing import obstacle_words, refused_words
from bot.console.zalo.setting import VARIABLES, may_pay, to_copy
from bot.officials.permissions import Action
from knowledge.models import OfficeCode

room: Final = Room("zalo_connect")
LONGEST_TOKEN: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class PairForm:
    """A pair made in Zalo's API Explorer; it is never shown again."""

    access: Annotated[str, Secret(LONGEST_TOKEN)] = field(repr=False)
    refresh: Annotated[str, Secret(LONGEST_TOKEN)] = field(repr=False)


@room.page(
    "/settings/zalo/{office}/connect", Action.ZALO_CONNECT, of=one_office_in_path, queries=8
)
async def steps(
    request: web.Request,
    actor: Actor,  # noqa: ARG001 - what every page takes
    typed: Typed = BLANK,
) -> web.StreamResponse:
    """Show what to prepare at Zalo, the values to copy there, and the ways to connect."""
    return await shown_steps(request, typed=typed)


@room.act(
    "/settings/zalo/{office}/challenge",
    Action.ZALO_CONNECT,
    of=one_office_in_path,
    form=WishForm,
)
async def challenge(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Make the challenge that is saved with the app; once made it stays."""
    at_work, office = ready(request), (await one_office_in_path(request)).office
    if at_work is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    async with doing(request, actor) as acting:
        await make_verifier(acting, at_work.vault, at_work.settings)
    return go(request, "zalo_connect.steps", done="zalo_challenge", office=in_path(office))


@room.act(
    "/settings/zalo/{office}/begin",
    Action.ZALO_CONNECT,
    of=one_office_in_path,
    form=WishForm,
    sure=True,
)
async def begin(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Begin a consent and show the link to Zalo."""
    at_work, office = ready(request), (await one_office_in_path(request)).office
    if at_work is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    async with doing(request, actor) as acting:
        begun = await begin_consent(acting, at_work.vault, at_work.settings, office)
    # What a link saved at Zalo does with a state nobody has written down.
    state = begun.state if at_work.settings.zalo_consent == REQUEST else ""
    link = at_work.zalo.link(begun.verifier, state)
    return await shown_steps(request, link=link)


@room.act(
    "/settings/zalo/{office}/pair",
    Action.ZALO_CONNECT,
    of=one_office_in_path,
    form=PairForm,
    again=steps,
    sure=True,
)
async def pair(request: web.Request, actor: Actor, form: PairForm) -> web.StreamResponse:
    """Connect the account that a pair made by hand opens."""
    at_work, office = ready(request), (await one_office_in_path(request)).office
    if at_work is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    typed = Pair(access=form.access.strip(), refresh=form.refresh.strip(), lasts=ACCESS_LASTS)
    # How long a token made elsewhere still lasts nobody tells; it is soon replaced by our own.
    try:
        proved = await pasted(request.app[CONSOLE].database, at_work.zalo, office, typed)
        async with doing(request, actor) as acting:
            await connect(acting, at_work.vault, office, proved)
    except NotConnected as obstacle:
        raise Faulty({"access": obstacle_words(request, obstacle)}) from None
    except ZaloFault as fault:
        raise Faulty({"access": refused_words(fault)}) from None
    return go(request, "zalo.overview", done="zalo_connected")


async def shown_steps(
    request: web.Request, *, typed: Typed = BLANK, link: str = "", refused: str = ""
) -> web.Response:
    """Give the page of the steps, with a link to Zalo where a consent was begun."""
    house, office = request.app[CONSOLE], (await one_office_in_path(request)).office
    at_work, saved = ready(request), house.settings.zalo_consent != REQUEST
    kept = ""
    async with house.database.reading() as connection:
        seen = await showing.seen(connection, {office})
        if at_work and saved:
            kept = await kept_verifier(connection, at_work.vault, house.settings)
    told = challenge_of(kept) if kept else ""
    known = house.conversation.desk.knowledge.offices.get(OfficeCode(office))
    return page(
        request,
        "zalo/connect.html",
        typed=typed,
        office_here=in_path(office),
        office_name=known.name if known else office,
        is_ready=at_work is not None,
        variables=VARIABLES,
        saved=saved,
        challenge=told,
        copied=to_copy(house.settings, told),
        checks=showing.checked(seen, house.clock.now(), pays=may_pay(house.settings)),
        link=link,
        refused=refused,
    )
