"""How the pages look: templates and the two files beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.fakes.zalo.clock import VIETNAM

HERE: Final = Path(__file__).parent
_templates: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["when"] = lambda at: f"{at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
_templates.filters["hour"] = lambda at: f"{at.astimezone(VIETNAM):%H:%M}"


def page(name: str, **told: Any) -> web.Response:
    """Fill a template."""
    text = _templates.get_template(name).render(**told)
    return web.Response(text=text, content_type="text/html")


async def stylesheet(_request: web.Request) -> web.Response:
    return web.Response(text=_file("page.css"), content_type="text/css")


async def script(_request: web.Request) -> web.Response:
    return web.Response(text=_file("page.js"), content_type="text/javascript")


def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
