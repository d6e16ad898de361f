"""Officers' own account: what is known of them, their password, their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.admission import IDLE
from bot.console.bare import WishForm
from bot.console.calling import (
    caller_of,
    let_in,
    not_good_enough,
    own_names,
    turned_away,
    typed_twice,
)
from bot.console.fields import Line, Secret
from bot.console.forms import BLANK, Typed
from bot.console.keys import CONSOLE, DOORWAY
from bot.console.people.own_account import read_account
from bot.console.people.own_password import change_password
from bot.console.people.sessions import end, end_others
from bot.console.people.signing_in import make_sure
from bot.console.redirects import go, own_address, see_other
from bot.console.refusals import NoSession
from bot.console.render import page
from bot.console.routing import Gate, Room

LONGEST_ADDRESS: Final = 1_000
LONGEST_NAME: Final = 16  # digits of a session's public name
room: Final = Room("account")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordForm:
    """The old password, and the new one twice."""

    old: Annotated[str, Secret()]
    password: Annotated[str, Secret()]
    again: Annotated[str, Secret()]


@dataclass(frozen=True, slots=True, kw_only=True)
class SureForm:
    """The password once more, and where its typing leads."""

    password: Annotated[str, Secret()]
    next: Annotated[str, Line(0, LONGEST_ADDRESS)] = ""


@room.page("/account", Gate.OWN, queries=4, menu="account")
async def account(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what is known of the officer."""
    return await account_again(request, actor, BLANK)


async def account_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it, and what was wrong with the new password."""
    own = await read_account(request.app[DOORWAY], actor, idle=IDLE)
    offices = request.app[CONSOLE].conversation.desk.knowledge.offices
    return page(request, "account/account.html", typed=typed, own=own, offices=offices)


@room.act("/account/password", Gate.OWN, form=PasswordForm, again=account_again)
async def set_password(
    request: web.Request, actor: Actor, form: PasswordForm
) -> web.StreamResponse:
    """Set a new password for who knows the old one."""
    doorway, caller = request.app[DOORWAY], caller_of(request)
    password = typed_twice(form.password, form.again)
    refused = await make_sure(doorway, actor, form.old, caller)
    if refused:
        raise turned_away(refused, "password", "old")
    came = await change_password(doorway, actor, password, caller, names=own_names(request))
    if came is None:
        raise NoSession
    if isinstance(came, tuple):
        raise not_good_enough(came)
    return let_in(request, go(request, "account.account", done="password"), came)


@room.act("/account/sessions/{id}/end", Gate.OWN, form=WishForm)
async def end_session(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """End one of the officer's own sessions; one that is not there, or another's, is left."""
    session = request.match_info["id"]
    named = session.isdecimal() and len(session) <= LONGEST_NAME
    ended = named and await end(request.app[DOORWAY], actor, int(session))
    return go(request, "account.account", done="session_ended" if ended else "session_gone")


@room.act("/account/sessions/end-others", Gate.OWN, form=WishForm)
async def end_the_others(
    request: web.Request, actor: Actor, _form: WishForm
) -> web.StreamResponse:
    """End every session of the officer but this one."""
    ended = await end_others(request.app[DOORWAY], actor)
    return go(request, "account.account", done="sessions_ended" if ended else "no_sessions")


@room.page("/sure", Gate.OWN, queries=1)
async def sure(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Ask for the password once more."""
    return await sure_again(request, actor, BLANK)


async def sure_again(request: web.Request, _actor: Actor, typed: Typed) -> web.StreamResponse:
    """Ask, and say what was wrong."""
    wanted = typed.get("next", request.query.get("next", ""))
    return page(request, "account/sure.html", typed=typed, next=wanted)


@room.act("/sure", Gate.OWN, form=SureForm, again=sure_again)
async def be_sure(request: web.Request, actor: Actor, form: SureForm) -> web.StreamResponse:
    """Open dangerous acts for some minutes, and lead back to the page that asked."""
    refused = await make_sure(request.app[DOORWAY], actor, form.password, caller_of(request))
    if refused:
        raise turned_away(refused, "password", "password")
    return see_other(own_address(form.next))
