"""Answering a group of questions for good: by a card there is, or by a new guide."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from aiohttp import web

from bot.casework import teaching
from bot.casework.teaching import NewGuide, Taught
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Address, Code, Line, Ticked, Words
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.questions import publishes, screen, teller
from bot.console.questions.aliasing import (
    BRACKETS,
    lines,
    refusal,
    taken_elsewhere,
    without_hidden,
)
from bot.console.questions.answered import LONGEST_ANSWER, led_on, without_personal_data
from bot.console.questions.finding import alias_for
from bot.console.questions.naming import hidden_again
from bot.console.questions.reading import group_in_path
from bot.console.questions.trying import tried
from bot.console.render import page
from bot.console.routing import Room
from bot.console.talks.speech import doubts
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.officials.changes import Clash
from bot.officials.permissions import Action
from bot.officials.questions import Group, GroupStatus
from bot.storage.group_lists import relatives

room: Final = Room("teaching")
REF: Final = r"[pg]:[A-Za-z0-9._-]{1,180}"
# What is tried stands in the page's address.
LONGEST_ALIASES: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasForm:
    """The card or guide that is meant, and how people ask for it.

    ``sure`` when they are another one's own words too.
    """

    ref: Annotated[str, Code(shape=REF)]
    aliases: Annotated[str, Words(1, LONGEST_ALIASES)]
    sure: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The card or guide that is tried, and how people would ask for it; else as they did."""

    ref: Annotated[str, Code(shape=REF)] = ""
    aliases: Annotated[str, Words(0, LONGEST_ALIASES)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideForm:
    """A question with its answer, and whose word that is."""

    title: Annotated[str, Line(5, 200)]
    text: Annotated[str, Words(1, LONGEST_ANSWER)]
    aliases: Annotated[str, Words(0, LONGEST_ANSWER)]
    source: Annotated[str, Line(3, 200)]
    link: Annotated[str, Address()] = ""
    sure: Annotated[bool, Ticked()] = False


@room.page(
    "/questions/{group}/try",
    Action.KNOWLEDGE_PREPARE,
    of=group_in_path,
    queries=7,
    heavy=True,
)
async def trial(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what another way of asking would change, before anything is."""
    return await _trial(request, actor, BLANK, read_query(request.query, Tried))


async def alias_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show the same with what is to be mended."""
    asked = Tried(ref=str(typed.get("ref")), aliases=str(typed.get("aliases")))
    return await _trial(request, actor, typed, asked)


async def _trial(
    request: web.Request, actor: Actor, typed: Typed, asked: Tried
) -> web.StreamResponse:
    house, known = request.app[CONSOLE], found(request, Group)
    desk, now = house.conversation.speaking_as(known.office), house.clock.now()
    text = asked.aliases or without_hidden(known.sample)
    wish = alias_for(asked.ref, lines(text), desk)
    if wish is None or known.status is not GroupStatus.OPEN:
        return await screen(request, actor, typed, "alias")
    async with house.database.reading() as connection:
        akin = await relatives(connection, known, now, (GroupStatus.OPEN, GroupStatus.ANSWERED))
    others = [without_hidden(one.sample) for one in akin]
    return page(
        request,
        "questions/try.html",
        typed=typed,
        group=known,
        sample=hidden_again(known.sample),
        ref=asked.ref,
        name=wish.title,
        aliases="\n".join(wish.added),
        trial=await asyncio.to_thread(tried, wish, desk, others, now),
        publishes=publishes(actor, known, desk),
    )


@room.act(
    "/questions/{group}/alias",
    Action.KNOWLEDGE_PREPARE,
    of=group_in_path,
    form=AliasForm,
    again=alias_again,
)
async def alias(request: web.Request, actor: Actor, form: AliasForm) -> web.StreamResponse:
    """Let a card there is be found by the citizens' words too."""
    house, known = request.app[CONSOLE], found(request, Group)
    actor.require(Action.QUESTIONS_ANSWER, known.office)
    desk = house.conversation.speaking_as(known.office)
    added = _aliases(form.aliases, desk, house.clock.now())
    wish = alias_for(form.ref, added, desk)
    if wish is None:
        raise Faulty({"ref": say("faults.not_choice")})
    taken = next(taken_elsewhere(added, wish.ref, desk), None)
    if taken and not form.sure:
        raise Faulty({"sure": say("group.alias_clash", alias=taken[0], card=taken[1].name)})
    publish = publishes(actor, known, desk)
    async with doing(request, actor) as acting:
        done = await teaching.add_alias(
            acting,
            known.id,
            wish,
            teller(request),
            reason=say("group.reason", group=str(known.id)),
            publish=publish,
        )
    return await _taught(request, known, done, said="alias" if publish else "alias_waiting")


async def guide_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show the third tab with what is to be mended."""
    return await screen(request, actor, typed, "guide")


@room.act(
    "/questions/{group}/guide",
    Action.KNOWLEDGE_PREPARE,
    of=group_in_path,
    form=GuideForm,
    again=guide_again,
)
async def guide(request: web.Request, actor: Actor, form: GuideForm) -> web.StreamResponse:
    """Answer all who wait, and everybody who asks it from now on."""
    house, known = request.app[CONSOLE], found(request, Group)
    actor.require(Action.QUESTIONS_ANSWER, known.office)
    without_personal_data(form.text, known, sure=form.sure)
    if BRACKETS.search(form.title) or doubts(form.title):
        raise Faulty({"title": say("group.guide_title_hidden")})
    desk = house.conversation.speaking_as(known.office)
    made = NewGuide(
        title=form.title,
        text=form.text,
        aliases=_aliases(form.aliases, desk, house.clock.now()) if form.aliases.strip() else (),
        source=form.source,
        link=form.link,
    )
    publish = publishes(actor, known, desk)
    async with doing(request, actor) as acting:
        done = await teaching.add_guide(
            acting,
            known.id,
            made,
            teller(request),
            reason=say("group.reason", group=str(known.id)),
            publish=publish,
        )
    return await _taught(request, known, done, said="guide" if publish else "guide_waiting")


def _aliases(text: str, desk: Desk, now: datetime) -> Sequence[str]:
    """Give the ways of asking that were typed.

    Raises:
        Faulty: one of them may not be taught.
    """
    told = lines(text)
    if refused := refusal(told, Conversation(desk), now):
        raise Faulty({"aliases": refused})
    return told


async def _taught(
    request: web.Request, known: Group, done: Taught, *, said: str
) -> web.StreamResponse:
    if isinstance(done, Clash):
        raise Faulty({"": say("group.clash")})
    # The next who asks is told the new answer, by this process before the page is shown.
    await request.app[CONSOLE].edition.renew()
    return led_on(request, known, done, said=said)
