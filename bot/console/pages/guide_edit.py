"""Editing a guide, or a question with its answer: the form, preview, saving, two at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_of
from bot.console.fields import Family, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.cells import GUIDE, asking
from bot.console.knowledge.clash_view import meeting, other
from bot.console.knowledge.drafting import BEGINNING, Draft, guide_draft, guide_of
from bot.console.knowledge.edit_form import Do, EditForm, labels
from bot.console.knowledge.in_hand import InHand, guide_in_hand, nobodys
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.preview import Preview, guide_preview
from bot.console.knowledge.proposing import led_on, proposed
from bot.console.knowledge.resolving import GuideHere, guide_in_path, today
from bot.console.limits import CARD as CARD_LIMIT
from bot.console.questions.second_look import Ways, look_twice
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Room
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.officials.changes import ChangeKind, Clash, Wish
from bot.officials.permissions import Action
from knowledge.text import words

room: Final = Room("guide_edit")
LONGEST_SLUG: Final = 32


def guide_fields() -> Mapping[str, str]:
    """Give the fields a guide's form may hold."""
    return GUIDE.headings


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideForm(EditForm):
    """A guide as an office wants it told."""

    fields: Annotated[Mapping[str, str], Family(BEGINNING, Words(0, 20_000), guide_fields)]


@room.page("/guides/{office}/{ref}/edit", Action.KNOWLEDGE_PREPARE, of=guide_in_path, queries=2)
async def edit(
    request: web.Request,
    actor: Actor,
    typed: Typed = BLANK,
    previews: tuple[Preview, ...] = (),
) -> web.StreamResponse:
    """Show the form of a guide, filled with what is told."""
    known, database = found(request, GuideHere), request.app[CONSOLE].database
    ref = str(known.guide.id)
    return page(
        request,
        "guides/edit.html",
        known=known,
        ahead=await ahead_of(database, ChangeKind.GUIDE, known.shelf.office, ref),
        typed=typed,
        labels=labels(GUIDE.headings),
        fields=asking(GUIDE, GUIDE.texts(known.guide)),
        token=guide_in_hand(known).token,
        previews=previews,
        may_publish=publishes_own(
            actor, request.app[CONSOLE], known.shelf.office, kind=ChangeKind.GUIDE, ref=""
        ),
    )


@room.act(
    "/guides/{office}/{ref}",
    Action.KNOWLEDGE_PREPARE,
    of=guide_in_path,
    form=GuideForm,
    again=edit,
    limit=CARD_LIMIT,
)
async def save(request: web.Request, actor: Actor, form: GuideForm) -> web.StreamResponse:
    """Put the guide forward as it was typed, or show what citizens would get of it."""
    known = found(request, GuideHere)
    held = guide_in_hand(known)
    draft = guide_draft(held, form.fields, form.source(known.office_name, today(request)))
    if form.do is Do.PREVIEW:
        desk = request.app[CONSOLE].conversation.desk
        previews = guide_preview(desk, draft.record, today=today(request))
        return await edit(request, actor, form.typed(form.fields), previews)
    form.refuse(today(request))
    await look_twice(request, _ways(held, draft), sure=form.sure)
    done = await proposed(request, actor, _wish(held, draft, form), form.token)
    if isinstance(done, Clash):
        return await _clashed(request, known, held, form, done)
    return led_on(request, done, "guides.guide", known.parts)


@room.page("/guides/{office}/new", Action.KNOWLEDGE_PREPARE, of=office_in_path, queries=1)
async def new(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the form of a question and its answer that nobody has yet."""
    office = (await office_in_path(request)).office
    return page(
        request,
        "guides/new.html",
        typed=typed,
        office_code=in_path(office),
        labels=labels(GUIDE.headings),
        fields=asking(GUIDE, GUIDE.texts(None)),
        token=nobodys(office, "").token,
        may_publish=publishes_own(
            actor, request.app[CONSOLE], office, kind=ChangeKind.GUIDE, ref=""
        ),
    )


@room.act(
    "/guides/{office}/new",
    Action.KNOWLEDGE_PREPARE,
    of=office_in_path,
    form=GuideForm,
    again=new,
    limit=CARD_LIMIT,
)
async def add(request: web.Request, actor: Actor, form: GuideForm) -> web.StreamResponse:
    """Put a new guide forward."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    held = nobodys(office, _ref(form.fields.get("title", "")))
    source = form.source(shelf.office_name(office), today(request))
    draft = guide_draft(held, form.fields, source)
    form.refuse(today(request))
    await look_twice(request, _ways(held, draft), sure=form.sure)
    done = await proposed(request, actor, _wish(held, draft, form), form.token)
    if isinstance(done, Clash):
        raise Faulty({"": say("edit.clash_title")})
    return led_on(request, done, "guides.overview", {})


def _ways(held: InHand, draft: Draft) -> Ways:
    had = (held.told.title, *held.told.aliases) if held.told else ()
    wanted = (draft.record.title, *draft.record.aliases)
    return Ways(office=held.office, ref=held.ref, wanted=wanted, had=had)


def _wish(held: InHand, draft: Draft, form: GuideForm) -> Wish:
    days = (form.valid_from, form.valid_until)
    return held.wish(ChangeKind.GUIDE, draft.record.title, draft.fields, form.reason, days=days)


async def _clashed(
    request: web.Request, known: GuideHere, held: InHand, form: GuideForm, clash: Clash
) -> web.StreamResponse:
    def record_of(fields: Mapping[str, Any]) -> object:
        return guide_of(held, fields)

    database = request.app[CONSOLE].database
    return page(
        request,
        "guides/clash.html",
        status=HTTPStatus.CONFLICT,
        known=known,
        sent=form,
        met=meeting(clash, GUIDE, record_of),
        other=await other(database, ChangeKind.GUIDE, held.office, held.ref),
    )


def _ref(title: str) -> str:
    """Make an id nobody has of a title: it stands in addresses and behind buttons."""
    slug = "_".join(words(title))[:LONGEST_SLUG].strip("_")
    return f"{slug}_{secrets.token_hex(4)}"
