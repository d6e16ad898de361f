"""Notices: a storm, maintenance, a closing day, told to everybody for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.fields import Moment, OneOf, Reason, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put
from bot.console.words import say
from bot.officials.entry_values import readable
from bot.officials.notices import Notice, NoticeLevel
from bot.officials.permissions import Action
from bot.storage.setting_rows import Setting, settings_of

room = Room("notices")
LONGEST: Final = timedelta(days=14)
KIND: Final = "notice"
# How far a title in the history goes.
TITLE: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForm:
    """A notice to be."""

    text: Annotated[str, Words(5, 300)]
    level: Annotated[NoticeLevel, OneOf(NoticeLevel)]
    begins: Annotated[datetime, Moment()]
    ends: Annotated[datetime, Moment()]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A notice with who put it up and how it stands now."""

    notice: Notice
    setting: Setting
    state: str


@room.page("/settings/notices", Action.SETTINGS_SEE, queries=2, menu="notices")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """List the notices of an office."""
    office, house = chosen(request, actor, Action.SETTINGS_SEE), request.app[CONSOLE]
    async with house.database.reading() as connection:
        settings = await settings_of(connection, office.line, KIND)
    return page(
        request,
        "notices/list.html",
        typed=typed,
        office_here=office,
        shown=_shown(settings, house.clock.now()),
        begins=house.clock.now(),
        levels=[(str(level), say(f"notice_levels.{level}")) for level in NoticeLevel],
        may_publish=actor.may(Action.NOTICES_PUBLISH, office.code),
        may_end={one.office for one in settings if actor.may(Action.NOTICES_PUBLISH, one.office)},
    )


def _shown(settings: tuple[Setting, ...], now: datetime) -> list[Shown]:
    read = [(readable(one.key, one.value), one) for one in settings]
    told = [(notice, one) for notice, one in read if isinstance(notice, Notice)]
    told.sort(key=lambda pair: pair[0].ends, reverse=True)
    return [Shown(notice=notice, setting=one, state=_state(notice, now)) for notice, one in told]


def _state(notice: Notice, now: datetime) -> str:
    if notice.ends <= now:
        return "over"
    return "shown" if notice.shown(now) else "coming"


@room.act(
    "/settings/notices/{office}",
    Action.NOTICES_PUBLISH,
    of=office_in_path,
    form=NoticeForm,
    again=overview,
)
async def publish(request: web.Request, actor: Actor, form: NoticeForm) -> web.StreamResponse:
    """Put a notice up."""
    _refuse(form, request.app[CONSOLE].clock.now())
    office = (await office_in_path(request)).office
    await _refuse_again(request, office, form)
    notice = Notice(
        id=_id(form),
        level=form.level,
        text=form.text,
        begins=form.begins,
        ends=form.ends,
    )
    key = f"{KIND}:{notice.id}"
    title = form.text[:TITLE]
    if not await put(request, actor, office, key, notice.value, title=title, reason=form.reason):
        raise Faulty({"text": say("notices.again")})
    return go(request, "notices.overview", done="notice_put")


def _id(form: NoticeForm) -> str:
    """Give the same for a form that is sent twice: it is put up once."""
    told = f"{form.begins.isoformat()} {form.ends.isoformat()} {form.level} {form.text}"
    return sha256(told.encode()).hexdigest()[:12]


async def _refuse_again(request: web.Request, office: str, form: NoticeForm) -> None:
    """Refuse words that the office has up already at some moment of the same time."""
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, [office], KIND)
    known = (readable(one.key, one.value) for one in settings)
    if any(isinstance(notice, Notice) and _again(form, notice) for notice in known):
        raise Faulty({"text": say("notices.again")})


def _again(form: NoticeForm, notice: Notice) -> bool:
    same = form.text.casefold().split() == notice.text.casefold().split()
    return same and notice.begins < form.ends and form.begins < notice.ends


def _refuse(form: NoticeForm, now: datetime) -> None:
    if form.ends <= form.begins:
        raise Faulty({"ends": say("notices.order")})
    if form.ends - form.begins > LONGEST:
        raise Faulty({"ends": say("notices.long")})
    if form.ends <= now:
        raise Faulty({"ends": say("notices.over_already")})


async def notice_in_path(request: web.Request) -> Found:
    """Find the notice ``{notice}`` that ``{office}`` put up."""
    office = (await office_in_path(request)).office
    key = f"{KIND}:{request.match_info['notice']}"
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, [office], KIND)
    for one in settings:
        if one.key == key:
            return Found(office=office, thing=one)
    raise NotThere


@room.act(
    "/settings/notices/{office}/{notice}/end",
    Action.NOTICES_PUBLISH,
    of=notice_in_path,
    form=WhyForm,
)
async def end(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take a notice down."""
    one = found(request, Setting)
    title = str(one.value["text"])[:TITLE]
    ended = await put(request, actor, one.office, one.key, {}, title=title, reason=form.reason)
    return go(request, "notices.overview", done="notice_ended" if ended else "notice_gone")
