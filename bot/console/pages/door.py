"""Coming in and leaving: signing in, the one-time link, signing out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.calling import (
    caller_of,
    let_in,
    not_good_enough,
    own_names,
    turned_away,
    typed_twice,
)
from bot.console.cookies import Cookie
from bot.console.fields import Code, Line, Secret
from bot.console.forms import BLANK, Typed
from bot.console.keys import CONSOLE, COOKIES, DOORWAY
from bot.console.origin import is_known_here
from bot.console.people.doorway import Refused
from bot.console.people.links import look, set_by_link
from bot.console.people.sessions import leave
from bot.console.people.signing_in import sign_in
from bot.console.redirects import address, go, own_address, see_other
from bot.console.render import page
from bot.console.routing import Gate, Room
from bot.officials.models import Stage

LONGEST_ADDRESS: Final = 1_000
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
MORE_TO_PROVE: Final = {Stage.SECOND: "second.second", Stage.ENROL: "enrol.enrol"}
room: Final = Room("door")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInForm:
    """Who somebody says they are, and where they wanted to go."""

    login: Annotated[str, Line(1, 128)]
    password: Annotated[str, Secret()]
    next: Annotated[str, Line(0, LONGEST_ADDRESS)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkForm:
    """A new password, typed twice, by a one-time link."""

    t: Annotated[str, Code()]
    password: Annotated[str, Secret()]
    again: Annotated[str, Secret()]


async def ask_again(request: web.Request, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the sign-in page."""
    wanted = typed.get("next", request.query.get("next", ""))
    return page(
        request,
        "door/sign_in.html",
        typed=typed,
        next=wanted,
        secure=_keeps_cookies(request),
        unknown="" if is_known_here(request) else request.host,
    )


@room.open_page("/sign-in")
async def sign_in_page(request: web.Request) -> web.StreamResponse:
    """Ask for login and password."""
    return await ask_again(request)


@room.open_act("/sign-in", form=SignInForm, again=ask_again)
async def enter(request: web.Request, form: SignInForm) -> web.StreamResponse:
    """Let somebody in as far as the password leads."""
    came = await sign_in(request.app[DOORWAY], form.login, form.password, caller_of(request))
    if isinstance(came, Refused):
        raise turned_away(came, "login")
    where = own_address(form.next)
    if came.stage in MORE_TO_PROVE:
        where = address(request, MORE_TO_PROVE[came.stage], {"next": where})
    return let_in(request, see_other(where), came)


async def link_again(request: web.Request, typed: Typed = BLANK) -> web.StreamResponse:
    """Show whose link it is and ask for a password; a link that is gone says so."""
    token = str(typed.get("t", request.query.get("t", "")))
    link = await look(request.app[DOORWAY], token)
    if link is None:
        return page(request, "door/link_gone.html")
    return page(request, "door/link.html", typed=typed, link=link, token=token)


@room.open_page("/link")
async def link_page(request: web.Request) -> web.StreamResponse:
    """Show a one-time link, which looking does not use."""
    return await link_again(request)


@room.open_act("/link", form=LinkForm, again=link_again)
async def set_password(request: web.Request, form: LinkForm) -> web.StreamResponse:
    """Set the password a link was made for; its owner signs in with it then."""
    password = typed_twice(form.password, form.again)
    done = await set_by_link(
        request.app[DOORWAY], form.t, password, caller_of(request), names=own_names(request)
    )
    if isinstance(done, tuple):
        raise not_good_enough(done)
    if done is None:
        return page(request, "door/link_gone.html")
    return go(request, "door.sign_in_page", done="link_set")


@room.act("/sign-out", Gate.ANY, form=WishForm)
async def sign_out(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """End the session and let the browser forget it."""
    await leave(request.app[DOORWAY], actor)
    response = go(request, "door.sign_in_page", done="signed_out")
    request.app[COOKIES].take(response, Cookie.SESSION)
    return response


def _keeps_cookies(request: web.Request) -> bool:
    """Tell whether a browser will send our cookies back over this connection."""
    settings = request.app[CONSOLE].settings
    by_proxy = settings.trusted_proxies > 0 or settings.public_url.startswith("https://")
    host = request.host.rpartition(":")[0] if request.host[-1:].isdigit() else request.host
    return request.app[COOKIES].plain or request.secure or by_proxy or host in LOOPBACK
