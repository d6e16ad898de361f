"""Pages shown in answer to a form: they stand under an address of forms, and lead away from it."""

from __future__ import annotations

import html
import re
from http import HTTPStatus
from urllib.parse import quote

import pytest

from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Gate, Way
from bot.officials.models import EVERYWHERE, Role
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.objects import OBJECTS, OWN_PARTS

PART = re.compile(r"\{(\w+)\}")
LED = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"]*)"')
FILTER = re.compile(r'<form\b[^>]*?method="get"[^>]*?action="([^"]*)"')
PARTS = 2
SHOWN_AGAIN = [
    way for way in ways_of(ROOMS) if way.again and way.rule not in (Gate.OPEN, Gate.SECOND)
]


async def _address(way: Way, house: ConsoleHouse) -> str:
    parts = OWN_PARTS.get(way.name, {})
    if way.of is not None:
        found = await OBJECTS[way.of](house, HERE) or await OBJECTS[way.of](house, EVERYWHERE)
        assert found is not None, way.name
        parts = found
    return PART.sub(lambda one: quote(parts[one[1]], safe=""), way.path)


async def _leads_nowhere(seat: Seat, address: str) -> bool:
    shown = await seat.get(html.unescape(address).removeprefix("/console"))
    return shown.status in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_FOUND}


@pytest.mark.parametrize("part", range(PARTS))
async def test_links_and_filters_of_a_form_shown_again_lead_to_pages(
    house: ConsoleHouse, signed_in: Reception, part: int
) -> None:
    shown_again = 0
    for way in SHOWN_AGAIN[part::PARTS]:
        seat = await signed_in(*Role, office=EVERYWHERE, sure=True)
        shown = await seat.post(await _address(way, house))
        content = shown.text.partition("<main")[2]
        if shown.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            continue
        shown_again += 1
        for led in LED.findall(content):
            assert led.startswith(("/", "#", "https://", "http://", "tel:")), (way.name, led)
        for led in FILTER.findall(content):
            assert not await _leads_nowhere(seat, led), (way.name, led)
    assert shown_again > len(SHOWN_AGAIN) // PARTS // 2


@pytest.mark.parametrize("page", ["notices", "rules"])
async def test_after_a_fault_another_office_can_be_looked_at(
    signed_in: Reception, page: str
) -> None:
    seat = await signed_in(Role.ADMINISTRATOR, office=EVERYWHERE)
    shown = await seat.post(f"/settings/{page}/xa-b")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert FILTER.findall(shown.text) == [f"/console/settings/{page}"]
    assert '<option value="xa-b" selected' in shown.text
