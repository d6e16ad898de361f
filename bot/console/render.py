"""From a template to a page: values escaped, gaps refused, words and addresses at hand.

Every template has ``say(key, …)``, ``who_may(action)``, ``url(way, …)``, ``static(file)``,
``once()`` for a form that may be taken only once, ``csrf`` (the value of its hidden field
``_csrf``), ``actor`` (``None`` before the door), ``office``, ``menu``, ``here``, ``done``,
``failed``, ``typed``, ``writing`` (which form of the page is being written), ``now`` and
``plain_http``, and the filters ``browser``, ``dated``, ``day``, ``moment``, ``number``, ``size``,
``share``, ``timing``. A value that is missing is an error, not a blank.
"""

from __future__ import annotations

from functools import cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.console import formats
from bot.console.agents import browser
from bot.console.cookies import Cookie, fresh_token
from bot.console.forms import BLANK, Writing
from bot.console.keys import CONSOLE, COOKIES, FILES, HEADERS, MENU, TEMPLATES, VISIT
from bot.console.origin import form_token
from bot.console.people.tree import unbranched
from bot.console.redirects import address, told_before
from bot.console.words import say
from bot.officials.models import Role
from bot.officials.permissions import Action, permissions
from broadcasts.composing.checking import is_safe

FOLDER: Final = Path(__file__).parent / "templates"
FILTERS: Final = (
    browser,
    formats.dated,
    formats.day,
    formats.degree,
    formats.moment,
    formats.number,
    formats.size,
    formats.share,
    formats.timing,
    unbranched,
)


@cache
def read_templates(folder: Path = FOLDER) -> Environment:
    """Give the templates, each read and compiled when it is first asked for and then kept.

    Compiling all of them would be a third of the time a start takes.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update({one.__name__: one for one in FILTERS})
    # A draft may hold any address until it is submitted.
    environment.tests["safe_address"] = is_safe
    environment.globals |= {
        "say": say,
        "once": fresh_token,
        "ago": formats.ago,
        "who_may": who_may,
    }
    return environment


def who_may(action: str) -> str:
    """Give the roles to which an action is open, in words."""
    open_to = permissions()[Action(action)]
    return ", ".join(say(f"roles.{role}") for role in Role if role in open_to)


def page(
    request: web.Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> web.Response:
    """Give the page of ``template`` with ``values``, none called as what every template has."""
    visit, always = request[VISIT], _always(request)
    hidden = values.keys() & always.keys() - {"typed"}
    if hidden:
        raise ValueError(f"{template}: every template has {', '.join(sorted(hidden))}")
    told = always | values
    told["writing"] = Writing(told["typed"])
    text = request.app[TEMPLATES].get_template(template).render(told)
    headers = request.app[HEADERS]
    response = web.Response(text=text, status=status, content_type="text/html", headers=headers)
    if visit.door:
        request.app[COOKIES].give(response, Cookie.DOOR, visit.door)
    return response


def _always(request: web.Request) -> dict[str, Any]:
    visit, house = request[VISIT], request.app[CONSOLE]
    files = request.app[FILES]
    desk = house.conversation.desk
    return {
        "url": partial(address, request),
        "static": lambda name: f"/console/static/{name}?v={files[name].fingerprint}",
        "csrf": form_token(visit.secret) if visit.secret else "",
        "actor": visit.actor,
        "office": desk.office.name if desk.office else "",
        "menu": request.app[MENU].shown(visit.actor),
        "here": visit.page or request.path,
        "done": told_before(request, "done"),
        "failed": told_before(request, "failed"),
        "typed": BLANK,
        "doubts": visit.doubts,
        "now": house.clock.now(),
        "plain_http": request.app[COOKIES].plain,
    }
