"""The frame of a page: its window's name, the room it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest
from jinja2 import Template

from bot.console.forms import BLANK
from bot.console.menu import Group, Item
from bot.console.render import read_templates
from tests.conftest import NOON

PAGE = """
{% extends "layout.html" %}
{% block title %}{{ name }}{% endblock %}
{% block content %}{% endblock %}
"""
ADDRESSES = {
    "home": "/console/", "cards": "/console/cards", "why": "/console/cards/why",
    "settings": "/console/settings", "wording": "/console/settings/sentences",
}  # fmt: skip


@dataclass
class Somebody:
    id: int = 7
    name: str = "Lan"


@dataclass
class Present:
    officer: Somebody


@cache
def _page() -> Template:
    return read_templates().from_string(PAGE)


def _shown(here: str = "/console/", name: str = "Mẫu") -> str:
    items = tuple(Item(key=key, label=key, way=key) for key in ADDRESSES)
    return _page().render(
        name=name, menu=(Group(label="", items=items),), here=here, office="Xã A", csrf="x",
        actor=Present(Somebody()), done="", failed="", now=NOON, plain_http=False, typed=BLANK,
        url=lambda way: ADDRESSES[way], static=lambda file: file,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("here", "room", "how"),
    [
        ("/console/", "home", "page"),
        ("/console/cards", "cards", "page"),
        ("/console/cards/xa-a/1.001193", "cards", "true"),
        ("/console/cards/why", "why", "page"),
        ("/console/settings/sentences/xa-a/menu", "wording", "true"),
        ("/console/settings/rules", "settings", "true"),
    ],
)
def test_one_room_is_marked(here: str, room: str, how: str) -> None:
    marked = re.findall(r'data-room="(\w+)" aria-current="(\w+)"', _shown(here))
    assert marked == [(room, how)]


def test_a_page_of_no_room_marks_none() -> None:
    assert "aria-current" not in _shown("/console/cardsharp")


def test_the_window_is_called_as_the_page_and_no_sign_is_escaped_twice() -> None:
    shown = _shown(name='Mẫu "A" & <b>')
    told = "Mẫu &#34;A&#34; &amp; &lt;b&gt;"
    assert f"<title>{told} – Xã A</title>" in shown
    assert f"<h1>{told}</h1>" in shown
