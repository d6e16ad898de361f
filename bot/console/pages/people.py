"""Officers: who has an account, with which roles; accounts are made and changed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.admission import IDLE
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Code, Kind, Line, Wrong
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing
from bot.console.people import officers, roster
from bot.console.people.barring import keeper_of, told_on
from bot.console.people.officers import Particulars
from bot.console.people.roster import Account, Sought
from bot.console.people.tree import choices
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import ALL, number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Sheet, Value
from bot.officials.logins import folded, is_login
from bot.officials.models import EVERYWHERE, OfficerId, Role
from bot.officials.permissions import Action
from bot.storage.officer_rows import NewOfficer
from bot.storage.paging import SIZE, Page
from bot.storage.session_rows import sessions_of

room: Final = Room("people")
STATES: Final[Mapping[str, bool]] = {"active": True, "inactive": False}
GUESSED: Final = "guessed"


async def officer_in_path(request: web.Request) -> Found:
    """Find the account of ``{officer}``; it belongs to the office where its owner works."""
    number = number_in(request.match_info["officer"])
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        account = await roster.account(connection, OfficerId(number), now=house.clock.now())
    if account is None:
        raise NotThere
    officer = account.officer
    return Found(office=officer.office, thing=account, name=officer.name)


class Login(Kind):
    """A login in any case."""

    def read(self, text: str) -> str:
        """Give the login, folded."""
        if not is_login(folded(text)):
            raise Wrong(say("people.not_login"))
        return folded(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPeople(Asked):
    """Whether they are switched on."""

    status: Annotated[str, Code()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsForm:
    """What may be changed of an account."""

    name: Annotated[str, Line(2, 120)]
    title: Annotated[str, Line(0, 120)] = ""
    office: Annotated[str, Code()]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm(ParticularsForm):
    """What a new account needs."""

    login: Annotated[str, Login()]


@room.page("/people", Action.PEOPLE_SEE, queries=4, menu="people")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the accounts of the officer's offices, or those asked for."""
    asked = read_query(request.query, AskedPeople)
    shown = await _accounts(request, actor, asked)
    return page(
        request,
        "people/list.html",
        asked=asked,
        listing=listing(request, asked, shown),
        offices=_choices(request, actor, Action.PEOPLE_SEE),
        known=request.app[CONSOLE].conversation.desk.knowledge.offices,
        states=[(state, say(f"people.{state}")) for state in (*STATES, GUESSED)],
        may_add=actor.may_somewhere(Action.PEOPLE_MANAGE),
    )


@room.page("/people/new", Action.PEOPLE_MANAGE, queries=1)
async def new(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the form of a new account."""
    return await new_again(request, actor, BLANK)


async def new_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what was typed."""
    return page(request, "people/new.html", typed=typed, offices=_places(request, actor))


@room.act("/people/new", Action.PEOPLE_MANAGE, form=NewForm, again=new_again, sure=True)
async def add(request: web.Request, actor: Actor, form: NewForm) -> web.StreamResponse:
    """Make the account; it has neither password nor role yet."""
    office = place_of(request, actor, form.office, field="office")
    wanted = NewOfficer(login=form.login, name=form.name, title=form.title, office=office)
    with told_on("office"):
        async with doing(request, actor) as acting:
            made = await officers.add(acting, keeper_of(actor), wanted)
    return go(request, "people.person", done="officer_added", officer=str(made))


@room.page("/people/{officer}", Action.PEOPLE_SEE, of=officer_in_path, queries=4)
async def person(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show an account with its roles and sessions."""
    return await person_again(request, actor, BLANK)


async def person_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what was typed into one of its forms."""
    account, house = found(request, Account), request.app[CONSOLE]
    async with house.database.reading() as connection:
        open_sessions = await sessions_of(
            connection, account.officer.id, now=house.clock.now(), idle=IDLE
        )
    keeper = keeper_of(actor)
    return page(
        request,
        "people/person.html",
        typed=typed,
        account=account,
        sessions=open_sessions,
        known=house.conversation.desk.knowledge.offices,
        offices=_places(request, actor),
        roles=[(role, say(f"roles.{role}"), say(f"roles.{role}_says")) for role in Role],
        own=account.officer.id == actor.officer.id,
        manages=keeper.reaches(account.officer.office),
        entrusted=keeper.reaches_all_of(account.officer, account.grants),
        reaches=keeper.reaches,
        audited=actor.may(Action.AUDIT_SEE, account.officer.office),
        sent_to=request.path,
    )


@room.page("/people/{officer}/edit", Action.PEOPLE_MANAGE, of=officer_in_path, queries=3)
async def edit(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the form of an account's particulars."""
    return await edit_again(request, actor, BLANK)


async def edit_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what was typed."""
    account = found(request, Account)
    return page(
        request,
        "people/edit.html",
        typed=typed,
        account=account,
        offices=_places(request, actor),
    )


@room.act(
    "/people/{officer}/edit",
    Action.PEOPLE_MANAGE,
    of=officer_in_path,
    form=ParticularsForm,
    again=edit_again,
    sure=True,
)
async def change(request: web.Request, actor: Actor, form: ParticularsForm) -> web.StreamResponse:
    """Change name, title or office."""
    officer = found(request, Account).officer.id
    office = place_of(request, actor, form.office, field="office")
    to = Particulars(name=form.name, title=form.title, office=office)
    with told_on("office"):
        async with doing(request, actor) as acting:
            changed = await officers.change(acting, keeper_of(actor), officer, to)
    done = "saved" if changed else "nothing_changed"
    return go(request, "people.person", done=done, officer=str(officer))


@room.page("/files/people.xlsx", Action.PEOPLE_SEE, queries=9, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the accounts asked for as a spreadsheet."""
    asked = read_query(request.query, AskedPeople)
    shown = await _accounts(request, actor, asked, size=MOST_ROWS + 1)
    heads = ("login", "name", "shown_title", "office", "roles", "second", "state", "signed_in")
    sheet = Sheet(
        title=say("people.title"),
        headings=[say(f"people.{head}") for head in heads],
        rows=[_cells(request, one) for one in shown.rows],
    )
    return await give_list(request, actor, sheet, asked, name="people", stem=say("people.file"))


async def _accounts(
    request: web.Request, actor: Actor, asked: AskedPeople, *, size: int = SIZE
) -> Page[Account]:
    sought = Sought(
        reach=actor.offices(Action.PEOPLE_SEE),
        office=asked.office,
        active=STATES.get(asked.status),
        guessed=asked.status == GUESSED,
        text=asked.text,
    )
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        return await roster.accounts(
            connection, sought, now=house.clock.now(), after=asked.page, size=size
        )


def _choices(request: web.Request, actor: Actor, action: Action) -> list[tuple[str, str]]:
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    return choices(offices, actor.offices(action))


def _places(request: web.Request, actor: Actor) -> list[tuple[str, str]]:
    """Give where this keeper may put somebody; all offices as one too for who keeps them all."""
    listed = _choices(request, actor, Action.PEOPLE_MANAGE)
    if actor.may(Action.PEOPLE_MANAGE, EVERYWHERE):
        listed.insert(0, (ALL, say("people.everywhere")))
    return listed


def place_of(request: web.Request, actor: Actor, sent: str, *, field: str) -> str:
    """Give the office that was chosen; one that was not offered is a fault of ``field``."""
    if sent not in dict(_places(request, actor)):
        raise Faulty({field: say("people.outside")})
    return EVERYWHERE if sent == ALL else sent


def _state(one: Account) -> str:
    states = [say(f"people.lacks_{name}") for name in one.lacks]
    if not states:
        states = [say("people.active" if one.officer.active else "people.inactive")]
    if one.guesses and one.guesses.many:
        states.append(say("people.guessed"))
    return "\n".join(states)


def _cells(request: web.Request, one: Account) -> tuple[Value, ...]:
    offices = request.app[CONSOLE].conversation.desk.knowledge.offices

    def called(code: str) -> str:
        return offices[code].name if code in offices else code or say("people.everywhere")

    officer = one.officer
    return (
        officer.login,
        officer.name,
        officer.title,
        called(officer.office),
        "\n".join(
            say("people.role_at", role=say(f"roles.{grant.role}"), office=called(grant.office))
            for grant in one.grants
        ),
        say("people.second_yes" if officer.second_factor else "people.second_no"),
        _state(one),
        one.signed_in_at,
    )
