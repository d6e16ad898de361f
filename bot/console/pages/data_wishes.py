"""What people wish done with the data about them, as far as an officer must see to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from aiohttp import web

from bot.casework.deeds import Acting
from bot.casework.taking import announce
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import office_names
from bot.console.doing import doing
from bot.console.exports import give_file
from bot.console.feedback.times import now_of
from bot.console.feedback.wishes import (
    DeclineForm,
    DetailsForm,
    copies_of,
    filed_by,
    is_late,
    settling_of,
    wish_in_path,
)
from bot.console.fields import OneOf
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import address, go
from bot.console.render import page
from bot.console.routing import Act, Room
from bot.console.words import say
from bot.errors import BotError
from bot.feedback.reference import shown
from bot.feedback.wish_refusals import wish_reasons
from bot.handling.own.deeds import wish_deed
from bot.handling.own.page import MEDIA
from bot.handling.own.settling import AlreadySettled, CasesOpen, NotProlonged, may_prolong
from bot.officials.permissions import Action
from bot.storage.data_wish_rows import StoredWish, wishes_of

room: Final = Room("data_wishes", watched=True)
# More nobody goes through at once; the most pressing come first.
MOST: Final = 200
# What is said of a wish that could not be seen to.
FAILED: Final[Mapping[type[BotError], str]] = {
    AlreadySettled: "wish_settled",
    CasesOpen: "wish_cases_open",
    NotProlonged: "wish_not_prolonged",
}
F = TypeVar("F")


class View(StrEnum):
    """Which wishes are listed."""

    WAITING = "waiting"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWishes:
    """Which of the two lists is wanted."""

    view: Annotated[View, OneOf(View)] = View.WAITING


@room.page("/data-wishes", Action.DATA_WISHES, queries=4, menu="data_wishes")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List what waits, what is due first before the rest; or what ended last."""
    view = read_query(request.query, AskedWishes).view
    offices = actor.offices(Action.DATA_WISHES)
    async with request.app[CONSOLE].database.reading() as connection:
        wishes = await wishes_of(connection, offices, waiting=view is View.WAITING, limit=MOST)
    now = now_of(request)
    tabs = {one: address(request, "data_wishes.overview", {"view": one}) for one in View}
    return page(
        request,
        "data_wishes/list.html",
        view=view,
        tabs=[(url, say(f"data_wishes.{one}")) for one, url in tabs.items()],
        open_tab=tabs[view],
        wishes=[(one, is_late(one, now)) for one in wishes],
        names=office_names(request),
        full=MOST if len(wishes) == MOST else 0,
    )


@room.page("/data-wishes/{wish}", Action.DATA_WISHES, of=wish_in_path, queries=6)
async def wish(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one wish, never whose it is."""
    known, now = found(request, StoredWish), now_of(request)
    async with request.app[CONSOLE].database.reading() as connection:
        filed = await filed_by(connection, actor, known)
    settling, reasons = settling_of(request), wish_reasons(known.wish)
    more = settling.clockwork.wish_prolonged(known.office, known.wish, known.due_at)
    return page(
        request,
        "data_wishes/wish.html",
        typed=typed,
        wish=known,
        late=is_late(known, now),
        law=settling.clockwork.wish_law(known.office, known.wish, known.asked_at),
        cases=[(str(one.id), shown(one.reference)) for one in filed.shown],
        waits_for_cases=filed.waits,
        may_copy=filed.open_to,
        more=more if may_prolong(known, now) else None,
        reasons=[(one.code, one.label) for one in reasons.values()],
        reason=reasons[known.reason].told if known.reason in reasons else "",
        office_name=office_names(request).get(known.office, known.office),
    )


def _act(below: str, form: type[F]) -> Callable[[Act[F]], Act[F]]:
    """Declare what the sending of ``form`` to an address ``below`` a wish's does."""
    path = f"/data-wishes/{{wish}}/{below}"
    return room.act(path, Action.DATA_WISHES, of=wish_in_path, form=form, again=wish)


@_act("copy", WishForm)
async def copy(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Give the copy to be handed over; that it was taken stays."""
    known = found(request, StoredWish)
    if known.person is None:
        return _back(request, known, failed="wish_settled")
    async with doing(request, actor) as acting:
        if not (await filed_by(acting.connection, actor, known)).open_to:
            return _back(request, known, failed="wish_copy_not")
        made = copies_of(request).made
        body = await made(acting.connection, known.person, known.office, acting.now)
        acting.did(wish_deed("wish_copy_taken", known.office, known.id, wish=known.wish))
    return give_file(request, body, f"du-lieu-yeu-cau-{known.id}", kind=MEDIA, ends="html")


@_act("fulfil", DetailsForm)
async def fulfil(request: web.Request, actor: Actor, form: DetailsForm) -> web.StreamResponse:
    """Settle a wish as done; what is to be erased is erased here."""

    def settle(acting: Acting, known: StoredWish) -> Awaitable[bool]:
        by = actor.officer.id
        return settling_of(request).fulfil(acting, known.id, form.details, by)

    return await _seen_to(request, actor, settle, "wish_fulfilled")


@_act("decline", DeclineForm)
async def decline(request: web.Request, actor: Actor, form: DeclineForm) -> web.StreamResponse:
    """Settle a wish as one that is not fulfilled, by a reason of the law's data."""
    if form.code not in wish_reasons(found(request, StoredWish).wish):
        raise Faulty({"code": say("faults.not_choice")})

    def settle(acting: Acting, known: StoredWish) -> Awaitable[bool]:
        by = actor.officer.id
        return settling_of(request).decline(acting, known.id, form.code, form.details, by)

    return await _seen_to(request, actor, settle, "wish_declined")


@_act("prolong", WhyForm)
async def prolong(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Give a wish the time the law allows once more."""

    def give(acting: Acting, known: StoredWish) -> Awaitable[bool]:
        return settling_of(request).prolong(acting, known.id, form.reason)

    return await _seen_to(request, actor, give, "wish_prolonged")


async def _seen_to(
    request: web.Request,
    actor: Actor,
    act: Callable[[Acting, StoredWish], Awaitable[bool]],
    what: str,
) -> web.StreamResponse:
    """Do what an officer decided about a wish, and lead back to it with what came of that."""
    known = found(request, StoredWish)
    try:
        async with doing(request, actor) as acting:
            told = await act(acting, known)
    except tuple(FAILED) as fault:
        return _back(request, known, failed=FAILED[type(fault)])
    return _told(request, known, what, told=told)


def _told(request: web.Request, known: StoredWish, what: str, *, told: bool) -> web.Response:
    """Wake the citizen's chat and lead back; who could not be told is told of by the officer."""
    if told and known.person is not None:
        announce(request.app[CONSOLE].bell, known.person)
    if told:
        return _back(request, known, done=what)
    return _back(request, known, failed=what)


def _back(
    request: web.Request, known: StoredWish, *, done: str = "", failed: str = ""
) -> web.Response:
    return go(request, "data_wishes.wish", done=done, failed=failed, wish=str(known.id))
