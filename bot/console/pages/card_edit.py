"""Editing a card: the form, its preview, saving, two people at once, taking an edit back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_of
from bot.console.fields import Family, Line, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.card_sections import parts
from bot.console.knowledge.cells import CARD
from bot.console.knowledge.clash_view import meeting, other
from bot.console.knowledge.drafting import BEGINNING, Draft, card_draft, card_of
from bot.console.knowledge.edit_form import Do, DropForm, EditForm, labels
from bot.console.knowledge.in_hand import InHand, card_in_hand, nobodys
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.preview import CardPreview, card_preview
from bot.console.knowledge.proposing import led_on, proposed
from bot.console.knowledge.resolving import CardHere, card_in_path, today
from bot.console.limits import CARD as CARD_LIMIT
from bot.console.questions.second_look import Ways, look_twice
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Room
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.conversation.outcomes import Aspect
from bot.officials.changes import Change, ChangeKind, Clash, Refusal, Wish
from bot.officials.permissions import Action
from knowledge.phrases import NotUnderstood

room: Final = Room("card_edit")


def card_fields() -> Mapping[str, str]:
    """Give the fields a card's form may hold."""
    return CARD.headings


@dataclass(frozen=True, slots=True, kw_only=True)
class CardForm(EditForm):
    """A card as an office wants it told."""

    fields: Annotated[Mapping[str, str], Family(BEGINNING, Words(0, 32_000), card_fields)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCardForm(CardForm):
    """A card nobody had."""

    code: Annotated[str, Line(1, 32)]


@room.page("/cards/{office}/{code}/edit", Action.KNOWLEDGE_PREPARE, of=card_in_path, queries=2)
async def edit(
    request: web.Request,
    actor: Actor,
    typed: Typed = BLANK,
    previewed: CardPreview | None = None,
) -> web.StreamResponse:
    """Show the form of a card, filled with what is told."""
    here = found(request, CardHere)
    held, database = await card_in_hand(here), request.app[CONSOLE].database
    return page(
        request,
        "cards/edit.html",
        known=here,
        ahead=await ahead_of(database, ChangeKind.PROCEDURE, held.office, held.ref),
        typed=typed,
        labels=labels(CARD.headings),
        parts=parts(here.shelf, CARD.texts(here.card), typed.faults),
        token=held.token,
        previewed=previewed,
        may_publish=publishes_own(
            actor, request.app[CONSOLE], here.shelf.office, kind=ChangeKind.PROCEDURE, ref=""
        ),
        has_own=bool(held.own),
    )


@room.act(
    "/cards/{office}/{code}",
    Action.KNOWLEDGE_PREPARE,
    of=card_in_path,
    form=CardForm,
    again=edit,
    limit=CARD_LIMIT,
)
async def save(request: web.Request, actor: Actor, form: CardForm) -> web.StreamResponse:
    """Put the card forward as it was typed, or show what citizens would get of it."""
    here = found(request, CardHere)
    held = await card_in_hand(here)
    draft = card_draft(held, form.fields, form.source(here.office_name, today(request)))
    if form.do is Do.PREVIEW:
        previewed = await _previewed(request, here, draft)
        return await edit(request, actor, form.typed(form.fields), previewed)
    form.refuse(today(request))
    await look_twice(request, _ways(held, draft), sure=form.sure)
    wish = _wish(held, draft, form)
    done = await proposed(request, actor, wish, form.token)
    return await _ended(request, here, held, form, done)


@room.act(
    "/cards/{office}/{code}/drop",
    Action.KNOWLEDGE_PREPARE,
    of=card_in_path,
    form=DropForm,
)
async def drop(request: web.Request, actor: Actor, form: DropForm) -> web.StreamResponse:
    """Take the office's word back: the card is told as without it."""
    here = found(request, CardHere)
    held = await card_in_hand(here)
    wish = held.wish(ChangeKind.PROCEDURE, here.card.everyday_name, {}, form.reason)
    done = await proposed(request, actor, wish, form.token)
    if isinstance(done, Clash):
        raise Faulty({"": say("edit.clash_title")})
    way = "cards.card" if held.base is not None else "cards.overview"
    return led_on(request, done, way, _parts(here) if held.base is not None else {})


@room.page("/cards/{office}/new", Action.KNOWLEDGE_PREPARE, of=office_in_path, queries=1)
async def new(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the form of a card nobody has yet."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    return page(
        request,
        "cards/new.html",
        typed=typed,
        office_code=in_path(office),
        labels=labels(CARD.headings),
        parts=parts(shelf, CARD.texts(None) | {"has_card": _yes()}, typed.faults),
        token=nobodys(office, "").token,
        may_publish=publishes_own(
            actor, request.app[CONSOLE], office, kind=ChangeKind.PROCEDURE, ref=""
        ),
    )


@room.act(
    "/cards/{office}/new",
    Action.KNOWLEDGE_PREPARE,
    of=office_in_path,
    form=NewCardForm,
    again=new,
    limit=CARD_LIMIT,
)
async def add(request: web.Request, actor: Actor, form: NewCardForm) -> web.StreamResponse:
    """Put a new card forward."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    code = _code(form.code)
    if shelf.card(code) is not None:
        raise Faulty({"code": say("edit.code_taken")})
    form.refuse(today(request))
    held = nobodys(office, code)
    source = form.source(shelf.office_name(office), today(request))
    draft = card_draft(held, form.fields, source)
    await look_twice(request, _ways(held, draft), sure=form.sure)
    wish = _wish(held, draft, form)
    done = await proposed(request, actor, wish, form.token)
    if isinstance(done, Clash):
        raise Faulty({"code": say("edit.code_taken")})
    return led_on(request, done, "cards.overview", {})


def _ways(held: InHand, draft: Draft) -> Ways:
    had = (held.told.everyday_name, *held.told.aliases) if held.told else ()
    wanted = (draft.record.everyday_name, *draft.record.aliases)
    return Ways(office=held.office, ref=held.ref, wanted=wanted, had=had)


def _wish(held: InHand, draft: Draft, form: CardForm) -> Wish:
    days = (form.valid_from, form.valid_until)
    return held.wish(
        ChangeKind.PROCEDURE, draft.record.everyday_name, draft.fields, form.reason, days=days
    )


async def _ended(
    request: web.Request,
    here: CardHere,
    held: InHand,
    form: CardForm,
    done: Change | Clash | Refusal,
) -> web.StreamResponse:
    if not isinstance(done, Clash):
        return led_on(request, done, "cards.card", _parts(here))

    def record_of(fields: Mapping[str, Any]) -> object:
        return card_of(held, fields)

    return page(
        request,
        "cards/clash.html",
        status=HTTPStatus.CONFLICT,
        known=here,
        sent=form,
        met=meeting(done, CARD, record_of),
        other=await other(
            request.app[CONSOLE].database, ChangeKind.PROCEDURE, held.office, held.ref
        ),
    )


async def _previewed(request: web.Request, here: CardHere, draft: Draft) -> CardPreview:
    desk, day = request.app[CONSOLE].conversation.desk, today(request)
    return await asyncio.to_thread(
        card_preview, desk, here.shelf, draft.record, Aspect.OVERVIEW, today=day
    )


def _code(text: str) -> str:
    try:
        return str(CARD.codec("code").read(text))
    except NotUnderstood as fault:
        raise Faulty({"code": str(fault)}) from fault


def _yes() -> str:
    return CARD.text("has_card", True)


def _parts(here: CardHere) -> dict[str, str]:
    return {"office": here.office_code, "code": str(here.card.code)}
