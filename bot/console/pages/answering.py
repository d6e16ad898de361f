"""Answering a group of questions: once, in words, or by saying that it is not the office's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework import answering
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Reason, Ticked, Words
from bot.console.forms import Typed
from bot.console.found import found
from bot.console.pages.questions import screen, teller
from bot.console.questions.answered import LONGEST_ANSWER, led_on, without_personal_data
from bot.console.questions.reading import group_in_path
from bot.console.routing import Room
from bot.officials.permissions import Action
from bot.officials.questions import AnswerKind, AnswerWords, Group

room: Final = Room("answering")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """Words for everybody who waits; ``sure`` when they name an office's own number or address."""

    text: Annotated[str, Words(1, LONGEST_ANSWER)]
    sure: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutForm:
    """Why it is not the office's, and where to ask instead."""

    reason: Annotated[str, Reason()]
    text: Annotated[str, Words(0, 500)]


async def answer_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show the first tab with what is to be mended."""
    return await screen(request, actor, typed, "answer")


@room.act(
    "/questions/{group}/answer",
    Action.QUESTIONS_ANSWER,
    of=group_in_path,
    form=AnswerForm,
    again=answer_again,
)
async def answer(request: web.Request, actor: Actor, form: AnswerForm) -> web.StreamResponse:
    """Answer all who wait, once."""
    known = found(request, Group)
    without_personal_data(form.text, known, sure=form.sure)
    words = AnswerWords(kind=AnswerKind.REPLY, text=form.text)
    async with doing(request, actor) as acting:
        done = await answering.answer(acting, known.id, words, teller(request))
    return led_on(request, known, done)


async def out_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show the last tab with what is to be mended."""
    return await screen(request, actor, typed, "out")


@room.act(
    "/questions/{group}/out",
    Action.QUESTIONS_SORT,
    of=group_in_path,
    form=OutForm,
    again=out_again,
)
async def out(request: web.Request, actor: Actor, form: OutForm) -> web.StreamResponse:
    """Say that it is not the office's to answer."""
    known = found(request, Group)
    words = AnswerWords(kind=AnswerKind.OUT, text=form.text)
    async with doing(request, actor) as acting:
        done = await answering.answer(acting, known.id, words, teller(request), reason=form.reason)
    return led_on(request, known, done, said="out")
