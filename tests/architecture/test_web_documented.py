"""Every route of the program is explained to those who build on it."""

from __future__ import annotations

from pathlib import Path

from bot.web.app import create_app
from tests.fakes.house import PaperHouse

EXPLAINED = (Path(__file__).parents[2] / "docs" / "webchat.md").read_text(encoding="utf-8")


def test_every_route_is_in_the_documentation() -> None:
    routes = {
        f"`{route.method} {route.resource.canonical}"
        for route in create_app(PaperHouse()).router.routes()
        if route.resource and route.method != "HEAD"
    }
    assert {route for route in routes if route not in EXPLAINED} == set()
