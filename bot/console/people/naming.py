"""How deeds upon accounts are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.console.people.doorway import Caller
from bot.officials.audit import LONGEST_ACTOR, By, Deed
from bot.officials.models import Officer


def of_caller(officer: Officer, caller: Caller) -> By:
    """Name an officer who is coming in."""
    told = f"{officer.name} ({officer.login})"[:LONGEST_ACTOR]
    return By(officer=officer.id, actor=told, address=caller.address)


def deed_of(
    officer: Officer, action: str, *, after: Mapping[str, Any] | None = None, note: str = ""
) -> Deed:
    """Tell what was done to an officer's account."""
    return Deed(
        action=action,
        office=officer.office,
        kind="officer",
        subject=str(officer.id),
        after={"login": officer.login, **(after or {})},
        note=note,
    )
