"""Where a request comes from, what a browser is given once somebody came in, and what if not."""

from __future__ import annotations

import math
from collections.abc import Iterable

from aiohttp import hdrs, web

from bot.console.cookies import Cookie
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE, COOKIES
from bot.console.people.doorway import Caller, CameIn, Reason, Refused
from bot.console.words import say
from bot.officials.passwords import PasswordFault
from bot.web.callers import address_of


def caller_of(request: web.Request) -> Caller:
    """Give who calls, as far as a browser and its line tell."""
    return Caller(
        address=address_of(request),
        agent=request.headers.get(hdrs.USER_AGENT, ""),
        device=request.app[COOKIES].read(request, Cookie.DEVICE),
    )


def let_in(request: web.Request, response: web.Response, came: CameIn) -> web.Response:
    """Give the browser its session, and what makes the device known next time."""
    cookies = request.app[COOKIES]
    cookies.give(response, Cookie.SESSION, came.token)
    cookies.take(response, Cookie.DOOR)
    if came.device:
        cookies.give(response, Cookie.DEVICE, came.device)
    return response


def own_names(request: web.Request) -> Iterable[str]:
    """Give the names of the office, which are guessed first as passwords."""
    office = request.app[CONSOLE].conversation.desk.office
    return (office.name, office.code) if office else ()


def turned_away(refused: Refused, tried: str, field: str = "") -> Faulty:
    """Say why what was ``tried`` (login, password, code, recovery) does not let somebody in."""
    if refused.reason is Reason.WAIT:
        seconds = math.ceil(refused.wait.total_seconds())
        return Faulty({field: say("refused.wait", seconds=seconds)})
    return Faulty({field: say(f"refused.{tried}_{refused.reason}")})


def not_good_enough(found: Iterable[PasswordFault]) -> Faulty:
    """Say what is wrong with a password that was chosen."""
    return Faulty({"password": " ".join(say(f"password.{fault}") for fault in found)})


def typed_twice(password: str, again: str) -> str:
    """Give the password that was typed twice alike.

    Raises:
        Faulty: the two differ.
    """
    if password != again:
        raise Faulty({"again": say("password.differ")})
    return password
