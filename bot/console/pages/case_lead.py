"""What who gives out the work decides about a case: to whom, what it is, where it belongs."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.forms import (
    AssignForm,
    ComplainedForm,
    DueForm,
    GradeForm,
    HandOnForm,
    KindForm,
    MergeForm,
    RefuseForm,
    TransferForm,
)
from bot.console.feedback.handling import back, handling, handling_with_main
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.case import case as shown_again
from bot.console.redirects import go
from bot.console.routing import Room
from bot.console.words import say
from bot.feedback.models import Case, UnitId
from bot.handling import afterwards, assigning, conflicts, grading, merging, passing_on, promising
from bot.handling.assigning import Post
from bot.handling.passing_on import Elsewhere
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.storage.case_rows import find_reference

room: Final = Room("case_lead", watched=True)


@room.act(
    "/cases/{case}/assign",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=AssignForm,
    again=shown_again,
)
async def assign(request: web.Request, actor: Actor, form: AssignForm) -> web.StreamResponse:
    """Give the case to a unit or one of its officers."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await assigning.assign(it.acting, it.bureau, it.case, _post(form.post), form.reason)
    return back(request, "case_assigned")


def _post(chosen: str) -> Post:
    """Read what a choice of units and their officers gives."""
    unit, _, officer = chosen.removeprefix("u").partition("o")
    return Post(unit=UnitId(int(unit)), officer=OfficerId(int(officer)) if officer else None)


@room.act(
    "/cases/{case}/complained",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=ComplainedForm,
    again=shown_again,
)
async def complain(request: web.Request, actor: Actor, form: ComplainedForm) -> web.StreamResponse:
    """Hide the case from the unit or officer it complains of."""
    async with handling_with_main(request, actor, Action.CASES_ASSIGN) as it:
        await conflicts.complain(it.acting, it.bureau, it.case, _post(form.of), form.reason)
    return go(request, "cases.inbox", done="case_complained")


@room.act(
    "/cases/{case}/uncomplained",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=WhyForm,
    again=shown_again,
)
async def lift(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Show the case to everybody of the office again."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await conflicts.lift(it.acting, it.case, form.reason)
    return back(request, "case_uncomplained")


@room.act(
    "/cases/{case}/transfer",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=TransferForm,
    again=shown_again,
)
async def transfer(request: web.Request, actor: Actor, form: TransferForm) -> web.StreamResponse:
    """Give the case to another office of ours; who may not see it there is led to the list."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await passing_on.transfer(it.acting, it.bureau, it.case, form.to, form.reason)
    return go(request, "cases.inbox", done="case_transferred")


@room.act(
    "/cases/{case}/hand-on",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=HandOnForm,
    again=shown_again,
)
async def hand_on(request: web.Request, actor: Actor, form: HandOnForm) -> web.StreamResponse:
    """Send the matter to who decides it."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        to = Elsewhere(name=form.body, contact=form.contact)
        await passing_on.hand_on(it.acting, it.bureau, it.case, to, form.reason)
    return back(request, "case_handed_on")


@room.act(
    "/cases/{case}/refuse",
    Action.CASES_REFUSE,
    of=case_in_path,
    form=RefuseForm,
    again=shown_again,
)
async def refuse(request: web.Request, actor: Actor, form: RefuseForm) -> web.StreamResponse:
    """Tell the citizen why the case is not handled here."""
    async with handling(request, actor, Action.CASES_REFUSE) as it:
        await passing_on.refuse(it.acting, it.bureau, it.case, form.code, form.words)
    return back(request, "case_refused")


@room.act(
    "/cases/{case}/merge", Action.CASES_ASSIGN, of=case_in_path, form=MergeForm, again=shown_again
)
async def merge(request: web.Request, actor: Actor, form: MergeForm) -> web.StreamResponse:
    """Join the case with a main one, with which it is answered."""
    async with request.app[CONSOLE].database.reading() as connection:
        main = await find_reference(connection, form.reference)
    if main is None or main.office != found(request, Case).office:
        raise Faulty({"main": say("case.no_such_case")})
    async with handling(request, actor, Action.CASES_ASSIGN, beside=main.id) as it:
        await merging.merge(it.acting, it.bureau, it.case, main.id)
    return back(request, "case_merged")


@room.act(
    "/cases/{case}/separate",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=WishForm,
    again=shown_again,
)
async def separate(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Let a joined case be one of its own again."""
    async with handling_with_main(request, actor, Action.CASES_ASSIGN) as it:
        await merging.separate(it.acting, it.bureau, it.case)
    return back(request, "case_separated")


@room.act(
    "/cases/{case}/grade", Action.CASES_WORK, of=case_in_path, form=GradeForm, again=shown_again
)
async def grade(request: web.Request, actor: Actor, form: GradeForm) -> web.StreamResponse:
    """Say how hard or pressing the case is."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await grading.regrade(it.acting, it.bureau, it.case, form.grade, form.reason)
    return back(request, "case_graded")


@room.act(
    "/cases/{case}/kind", Action.CASES_WORK, of=case_in_path, form=KindForm, again=shown_again
)
async def reclassify(request: web.Request, actor: Actor, form: KindForm) -> web.StreamResponse:
    """Say what the case is and what it is about."""
    async with handling(request, actor, Action.CASES_WORK) as it:
        await grading.reclassify(it.acting, it.bureau, it.case, form.kind, form.topic, form.reason)
    return back(request, "case_reclassified")


@room.act(
    "/cases/{case}/due", Action.CASES_ASSIGN, of=case_in_path, form=DueForm, again=shown_again
)
async def promise(request: web.Request, actor: Actor, form: DueForm) -> web.StreamResponse:
    """Promise another day, once; overdue it comes with an apology."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await promising.promise(it.acting, it.bureau, it.case, form.day, form.reason)
    return back(request, "case_promised")


@room.act(
    "/cases/{case}/take-back",
    Action.CASES_ASSIGN,
    of=case_in_path,
    form=WhyForm,
    again=shown_again,
)
async def take_back(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take back what was entered by mistake."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await afterwards.take_back(it.acting, it.bureau, it.case, form.reason)
    return back(request, "case_taken_back")


@room.act(
    "/cases/{case}/reopen", Action.CASES_ASSIGN, of=case_in_path, form=WhyForm, again=shown_again
)
async def reopen(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Have an ended case looked at again."""
    async with handling(request, actor, Action.CASES_ASSIGN) as it:
        await afterwards.reopen(it.acting, it.bureau, it.case, form.reason)
    return back(request, "case_reopened")
