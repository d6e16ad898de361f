"""The second step of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.calling import caller_of, let_in, turned_away
from bot.console.fields import Line, Secret
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import DOORWAY
from bot.console.people.doorway import CameIn, Refused
from bot.console.people.second_factor import give_code, give_recovery_code
from bot.console.redirects import own_address, see_other
from bot.console.render import page
from bot.console.routing import Gate, Room
from bot.console.words import say

LONGEST_CODE: Final = 64
LONGEST_ADDRESS: Final = 1_000
FEW_CODES: Final = 3
room: Final = Room("second")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeForm:
    """The six digits, or else a recovery code."""

    code: Annotated[str, Secret(LONGEST_CODE)] = ""
    recovery: Annotated[str, Secret(LONGEST_CODE)] = ""
    next: Annotated[str, Line(0, LONGEST_ADDRESS)] = ""


@room.page("/second", Gate.SECOND, queries=1)
async def second(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Ask for a code."""
    return await second_again(request, actor, BLANK)


async def second_again(request: web.Request, _actor: Actor, typed: Typed) -> web.StreamResponse:
    """Ask for a code, and say what was wrong with the last."""
    wanted = typed.get("next", request.query.get("next", ""))
    return page(request, "second/code.html", typed=typed, next=wanted)


@room.act("/second", Gate.SECOND, form=CodeForm, again=second_again)
async def prove(request: web.Request, actor: Actor, form: CodeForm) -> web.StreamResponse:
    """Let somebody wholly in."""
    if not form.code and not form.recovery:
        raise Faulty({"code": say("faults.required")})
    came = await _proved(request, actor, form)
    where = own_address(form.next)
    if came.codes_left is not None and came.codes_left <= FEW_CODES:
        where = f"/console/?done=recovery_left&count={came.codes_left}"
    return let_in(request, see_other(where), came)


async def _proved(request: web.Request, actor: Actor, form: CodeForm) -> CameIn:
    tried, give, code = ("code", give_code, form.code)
    if not code:
        tried, give, code = ("recovery", give_recovery_code, form.recovery)
    came = await give(request.app[DOORWAY], actor, code, caller_of(request))
    if isinstance(came, Refused):
        raise turned_away(came, tried, tried)
    return came
