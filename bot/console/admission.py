"""What stands before every way: who comes, from where, whether they may, and what they sent.

The order is this one: session, origin, permission, and only then the body with its token and form.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from aiohttp import hdrs, web
from multidict import MultiMapping

from bot.console.actor import Actor, Forbidden
from bot.console.belonging import page_address
from bot.console.bodies import sent_form, within
from bot.console.cookies import Cookie, fresh_token, hash_of
from bot.console.feedback.sealed import inboxes_of
from bot.console.forms import (
    TOKEN_FIELD,
    Faulty,
    Typed,
    Value,
    has_secret,
    has_upload,
    read_form,
    typed_in,
)
from bot.console.keys import CONSOLE, COOKIES, CROWD, PORCH, TREES, VISIT
from bot.console.looks import watched
from bot.console.origin import is_from_here, is_token_of
from bot.console.people.porch import Crowded
from bot.console.refusals import BadForm, NoSession, NotSure, WrongStage
from bot.console.render import page
from bot.console.routing import Gate, NotThere, Way
from bot.console.sureness import BUSY_SECONDS, apart, asked_first, is_carried, is_sure
from bot.console.words import say
from bot.officials.models import Stage
from bot.storage.session_rows import Entered, find_session, touch_session
from bot.web.callers import address_of

IDLE: Final = timedelta(minutes=30)
# A session is written as seen at most this often.
SEEN_EVERY: Final = timedelta(minutes=1)
STAGES: Final[Mapping[Gate, frozenset[Stage]]] = {
    Gate.ANY: frozenset(Stage),
    Gate.SECOND: frozenset({Stage.SECOND}),
    Gate.ENROL: frozenset({Stage.ENROL, Stage.FULL}),
}
FULL: Final = frozenset({Stage.FULL})
Served = Callable[[web.Request], Awaitable[web.StreamResponse]]


def served(way: Way) -> Served:
    """Give what serves ``way``: admission, then its handler."""

    async def show(request: web.Request) -> web.StreamResponse:
        async with _crowded(request, way):
            actor = await _admitted(request, way)
            if not way.heavy:
                return await _shown(request, way, actor)
            async with request.app[CROWD].heavy(request[VISIT].secret):
                if request.transport is None:
                    # Who went away while others had their turn wants nothing made any more.
                    return web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
                return await _shown(request, way, actor)

    async def act(request: web.Request) -> web.StreamResponse:
        request[VISIT].limit = way.limit
        request[VISIT].page = page_address(request, way)
        bounded = within(request, way.limit)
        async with _crowded(request, way):
            actor = await _admitted(bounded, way)
            return await _acted(bounded, way, (actor,) if actor else ())

    return show if way.form is None else act


def _crowded(request: web.Request, way: Way) -> AbstractAsyncContextManager[None]:
    """Let one session, and the console as a whole, take no more than citizens can spare."""
    cookie = request.app[COOKIES].read(request, Cookie.SESSION)
    session = "" if way.rule is Gate.OPEN else cookie
    return request.app[CROWD].turn(session)


async def _shown(request: web.Request, way: Way, actor: Actor | None) -> web.StreamResponse:
    return await (way.handler(request, actor) if actor else way.handler(request))


async def _admitted(request: web.Request, way: Way) -> Actor | None:
    """Let somebody in whom the rule of ``way`` lets in, or raise why not."""
    visit = request[VISIT]
    if way.rule is Gate.OPEN:
        _sign_by_the_door(request)
    else:
        visit.secret = request.app[COOKIES].read(request, Cookie.SESSION)
        visit.actor = await _signed_in(request, way, visit.secret)
    if way.form is not None and not is_from_here(request):
        raise BadForm
    if visit.actor is not None:
        async with watched(request, way, visit.actor):
            await _permitted(request, way, visit.actor)
    return visit.actor


def _sign_by_the_door(request: web.Request) -> None:
    """Before anybody is signed in, forms are signed with a cookie of their own."""
    visit = request[VISIT]
    visit.secret = request.app[COOKIES].read(request, Cookie.DOOR)
    if not visit.secret and request.method == "GET":
        visit.secret = visit.door = fresh_token()


async def _signed_in(request: web.Request, way: Way, token: str) -> Actor:
    entered = await _entered(request, token) if token else None
    if entered is None:
        raise NoSession
    allowed = STAGES.get(way.rule, FULL) if isinstance(way.rule, Gate) else FULL
    if entered.session.stage not in allowed:
        raise WrongStage(entered.session.stage)
    if not way.passive:
        await _note_as_seen(request, entered)
    desk = request.app[CONSOLE].conversation.desk
    return Actor(
        officer=entered.officer,
        grants=entered.grants,
        session=entered.session,
        address=address_of(request),
        tree=request.app[TREES].of(desk.knowledge.snapshot.offices),
    )


async def _entered(request: web.Request, token: str) -> Entered | None:
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        return await find_session(connection, hash_of(token), now=house.clock.now(), idle=IDLE)


async def _note_as_seen(request: web.Request, entered: Entered) -> None:
    house = request.app[CONSOLE]
    now = house.clock.now()
    if now - entered.session.seen_at >= SEEN_EVERY:
        async with house.database.writing() as connection:
            await touch_session(connection, entered.session.id, now=now)


async def _permitted(request: web.Request, way: Way, actor: Actor) -> None:
    """Find what the address names; nobody learns that something exists outside their branch."""
    found = await way.of(request) if way.of else None
    if way.rule is Gate.READER:
        found = await inboxes_of(request, actor)
    if not isinstance(way.rule, Gate):
        if found is None and not actor.may_somewhere(way.rule):
            raise Forbidden(way.rule, actor.officer.office)
        if found is not None and not actor.may(way.rule, found.office):
            raise Forbidden(way.rule, found.office) if actor.works_at(found.office) else NotThere
    if way.sure and not is_carried(way) and not is_sure(request, actor):
        raise NotSure
    if found is not None:
        request[VISIT].thing, request[VISIT].named = found.thing, found.name


async def _acted(request: web.Request, way: Way, actor: tuple[Actor, ...]) -> web.StreamResponse:
    form: Any = way.form
    sent = await sent_form(request, way.limit, files=has_upload(form))
    if not is_token_of(request[VISIT].secret, _token(sent)):
        raise BadForm
    sent, password = apart(sent) if way.sure else (sent, None)
    try:
        async with _turn(request, form):
            read = read_form(sent, form)
            asked = await asked_first(request, way, sent, password)
            return await way.handler(request, *actor, read) if asked is None else asked
    except Faulty as faulty:
        typed = typed_in(sent, form, faulty.faults, request.rel_url.raw_path)
        files = {} if request[VISIT].has_kept_files else typed.files
        typed = replace(typed, files=files, proposals=faulty.proposals)
        return await _shown_again(request, way, actor, typed)
    except Crowded:
        busy = {"": say("refused.busy", seconds=BUSY_SECONDS)}
        typed = typed_in(sent, form, busy, request.rel_url.raw_path)
        shown = await _shown_again(request, way, actor, typed)
        shown.set_status(HTTPStatus.TOO_MANY_REQUESTS)
        shown.headers[hdrs.RETRY_AFTER] = str(BUSY_SECONDS)
        return shown


def _turn(request: web.Request, form: type) -> AbstractAsyncContextManager[None]:
    """Let a form with a secret wait for its turn; a flood of them must not hold up the others."""
    return request.app[PORCH].turn() if has_secret(form) else nullcontext()


async def _shown_again(
    request: web.Request, way: Way, actor: tuple[Actor, ...], typed: Typed
) -> web.StreamResponse:
    if way.again is None:
        return page(request, "faulty.html", status=HTTPStatus.UNPROCESSABLE_ENTITY, typed=typed)
    shown = await way.again(request, *actor, typed)
    shown.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
    return shown


def _token(sent: MultiMapping[Value]) -> str:
    token = sent.get(TOKEN_FIELD, "")
    return token if isinstance(token, str) else ""
