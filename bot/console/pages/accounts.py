"""What is done with another's account: roles, links, second factor, sessions, on and off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Code, OneOf, Reason
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.people import officer_in_path, person_again, place_of
from bot.console.people import officers
from bot.console.people.barring import keeper_of, told_on
from bot.console.people.enrolment import reset_second_factor
from bot.console.people.links import make_link
from bot.console.people.roster import Account
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import ALL
from bot.console.routing import Room
from bot.officials.models import EVERYWHERE, Grant, Purpose, Role
from bot.officials.permissions import Action

room: Final = Room("accounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantForm:
    """A role at an office."""

    role: Annotated[Role, OneOf(Role)]
    at: Annotated[str, Code()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonForm:
    """Why it is done."""

    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndForm:
    """Ending sessions needs no words."""


@room.act(
    "/people/{officer}/grants",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=GrantForm,
    again=person_again,
    sure=True,
)
async def give(request: web.Request, actor: Actor, form: GrantForm) -> web.StreamResponse:
    """Give a role."""
    office = place_of(request, actor, form.at, field="at")
    grant = Grant(officer=found(request, Account).officer.id, role=form.role, office=office)
    with told_on("at"):
        async with doing(request, actor) as acting:
            given = await officers.give(acting, keeper_of(actor), grant)
    await request.app[CONSOLE].orders.renew()
    return _back(request, "granted" if given else "nothing_changed")


@room.act(
    "/people/{officer}/grants/take",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=GrantForm,
    again=person_again,
    sure=True,
)
async def take(request: web.Request, actor: Actor, form: GrantForm) -> web.StreamResponse:
    """Take a role away, also at an office there is no more."""
    office = EVERYWHERE if form.at == ALL else form.at
    grant = Grant(officer=found(request, Account).officer.id, role=form.role, office=office)
    with told_on():
        async with doing(request, actor) as acting:
            taken = await officers.take(acting, keeper_of(actor), grant)
    await request.app[CONSOLE].orders.renew()
    return _back(request, "revoked" if taken else "nothing_changed")


@room.act(
    "/people/{officer}/off",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=ReasonForm,
    again=person_again,
    sure=True,
)
async def off(request: web.Request, actor: Actor, form: ReasonForm) -> web.StreamResponse:
    """Switch the account off."""
    officer = found(request, Account).officer.id
    with told_on():
        async with doing(request, actor) as acting:
            done = await officers.switch_off(acting, keeper_of(actor), officer, form.reason)
    await request.app[CONSOLE].orders.renew()
    return _back(request, "officer_off" if done else "nothing_changed")


@room.act(
    "/people/{officer}/on",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=ReasonForm,
    again=person_again,
    sure=True,
)
async def on(request: web.Request, actor: Actor, form: ReasonForm) -> web.StreamResponse:
    """Switch the account on again."""
    officer = found(request, Account).officer.id
    with told_on():
        async with doing(request, actor) as acting:
            done = await officers.switch_on(acting, keeper_of(actor), officer, form.reason)
    await request.app[CONSOLE].orders.renew()
    return _back(request, "officer_on" if done else "nothing_changed")


@room.act(
    "/people/{officer}/sessions/end",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=EndForm,
    again=person_again,
    sure=True,
)
async def end_sessions(request: web.Request, actor: Actor, _: EndForm) -> web.StreamResponse:
    """End every session of the officer."""
    officer = found(request, Account).officer.id
    with told_on():
        async with doing(request, actor) as acting:
            ended = await officers.end_all_sessions(acting, keeper_of(actor), officer)
    return go(
        request, "people.person", done="all_sessions_ended", gaps={"count": ended},
        officer=str(officer),
    )  # fmt: skip


@room.act(
    "/people/{officer}/second/reset",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=ReasonForm,
    again=person_again,
    sure=True,
)
async def reset_second(request: web.Request, actor: Actor, form: ReasonForm) -> web.StreamResponse:
    """Take the second factor away from who lost telephone and codes."""
    officer = found(request, Account).officer
    with told_on():
        async with doing(request, actor) as acting:
            await officers.entrusted(acting, keeper_of(actor), officer.id)
            await reset_second_factor(acting, officer, reason=form.reason)
    return _back(request, "second_reset")


@room.act(
    "/people/{officer}/link",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=ReasonForm,
    again=person_again,
    sure=True,
)
async def link(request: web.Request, actor: Actor, form: ReasonForm) -> web.StreamResponse:
    """Make a one-time link to a first or a new password, and show it this once."""
    account = found(request, Account)
    purpose = Purpose.RESET if account.has_password else Purpose.INVITE
    with told_on():
        async with doing(request, actor) as acting:
            person = await officers.entrusted(acting, keeper_of(actor), account.officer.id)
            path, until = await make_link(
                acting, person.officer, purpose, by=actor.officer.id, reason=form.reason
            )
    return page(
        request,
        "people/link.html",
        account=account,
        link=_reached_at(request) + path,
        until=until,
    )


def _reached_at(request: web.Request) -> str:
    settings = request.app[CONSOLE].settings
    return settings.public_url or f"{request.scheme}://{request.host}"


def _back(request: web.Request, done: str) -> web.StreamResponse:
    return go(request, "people.person", done=done, officer=str(found(request, Account).officer.id))
