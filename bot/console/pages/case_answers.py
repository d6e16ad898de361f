"""The answer to a case: written, laid before who signs, sent back, given."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.feedback.acts import CaseActs
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.enclosing import keep_files
from bot.console.feedback.forms import AnswerForm, ApproveForm
from bot.console.feedback.handling import Handling, back, handling
from bot.console.found import found
from bot.console.limits import SEVERAL
from bot.console.pages.case import case as shown_again
from bot.console.routing import Room
from bot.feedback.models import Case, Result
from bot.handling import answering
from bot.officials.permissions import Action
from bot.storage.case_answer_rows import AnswerWords

room: Final = Room("case_answers", watched=True)
acts: Final = CaseActs(room, shown_again)


@room.act(
    "/cases/{case}/answer",
    Action.CASES_WORK,
    of=case_in_path,
    form=AnswerForm,
    again=shown_again,
    limit=SEVERAL,
)
async def write(request: web.Request, actor: Actor, form: AnswerForm) -> web.StreamResponse:
    """Keep an answer, lay it before who signs, or give it at once, as the button said."""
    code = form.code if form.result is Result.CANNOT else ""
    words = AnswerWords(result=form.result, text=form.text, code=code)
    if form.files or form.drop:
        await keep_files(request, actor, form, words)
    if form.send == "give":
        actor.require(Action.CASES_ANSWER, found(request, Case).office)
        async with handling(request, actor, Action.CASES_ANSWER) as it:
            await answering.answer(it.acting, it.bureau, it.case, words)
        return back(request, "case_answered")
    async with handling(request, actor, Action.CASES_WORK) as it:
        await answering.write(it.acting, it.case, words)
        if form.send == "submit":
            await answering.submit(it.acting, it.case)
    return back(request, "case_submitted" if form.send == "submit" else "case_kept")


@acts.declare("approve", Action.CASES_ANSWER, form=ApproveForm, done="case_answered")
async def approve(it: Handling, form: ApproveForm) -> None:
    """Give the citizen a submitted answer."""
    await answering.approve(it.acting, it.bureau, it.case, form.version)


@acts.declare("return", Action.CASES_ANSWER, form=WhyForm, done="case_returned")
async def send_back(it: Handling, form: WhyForm) -> None:
    """Give a submitted answer back to its author."""
    await answering.send_back(it.acting, it.case, form.reason)
