"""Being sure: a dangerous act wants the password typed lately, or typed along with it.

The page that asks for it carries the fields that were sent, so that with the right password the
act is done in one go. What is secret, or a file, is never carried: there the password comes first
and the act is done again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web
from multidict import MultiDict, MultiMapping

from bot.console.actor import Actor
from bot.console.calling import caller_of, turned_away
from bot.console.fields import Secret, Wrong
from bot.console.forms import TOKEN_FIELD, Faulty, Typed, Value, has_secret, has_upload
from bot.console.keys import CONSOLE, DOORWAY, PORCH, VISIT
from bot.console.people.porch import Crowded
from bot.console.people.signing_in import make_sure
from bot.console.render import page
from bot.console.routing import Way
from bot.console.words import say, wording
from bot.officials.models import Stage

SURE_FOR: Final = timedelta(minutes=10)
# After so long those who wait before the door have had their turn.
BUSY_SECONDS: Final = 5
PASSWORD_FIELD: Final = "_password"  # noqa: S105 - a name


def is_sure(request: web.Request, actor: Actor) -> bool:
    """Tell whether the officer's password was typed in the last minutes."""
    if actor.session.stage is Stage.ENROL:
        # It lasts for minutes itself, and the password opened it.
        return True
    sure_at = actor.session.sure_at
    return sure_at is not None and request.app[CONSOLE].clock.now() - sure_at <= SURE_FOR


def is_carried(way: Way) -> bool:
    """Tell whether the page that asks for the password can hold what was sent to ``way``."""
    return way.form is not None and not has_secret(way.form) and not has_upload(way.form)


def apart(sent: MultiMapping[Value]) -> tuple[MultiMapping[Value], str | None]:
    """Give the fields of an act, and the password that came along if one did."""
    fields = MultiDict(sent)
    password = fields.popall(PASSWORD_FIELD, [])
    return fields, str(password[0]) if password else None


async def asked_first(
    request: web.Request, way: Way, sent: MultiMapping[Value], password: str | None
) -> web.Response | None:
    """Give the page that asks for the password; nothing where the act may be done now."""
    actor = request[VISIT].actor
    if not way.sure or actor is None or is_sure(request, actor):
        return None
    if password is None:
        return _asking(request, way, sent, {})
    try:
        async with request.app[PORCH].turn():
            await _prove(request, actor, password)
    except Faulty as faulty:
        return _asking(request, way, sent, faulty.faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Crowded:
        told = {PASSWORD_FIELD: say("refused.busy", seconds=BUSY_SECONDS)}
        shown = _asking(request, way, sent, told, HTTPStatus.TOO_MANY_REQUESTS)
        shown.headers[hdrs.RETRY_AFTER] = str(BUSY_SECONDS)
        return shown
    return None


async def _prove(request: web.Request, actor: Actor, password: str) -> None:
    if not password:
        raise Faulty({PASSWORD_FIELD: say("faults.required")})
    try:
        typed = Secret().read(password)
    except Wrong as wrong:
        raise Faulty({PASSWORD_FIELD: str(wrong)}) from None
    refused = await make_sure(request.app[DOORWAY], actor, typed, caller_of(request))
    if refused:
        raise turned_away(refused, "password", PASSWORD_FIELD)


def _asking(
    request: web.Request,
    way: Way,
    sent: MultiMapping[Value],
    faults: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> web.Response:
    return page(
        request,
        "account/sure_act.html",
        status=status,
        typed=Typed(values={PASSWORD_FIELD: ("",)}, faults=faults),
        act=_told(way, request[VISIT].named),
        address=str(request.rel_url),
        carried=[(name, value) for name, value in sent.items() if name != TOKEN_FIELD],
    )


def _told(way: Way, name: str) -> str:
    key = f"sure_acts.{way.name.replace('.', '_')}"
    return say(key, name=name) if key in wording().sentences else say("sure.intro")
