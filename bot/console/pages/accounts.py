"""What is done with another's account: roles, links, second factor, sessions, on and off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final, TypeVar

from aiohttp import web

from bot.casework.deeds import Acting
from bot.casework.taking import expire
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.doing import doing
from bot.console.fields import Code, OneOf, Reason
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.origin import own_origin
from bot.console.pages.people import officer_in_path, person_again, place_of
from bot.console.people import officers
from bot.console.people.barring import keeper_of, told_on
from bot.console.people.enrolment import reset_second_factor
from bot.console.people.links import make_link
from bot.console.people.roster import Account
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import ALL
from bot.console.routing import Act, Room
from bot.console.words import say
from bot.officials.keeping import Keeper
from bot.officials.models import EVERYWHERE, Grant, OfficerId, Purpose, Role
from bot.officials.permissions import Action

room: Final = Room("accounts")
F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantForm:
    """A role at an office."""

    role: Annotated[Role, OneOf(Role)]
    at: Annotated[str, Code()]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkForm:
    """Why an account that has a password gets another; the first invitation needs no words."""

    reason: Annotated[str, Reason()] = ""


def _upon(path: str, form: type[F]) -> Callable[[Act[F]], Act[F]]:
    """Declare what is done with the account of ``/people/{officer}``."""
    return room.act(
        f"/people/{{officer}}/{path}",
        Action.PEOPLE_MANAGE,
        of=officer_in_path,
        form=form,
        again=person_again,
        sure=True,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    acting: Acting
    keeper: Keeper
    officer: OfficerId


@asynccontextmanager
async def _keeping(request: web.Request, actor: Actor, field: str = "") -> AsyncIterator[_Work]:
    """Work on the account in one transaction; what bars is told as a fault of ``field``."""
    with told_on(field):
        async with doing(request, actor) as acting:
            yield _Work(acting, keeper_of(actor), found(request, Account).officer.id)
    # Citizens are promised a person only where there is one.
    await request.app[CONSOLE].orders.renew()


@_upon("grants", GrantForm)
async def give(request: web.Request, actor: Actor, form: GrantForm) -> web.StreamResponse:
    """Give a role."""
    office = place_of(request, actor, form.at, field="at")
    async with _keeping(request, actor, "at") as work:
        grant = Grant(officer=work.officer, role=form.role, office=office)
        given = await officers.give(work.acting, work.keeper, grant)
    invited = found(request, Account).has_password
    return _back(request, given, "granted" if invited else "granted_first")


@_upon("grants/take", GrantForm)
async def take(request: web.Request, actor: Actor, form: GrantForm) -> web.StreamResponse:
    """Take a role away, also at an office there is no more."""
    office = EVERYWHERE if form.at == ALL else form.at
    async with _keeping(request, actor) as work:
        grant = Grant(officer=work.officer, role=form.role, office=office)
        taken = await officers.take(work.acting, work.keeper, grant)
    await _tell_whose_talks_ended(request)
    return _back(request, taken, "revoked")


@_upon("off", WhyForm)
async def off(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Switch the account off."""
    async with _keeping(request, actor) as work:
        done = await officers.switch_off(work.acting, work.keeper, work.officer, form.reason)
    await _tell_whose_talks_ended(request)
    return _back(request, done, "officer_off")


@_upon("on", WhyForm)
async def on(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Switch the account on again."""
    async with _keeping(request, actor) as work:
        done = await officers.switch_on(work.acting, work.keeper, work.officer, form.reason)
    return _back(request, done, "officer_on")


@_upon("sessions/end", WishForm)
async def end_sessions(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """End every session of the officer."""
    async with _keeping(request, actor) as work:
        ended = await officers.end_all_sessions(work.acting, work.keeper, work.officer)
    return _back(request, True, "all_sessions_ended", count=ended)


@_upon("second/reset", WhyForm)
async def reset_second(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take the second factor away from who lost telephone and codes."""
    async with _keeping(request, actor) as work:
        person = await officers.entrusted(work.acting, work.keeper, work.officer)
        await reset_second_factor(work.acting, person.officer, reason=form.reason)
    return _back(request, True, "second_reset")


@_upon("link", LinkForm)
async def link(request: web.Request, actor: Actor, form: LinkForm) -> web.StreamResponse:
    """Make a one-time link to a first or a new password, and show it this once."""
    account = found(request, Account)
    if account.has_password and not form.reason:
        raise Faulty({"reason": say("faults.required")})
    origin = own_origin(request)
    if not origin:
        raise Faulty({"": say("people.unknown_host", host=request.host)})
    purpose = Purpose.RESET if account.has_password else Purpose.INVITE
    async with _keeping(request, actor) as work:
        person = await officers.entrusted(work.acting, work.keeper, work.officer)
        path, until = await make_link(
            work.acting, person.officer, purpose, by=actor.officer.id, reason=form.reason
        )
    return page(
        request,
        "people/link.html",
        account=account,
        link=origin + path,
        until=until,
    )


async def _tell_whose_talks_ended(request: web.Request) -> None:
    """Tell citizens at once that the bot answers again; a tick would do it some seconds later."""
    house = request.app[CONSOLE]
    sentence = partial(house.conversation.desk.say_afterwards, "taken_expired")
    await expire(house.database, house.clock, house.bell, sentence)


def _back(request: web.Request, changed: bool, done: str, **gaps: int) -> web.StreamResponse:
    officer = str(found(request, Account).officer.id)
    return go(
        request,
        "people.person",
        done=done if changed else "nothing_changed",
        gaps=gaps,
        officer=officer,
    )
