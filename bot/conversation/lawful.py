"""The lawful way of a complaint or a denunciation, as the office behind a desk tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.conversation.desk import Desk
from bot.feedback.bodies import POLICE
from bot.feedback.facts import office_facts
from bot.feedback.kinds import Kind
from bot.feedback.ways import WayPage, way
from bot.officials.receptions import Body


def lawful_way(desk: Desk, kind: Kind, today: date, site: str) -> tuple[WayPage, ...]:
    """Give the pages of the way of ``kind`` on a day; ``site`` is how citizens reach us.

    Raises:
        ValueError: there is no such way: other kinds are cases of the office.
    """
    facts = office_facts(
        kind,
        desk.office,
        desk.knowledge.snapshot.offices,
        desk.standing,
        known=desk.calendar.on,
        today=today,
        contact=desk.contact(),
        site=site,
    )
    return way(kind, today, replace(facts, bodies={**_police(desk), **facts.bodies}))


def _police(desk: Desk) -> Mapping[str, Body]:
    """Give the nearest police, as the office's data know them."""
    near = desk.places.police(desk.office) if desk.office else None
    if near is None:
        return {}
    return {POLICE: Body(name=near.name, address=near.address, phone=near.phone)}
