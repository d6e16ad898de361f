"""Putting groups of questions in order: kept to oneself, joined, taken apart, masked, reopened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework import answering, sorting
from bot.casework.answering import NoSuchGroup
from bot.casework.sorting import NoSuchQuestion, Refused
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.fields import Line, Number
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.questions import screen
from bot.console.questions.reading import Member, group_in_path, question_in_path
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.officials.likeness import shape_of
from bot.officials.permissions import Action
from bot.officials.questions import Group

room: Final = Room("sorting")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinForm:
    """The group to join to."""

    into: Annotated[int, Number(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskForm:
    """What is to be hidden in a question, exactly as it stands there."""

    words: Annotated[str, Line(1, 200)]


@room.page("/asked/{question}", Action.QUESTIONS_SORT, of=question_in_path, queries=2)
async def question(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show one question and what can be done with it alone."""
    return await question_again(request, actor, BLANK)


async def question_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what is to be mended."""
    one = found(request, Member)
    may_talk = actor.may(Action.TALKS_SEE, one.office)
    return page(request, "questions/question.html", typed=typed, one=one, may_talk=may_talk)


async def members_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show the group with what is to be mended."""
    return await screen(request, actor, typed, "")


@room.act("/questions/{group}/claim", Action.QUESTIONS_SORT, of=group_in_path, form=WishForm)
async def claim(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Keep the group to oneself for some minutes."""
    known = found(request, Group)
    async with doing(request, actor) as acting:
        held = await answering.claim(acting, known.id)
    return _back(request, known, done="" if held else "claimed")


@room.act("/questions/{group}/release", Action.QUESTIONS_SORT, of=group_in_path, form=WishForm)
async def release(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Let others work on the group."""
    known = found(request, Group)
    async with doing(request, actor) as acting:
        await answering.release(acting, known.id)
    return _back(request, known, done="released")


@room.act(
    "/questions/{group}/join",
    Action.QUESTIONS_SORT,
    of=group_in_path,
    form=JoinForm,
    again=members_again,
)
async def join(request: web.Request, actor: Actor, form: JoinForm) -> web.StreamResponse:
    """Join the group to another, and go on there."""
    known = found(request, Group)
    try:
        async with doing(request, actor) as acting:
            refused = await sorting.join(acting, known.id, form.into)
    except NoSuchGroup:
        raise Faulty({"into": say("group.no_such_group")}) from None
    if refused:
        raise _refused(refused)
    return go(request, "questions.group", done="joined", group=str(form.into))


@room.act(
    "/asked/{question}/split",
    Action.QUESTIONS_SORT,
    of=question_in_path,
    form=WishForm,
    again=question_again,
)
async def split(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Take a question out of its group, and go on with it."""
    one, desk = found(request, Member), request.app[CONSOLE].conversation.desk
    try:
        async with doing(request, actor) as acting:
            done = await sorting.split(
                acting, one.group, one.number, lambda text: _shape(text, desk)
            )
    except NoSuchQuestion:
        raise Faulty({"": say("group.only_one")}) from None
    if not isinstance(done, int):
        raise _refused(done)
    return go(request, "questions.group", done="split", group=str(done))


def _shape(text: str, desk: Desk) -> tuple[str, ...]:
    reading = desk.ask(text).reading
    return shape_of(reading.words, reading.weights)


@room.act(
    "/asked/{question}/mask",
    Action.QUESTIONS_SORT,
    of=question_in_path,
    form=MaskForm,
    again=question_again,
)
async def mask(request: web.Request, actor: Actor, form: MaskForm) -> web.StreamResponse:
    """Hide some words of a question for good."""
    one = found(request, Member)
    async with doing(request, actor) as acting:
        hidden = await sorting.mask(acting, one.group, one.number, form.words)
    if not hidden:
        raise Faulty({"words": say("group.no_such_words")})
    return go(request, "sorting.question", done="masked", question=str(one.number))


@room.act("/asked/{question}/seal", Action.QUESTIONS_SORT, of=question_in_path, form=WishForm)
async def seal(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Hide the whole of a question that may denounce somebody."""
    one = found(request, Member)
    async with doing(request, actor) as acting:
        await sorting.seal(acting, one.group, one.number)
    return go(request, "questions.group", done="sealed", group=str(one.group))


@room.act("/questions/{group}/reopen", Action.QUESTIONS_SORT, of=group_in_path, form=WishForm)
async def reopen(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Put the group back among those to be answered."""
    known = found(request, Group)
    async with doing(request, actor) as acting:
        reopened = await sorting.reopen(acting, known.id)
    return _back(request, known, done="reopened" if reopened else "")


def _refused(why: Refused) -> Faulty:
    held = isinstance(why, answering.HeldBy)
    return Faulty({"": say("group.held" if held else "group.answered_meanwhile")})


def _back(request: web.Request, known: Group, *, done: str) -> web.StreamResponse:
    return go(request, "questions.group", done=done, group=str(known.id))
