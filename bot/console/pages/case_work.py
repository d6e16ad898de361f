"""What who works on a case does: keep it, begin, ask, note, call, close."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.forms import ClaimForm, WordsForm
from bot.console.feedback.handling import back, handling
from bot.console.pages.case import case as shown_again
from bot.console.routing import Room
from bot.handling import afterwards, asking, assigning, claiming, noting, unreached
from bot.officials.permissions import Action

room: Final = Room("case_work", watched=True)


@room.act(
    "/cases/{case}/claim", Action.CASES_WORK, of=case_in_path, form=ClaimForm, again=shown_again
)
async def claim(request: web.Request, actor: Actor, form: ClaimForm) -> web.StreamResponse:
    """Keep the case to oneself for a while."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await claiming.claim(it.acting, it.case, over=form.over)
    return back(request, "case_claimed")


@room.act(
    "/cases/{case}/release", Action.CASES_WORK, of=case_in_path, form=WishForm, again=shown_again
)
async def release(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Let others write in the case again."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await claiming.release(it.acting, it.case)
    return back(request, "case_let_go")


@room.act(
    "/cases/{case}/begin", Action.CASES_WORK, of=case_in_path, form=WishForm, again=shown_again
)
async def begin(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Begin with the case."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await assigning.begin(it.acting, it.case)
    return back(request, "case_begun")


@room.act(
    "/cases/{case}/ask", Action.CASES_WORK, of=case_in_path, form=WordsForm, again=shown_again
)
async def ask(request: web.Request, actor: Actor, form: WordsForm) -> web.StreamResponse:
    """Ask the citizen; the clock stands meanwhile."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await asking.ask(it.acting, it.bureau, it.case, form.words)
    return back(request, "case_asked")


@room.act(
    "/cases/{case}/reply", Action.CASES_WORK, of=case_in_path, form=WordsForm, again=shown_again
)
async def reply(request: web.Request, actor: Actor, form: WordsForm) -> web.StreamResponse:
    """Write down what the citizen replied by telephone or at the desk."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await asking.reply_for(it.acting, it.bureau, it.case, form.words)
    return back(request, "case_replied")


@room.act(
    "/cases/{case}/give-up", Action.CASES_WORK, of=case_in_path, form=WishForm, again=shown_again
)
async def give_up(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """End a case whose question was never replied to."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await asking.give_up(it.acting, it.bureau, it.case)
    return back(request, "case_given_up")


@room.act(
    "/cases/{case}/note", Action.CASES_WORK, of=case_in_path, form=WordsForm, again=shown_again
)
async def note(request: web.Request, actor: Actor, form: WordsForm) -> web.StreamResponse:
    """Tell colleagues something; it never leaves the office."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await noting.note(it.acting, it.case, form.words)
    return back(request, "case_noted")


@room.act(
    "/cases/{case}/phoned", Action.CASES_WORK, of=case_in_path, form=WordsForm, again=shown_again
)
async def phoned(request: web.Request, actor: Actor, form: WordsForm) -> web.StreamResponse:
    """Write down that who could not be written to was called."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await unreached.phoned(it.acting, it.case, form.words)
    return back(request, "case_phoned")


@room.act(
    "/cases/{case}/close", Action.CASES_WORK, of=case_in_path, form=WhyForm, again=shown_again
)
async def close(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Close an answered case before silence does."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await afterwards.close(it.acting, it.case, form.reason)
    return back(request, "case_closed")
