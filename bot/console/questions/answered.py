"""What all ways of answering a group of questions share: a check before, what is said after."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.casework.answering import Answered, AnsweredMeanwhile, HeldBy
from bot.casework.telling import Told
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.talks.speech import doubts
from bot.console.words import say
from bot.officials.questions import Group

LONGEST_ANSWER: Final = 2_000


def without_personal_data(text: str, known: Group, *, sure: bool) -> None:
    """Go on only when the answer holds nobody's data, or the officer says it is the office's.

    Raises:
        Faulty: it may hold some; the box to tick stands beside it.
    """
    kinds = doubts(text)
    if kinds and not sure:
        raise Faulty({"sure": say("group.personal", kinds=kinds, count=known.wishes)})


def _reached(told: Told) -> str:
    return "_later" if told.later else "" if told.now else "_nobody"


def led_on(
    request: web.Request,
    known: Group,
    done: Answered | AnsweredMeanwhile | HeldBy,
    *,
    said: str = "answered",
) -> web.StreamResponse:
    """Wake whoever shows or sends what was told, and lead back to the group.

    Raises:
        Faulty: somebody else was quicker, or works on it.
    """
    if isinstance(done, AnsweredMeanwhile):
        raise Faulty({"": say("group.answered_meanwhile")})
    if isinstance(done, HeldBy):
        raise Faulty({"": say("group.held")})
    done.told.ring(request.app[CONSOLE].bell)
    counts = {"told": done.told.now, "later": done.told.later}
    ended = f"{said}{_reached(done.told)}"
    return go(request, "questions.group", done=ended, gaps=counts, group=str(known.id))
