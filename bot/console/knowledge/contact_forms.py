"""The forms in which an office says where citizens find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated

from bot.console.fields import Address, Day, Family, Line, Reason, Telephone, Ticked, Time, Words
from bot.console.knowledge.week import BEGINNING, known_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeForm:
    """What an office says of itself."""

    token: Annotated[str, Line(1, 80)]
    reason: Annotated[str, Reason()]
    address: Annotated[str, Line(0, 300)] = ""
    map_url: Annotated[str, Address()] = ""
    phone: Annotated[str, Telephone()] = ""
    email: Annotated[str, Line(0, 120)] = ""
    hours: Annotated[Mapping[str, time | str], Family(BEGINNING, Time(), known_cells)] = field(
        default_factory=dict
    )
    hours_note: Annotated[str, Line(0, 300)] = ""
    aliases: Annotated[str, Words(0, 2000)] = ""
    sure: Annotated[bool, Ticked()] = False
    real: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfNumber:
    """What is told of a number to call; one without a source is not taken."""

    name: Annotated[str, Line(3, 120)]
    purpose: Annotated[str, Line(3, 300)]
    source: Annotated[str, Line(3, 200)]
    seen: Annotated[date, Day()]
    reason: Annotated[str, Reason()]
    url: Annotated[str, Address()] = ""
    aliases: Annotated[str, Words(0, 2000)] = ""
    sure: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineForm(ToldOfNumber):
    """A number there is."""

    token: Annotated[str, Line(1, 80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHotlineForm(ToldOfNumber):
    """A number nobody has yet."""

    phone: Annotated[str, Telephone(25)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HideForm:
    """Why a number goes, or comes back."""

    token: Annotated[str, Line(1, 80)]
    reason: Annotated[str, Reason()]
