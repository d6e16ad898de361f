"""What who gives out the work decides about a case: to whom, what it is, where it belongs."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.feedback.acts import CaseActs, to_inbox
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
from bot.console.feedback.handling import Handling, back, handling, handling_with_main
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.case import case as shown_again
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
acts: Final = CaseActs(room, shown_again)


@acts.declare("assign", Action.CASES_ASSIGN, form=AssignForm, done="case_assigned")
async def assign(it: Handling, form: AssignForm) -> None:
    """Give the case to a unit or one of its officers."""
    await assigning.assign(it.acting, it.bureau, it.case, _post(form.post), form.reason)


def _post(chosen: str) -> Post:
    """Read what a choice of units and their officers gives."""
    unit, _, officer = chosen.removeprefix("u").partition("o")
    return Post(unit=UnitId(int(unit)), officer=OfficerId(int(officer)) if officer else None)


@acts.declare(
    "complained",
    Action.CASES_ASSIGN,
    form=ComplainedForm,
    done="case_complained",
    leads=to_inbox,
    held=handling_with_main,
)
async def complain(it: Handling, form: ComplainedForm) -> None:
    """Hide the case from the unit or officer it complains of."""
    await conflicts.complain(it.acting, it.bureau, it.case, _post(form.of), form.reason)


@acts.declare("uncomplained", Action.CASES_ASSIGN, form=WhyForm, done="case_uncomplained")
async def lift(it: Handling, form: WhyForm) -> None:
    """Show the case to everybody of the office again."""
    await conflicts.lift(it.acting, it.case, form.reason)


@acts.declare(
    "transfer", Action.CASES_ASSIGN, form=TransferForm, done="case_transferred", leads=to_inbox
)
async def transfer(it: Handling, form: TransferForm) -> None:
    """Give the case to another office of ours; who may not see it there is led to the list."""
    await passing_on.transfer(it.acting, it.bureau, it.case, form.to, form.reason)


@acts.declare("hand-on", Action.CASES_ASSIGN, form=HandOnForm, done="case_handed_on")
async def hand_on(it: Handling, form: HandOnForm) -> None:
    """Send the matter to who decides it."""
    to = Elsewhere(name=form.body, contact=form.contact)
    await passing_on.hand_on(it.acting, it.bureau, it.case, to, form.reason)


@acts.declare("refuse", Action.CASES_REFUSE, form=RefuseForm, done="case_refused")
async def refuse(it: Handling, form: RefuseForm) -> None:
    """Tell the citizen why the case is not handled here."""
    await passing_on.refuse(it.acting, it.bureau, it.case, form.code, form.words)


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


@acts.declare(
    "separate",
    Action.CASES_ASSIGN,
    form=WishForm,
    done="case_separated",
    held=handling_with_main,
)
async def separate(it: Handling, _: WishForm) -> None:
    """Let a joined case be one of its own again."""
    await merging.separate(it.acting, it.bureau, it.case)


@acts.declare("grade", Action.CASES_WORK, form=GradeForm, done="case_graded")
async def grade(it: Handling, form: GradeForm) -> None:
    """Say how hard or pressing the case is."""
    await grading.regrade(it.acting, it.bureau, it.case, form.grade, form.reason)


@acts.declare("kind", Action.CASES_WORK, form=KindForm, done="case_reclassified")
async def reclassify(it: Handling, form: KindForm) -> None:
    """Say what the case is and what it is about."""
    await grading.reclassify(it.acting, it.bureau, it.case, form.kind, form.topic, form.reason)


@acts.declare("due", Action.CASES_ASSIGN, form=DueForm, done="case_promised")
async def promise(it: Handling, form: DueForm) -> None:
    """Promise another day, once; overdue it comes with an apology."""
    await promising.promise(it.acting, it.bureau, it.case, form.day, form.reason)


@acts.declare("take-back", Action.CASES_ASSIGN, form=WhyForm, done="case_taken_back")
async def take_back(it: Handling, form: WhyForm) -> None:
    """Take back what was entered by mistake."""
    await afterwards.take_back(it.acting, it.bureau, it.case, form.reason)


@acts.declare("reopen", Action.CASES_ASSIGN, form=WhyForm, done="case_reopened")
async def reopen(it: Handling, form: WhyForm) -> None:
    """Have an ended case looked at again."""
    await afterwards.reopen(it.acting, it.bureau, it.case, form.reason)
