"""What stands around every way of the console: its errors end as pages in Vietnamese."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.console.actor import Forbidden
from bot.console.formats import size
from bot.console.forms import UnknownField
from bot.console.keys import CONSOLE, VISIT
from bot.console.people.porch import Crowded
from bot.console.redirects import HOME, own_address, see_other
from bot.console.refusals import BadForm, NoSession, NotSure, WrongStage
from bot.console.render import page
from bot.console.routing import NotThere
from bot.console.visit import Visit
from bot.console.words import say
from bot.officials.models import Stage
from bot.storage.database import OUT_OF_REACH
from bot.storage.errors import Unavailable
from bot.web.refusals import Refusal

DOOR: Final = "/console/sign-in"
SURE: Final = "/console/sure"
# Where somebody belongs who is not where their session is.
STAGE_ROOMS: Final = {
    Stage.SECOND: "/console/second",
    Stage.ENROL: "/console/enrol",
    Stage.FULL: HOME,
}
TRY_AGAIN_SECONDS: Final = 5
UNREACHED: Final = (Unavailable, TimeoutError, *OUT_OF_REACH)
IN_WORDS: Final[Mapping[int, str]] = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "bad_form",
}
log = structlog.get_logger()


@web.middleware
async def errors_in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals and faults into pages; nothing of the inside is shown."""
    request[VISIT] = Visit()
    try:
        return await handler(request)
    except (NoSession, WrongStage, NotSure) as refusal:
        return _led_elsewhere(request, refusal)
    except (BadForm, UnknownField, NotThere, Forbidden, Crowded, Refusal) as refusal:
        return _refused(request, refusal)
    except web.HTTPException as error:
        return _reworded(request, error)
    except UNREACHED as error:
        log.warning("console_unavailable", path=request.path, fault=type(error).__name__)
        return _later(request, HTTPStatus.SERVICE_UNAVAILABLE, "database")
    except Exception as error:  # the officer gets an id to name
        if request.writer.output_size:
            raise
        return _admit(request, error)


def _led_elsewhere(
    request: web.Request, refusal: NoSession | WrongStage | NotSure
) -> web.StreamResponse:
    if isinstance(refusal, WrongStage):
        return see_other(STAGE_ROOMS[refusal.stage])
    if isinstance(refusal, NotSure):
        return see_other(f"{SURE}?next={quote(_after_sure(request), safe='/')}")
    by_script = "application/json" in request.headers.get(hdrs.ACCEPT, "")
    if request.method != hdrs.METH_GET or by_script:
        return error_page(request, HTTPStatus.UNAUTHORIZED, "expired")
    return see_other(f"{DOOR}?next={quote(own_address(request.path_qs), safe='/')}")


def _after_sure(request: web.Request) -> str:
    """Give the page asked for, or the one a form was sent from: it says to send it again."""
    if request.method == hdrs.METH_GET:
        return own_address(request.path_qs)
    came_from = urlsplit(request.headers.get(hdrs.REFERER, ""))
    page_before = own_address(came_from._replace(scheme="", netloc="", fragment="").geturl())
    return f"{page_before}{'&' if '?' in page_before else '?'}failed=do_again"


def _refused(
    request: web.Request,
    refusal: BadForm | UnknownField | NotThere | Forbidden | Crowded | Refusal,
) -> web.Response:
    match refusal:
        case NotThere():
            return error_page(request, HTTPStatus.NOT_FOUND, "not_found")
        case Forbidden():
            values = {
                "action": say(f"actions.{refusal.action}"),
                "office": office_name(request, refusal.office),
            }
            return error_page(request, HTTPStatus.FORBIDDEN, "forbidden", **values)
        case UnknownField():
            return error_page(request, HTTPStatus.BAD_REQUEST, "unknown_field")
        case Crowded():
            return _later(request, HTTPStatus.TOO_MANY_REQUESTS, "crowded")
        case Refusal():
            return error_page(request, refusal.status, refusal.error)
        case BadForm():
            return error_page(request, HTTPStatus.FORBIDDEN, "bad_form")


def _reworded(request: web.Request, error: web.HTTPException) -> web.Response:
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        limit = size(request[VISIT].limit.body)
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", limit=limit)
    status = HTTPStatus(error.status)
    response = error_page(request, status, IN_WORDS.get(status, "bad_request"))
    if hdrs.ALLOW in error.headers:
        response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
    return response


def _later(request: web.Request, status: HTTPStatus, error: str) -> web.Response:
    response = error_page(request, status, error, seconds=TRY_AGAIN_SECONDS)
    response.headers[hdrs.RETRY_AFTER] = str(TRY_AGAIN_SECONDS)
    return response


def _admit(request: web.Request, error: Exception) -> web.Response:
    fault = secrets.token_hex(4)
    log.error("request_failed", id=fault, path=request.path, exc_info=error)
    return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal", id=fault)


def error_page(
    request: web.Request, status: HTTPStatus, error: str, **values: object
) -> web.Response:
    """Give the page of ``errors.<error>`` with its title."""
    return page(
        request,
        "error.html",
        status=status,
        title=say(f"errors.{error}_title"),
        sentence=say(f"errors.{error}", **values),
    )


def office_name(request: web.Request, code: str) -> str:
    """Give what the office of ``code`` is called."""
    office = request.app[CONSOLE].conversation.desk.knowledge.offices.get(code)
    return office.name if office else say("frame.all_offices")
