"""What an office's data give for the lawful ways: its place, the one above, its reception days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from bot.feedback.blanks import blank_address
from bot.feedback.kinds import Kind
from bot.feedback.way_gaps import COMING, OfficeFacts
from bot.officials.hours import DayKnown
from bot.officials.receptions import Body
from bot.officials.standing import Standing
from knowledge.models import Office


def office_facts(  # noqa: PLR0913 - all an office knows of itself
    kind: Kind,
    office: Office | None,
    offices: Iterable[Office],
    standing: Standing,
    *,
    known: DayKnown,
    today: date,
    contact: str,
    site: str,
) -> OfficeFacts:
    """Gather what the way of ``kind`` tells of ``office``; ``known`` knows its days off."""
    reception = standing.reception
    above = next((one for one in offices if office and one.code == office.parent), None)
    return OfficeFacts(
        name=office.name if office else "",
        contact=contact,
        own=_as_body(office),
        above=_as_body(above),
        bodies=standing.bodies,
        reception=reception,
        days=tuple(islice(reception.days(known, today), COMING)) if reception else (),
        form=blank_address(kind, site),
    )


def _as_body(office: Office | None) -> Body:
    if office is None:
        return Body(name="")
    return Body(name=office.name, address=office.address, phone=office.phone)
