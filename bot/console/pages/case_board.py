"""One case on the public board: its sender is asked, an officer reads, everybody sees."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.feedback.acts import CaseActs
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.board import ReadForm, ReleaseForm, board_screen
from bot.console.feedback.handling import Handling, bureau_of, handling
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.feedback.board.releases import Texts
from bot.feedback.models import Case
from bot.feedback.reference import shown
from bot.handling import consenting, publishing
from bot.officials.permissions import Action

room: Final = Room("case_board", watched=True)


@room.page("/cases/{case}/board", Action.CASES_PUBLISH, of=case_in_path, queries=8)
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what everybody would read of a case, and how far it is from there."""
    known = found(request, Case)
    rules = bureau_of(request).rules(known.office)
    async with request.app[CONSOLE].database.reading() as connection:
        screen = await board_screen(connection, known)
    waits = screen.release is not None and screen.release.released_at is None
    own = screen.release is not None and screen.release.prepared_by == actor.officer.id
    return page(
        request,
        "cases/board.html",
        typed=typed,
        case=known,
        reference=shown(known.reference),
        on=rules.board,
        four_eyes=rules.case_four_eyes,
        screen=screen,
        may_approve=waits and not (rules.case_four_eyes and own),
    )


def _back(request: web.Request, done: str) -> web.StreamResponse:
    """Lead back to the page, with what was done."""
    return go(request, "case_board.overview", done=done, case=str(found(request, Case).id))


acts: Final = CaseActs(room, overview, _back)


@room.act(
    "/cases/{case}/board",
    Action.CASES_PUBLISH,
    of=case_in_path,
    form=ReleaseForm,
    again=overview,
)
async def publish(request: web.Request, actor: Actor, form: ReleaseForm) -> web.StreamResponse:
    """Show a case to everybody; where the office asks so, a second pair of eyes reads it first."""
    _was_read(read=form.read)
    texts = Texts(question=form.question, answer=form.answer, kept=form.kept)
    async with handling(request, actor, Action.CASES_PUBLISH) as it:
        if it.bureau.rules(it.case.office).case_four_eyes:
            await publishing.prepare(it.acting, it.bureau, it.case, texts)
            done = "board_prepared"
        else:
            await publishing.publish(it.acting, it.bureau, it.case, texts)
            done = "board_published"
    return _back(request, done)


@acts.declare("board/approve", Action.CASES_PUBLISH, form=ReadForm, done="board_published")
async def approve(it: Handling, form: ReadForm) -> None:
    """Show what a colleague prepared."""
    _was_read(read=form.read)
    await publishing.approve(it.acting, it.bureau, it.case, form.version)


@acts.declare("board/hide", Action.CASES_PUBLISH, form=WhyForm, done="board_hidden")
async def hide(it: Handling, form: WhyForm) -> None:
    """Show a case no more."""
    await publishing.hide(it.acting, it.case, form.reason)


@acts.declare("board/ask", Action.CASES_PUBLISH, form=WishForm, done="board_asked")
async def ask(it: Handling, _: WishForm) -> None:
    """Ask who sent a case whether it may be shown."""
    await consenting.ask(it.acting, it.bureau, it.case)


@acts.declare("board/agreed", Action.CASES_PUBLISH, form=WhyForm, done="board_agreed")
async def agreed(it: Handling, form: WhyForm) -> None:
    """Note that who sent a case agreed elsewhere."""
    await consenting.note_agreed(it.acting, it.bureau, it.case, form.reason)


def _was_read(*, read: bool) -> None:
    if not read:
        raise Faulty({"read": say("board.unread")})
