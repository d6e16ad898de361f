"""Setting up the second factor; its recovery codes are shown once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import hdrs, web

from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.calling import caller_of, let_in, turned_away
from bot.console.cookies import Cookie
from bot.console.fields import Secret
from bot.console.formats import moment
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import CONSOLE, COOKIES, DOORWAY, VISIT
from bot.console.people.doorway import Refused
from bot.console.people.enrolment import renew_codes, secret_to_enrol, set_up, still_good
from bot.console.qr import draw
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.routing import Gate, Room
from bot.console.words import say
from bot.officials.models import Stage
from bot.officials.totp import otpauth, secret_text

LONGEST_CODE: Final = 64
room: Final = Room("enrol")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolForm:
    """The first code of a new application."""

    code: Annotated[str, Secret(LONGEST_CODE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepForm:
    """The recovery codes as the page shows them."""

    codes: Annotated[str, Secret()]


@room.page("/enrol", Gate.ENROL, queries=1, sure=True)
async def enrol(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what the application needs: the same until it is proved."""
    return await enrol_again(request, actor, BLANK)


async def enrol_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it, and what was wrong with the code."""
    secret = secret_to_enrol(_token(request))
    office = request.app[CONSOLE].conversation.desk.office
    issuer = say("enrol.issuer", office=office.name if office else "").strip()
    return page(
        request,
        "second/enrol.html",
        typed=typed,
        qr=draw(otpauth(secret, login=actor.officer.login, issuer=issuer)),
        secret=secret_text(secret),
        required=actor.session.stage is Stage.ENROL,
        replaces=actor.officer.second_factor,
    )


@room.act("/enrol", Gate.ENROL, form=EnrolForm, again=enrol_again, sure=True)
async def turn_on(request: web.Request, actor: Actor, form: EnrolForm) -> web.StreamResponse:
    """Take the second factor into use, and show the recovery codes this once."""
    caller = caller_of(request)
    done = await set_up(request.app[DOORWAY], actor, _token(request), form.code, caller)
    if isinstance(done, Refused):
        raise turned_away(done, "code", "code")
    came, codes = done
    # What the page signs its forms with is the new session's from here on.
    request[VISIT].secret = came.token
    return let_in(request, page(request, "second/codes.html", codes=codes), came)


@room.act("/account/codes", Gate.OWN, form=WishForm, sure=True)
async def renew(request: web.Request, actor: Actor, _form: WishForm) -> web.StreamResponse:
    """Make new recovery codes, and show them this once."""
    codes = await renew_codes(request.app[DOORWAY], actor)
    if not codes:
        return see_other(address(request, "account.account"))
    return page(request, "second/codes.html", codes=codes)


@room.act("/account/codes/file", Gate.OWN, form=KeepForm)
async def keep(request: web.Request, actor: Actor, form: KeepForm) -> web.StreamResponse:
    """Give the codes that were just shown as a text file; nothing but the page still has them."""
    codes = await still_good(request.app[DOORWAY], actor, form.codes.split())
    if not codes:
        raise Faulty({"": say("enrol.codes_gone")})
    made = moment(request.app[CONSOLE].clock.now())
    heading = say("enrol.codes_file", login=actor.officer.login, time=made)
    headers = {
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{say("enrol.codes_stem")}.txt"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(text="\r\n".join((heading, "", *codes, "")), headers=headers)


def _token(request: web.Request) -> str:
    return request.app[COOKIES].read(request, Cookie.SESSION)
