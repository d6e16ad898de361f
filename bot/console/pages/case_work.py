"""What who works on a case does: keep it, begin, ask, note, call, close."""

from __future__ import annotations

from typing import Final

from bot.console.bare import WhyForm, WishForm
from bot.console.feedback.acts import CaseActs
from bot.console.feedback.forms import ClaimForm, WordsForm
from bot.console.feedback.handling import Handling
from bot.console.pages.case import case as shown_again
from bot.console.routing import Room
from bot.handling import afterwards, asking, assigning, claiming, noting, unreached
from bot.officials.permissions import Action

room: Final = Room("case_work", watched=True)
acts: Final = CaseActs(room, shown_again)


@acts.declare("claim", Action.CASES_WORK, form=ClaimForm, done="case_claimed")
async def claim(it: Handling, form: ClaimForm) -> None:
    """Keep the case to oneself for a while."""
    await claiming.claim(it.acting, it.case, over=form.over)


@acts.declare("release", Action.CASES_WORK, form=WishForm, done="case_let_go")
async def release(it: Handling, _: WishForm) -> None:
    """Let others write in the case again."""
    await claiming.release(it.acting, it.case)


@acts.declare("begin", Action.CASES_WORK, form=WishForm, done="case_begun")
async def begin(it: Handling, _: WishForm) -> None:
    """Begin with the case."""
    await assigning.begin(it.acting, it.case)


@acts.declare("ask", Action.CASES_WORK, form=WordsForm, done="case_asked")
async def ask(it: Handling, form: WordsForm) -> None:
    """Ask the citizen; the clock stands meanwhile."""
    await asking.ask(it.acting, it.bureau, it.case, form.words)


@acts.declare("reply", Action.CASES_WORK, form=WordsForm, done="case_replied")
async def reply(it: Handling, form: WordsForm) -> None:
    """Write down what the citizen replied by telephone or at the desk."""
    await asking.reply_for(it.acting, it.bureau, it.case, form.words)


@acts.declare("give-up", Action.CASES_WORK, form=WishForm, done="case_given_up")
async def give_up(it: Handling, _: WishForm) -> None:
    """End a case whose question was never replied to."""
    await asking.give_up(it.acting, it.bureau, it.case)


@acts.declare("note", Action.CASES_WORK, form=WordsForm, done="case_noted")
async def note(it: Handling, form: WordsForm) -> None:
    """Tell colleagues something; it never leaves the office."""
    await noting.note(it.acting, it.case, form.words)


@acts.declare("phoned", Action.CASES_WORK, form=WordsForm, done="case_phoned")
async def phoned(it: Handling, form: WordsForm) -> None:
    """Write down that who could not be written to was called."""
    await unreached.phoned(it.acting, it.case, form.words)


@acts.declare("close", Action.CASES_WORK, form=WhyForm, done="case_closed")
async def close(it: Handling, form: WhyForm) -> None:
    """Close an answered case before silence does."""
    await afterwards.close(it.acting, it.case, form.reason)
