"""Two people at one record, side by side: what each wants, and what stood there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.console.knowledge.cells import Sheet
from bot.console.knowledge.history import NOT_IN_FORCE
from bot.console.words import say
from bot.officials.changes import ChangeKind, Clash
from bot.storage.database import Database
from bot.storage.history_rows import history_of
from knowledge.encoding import fields_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A field both changed: its three texts."""

    name: str
    heading: str
    mine: str
    theirs: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What the page of a clash shows: fields to choose, and those that are joined already."""

    sides: tuple[Side, ...]
    joined: Mapping[str, str]
    beneath: bool
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Who changed the same thing meanwhile, and when."""

    name: str
    at: datetime


def meeting(clash: Clash, sheet: Sheet, record_of: Callable[[Mapping[str, Any]], Any]) -> Meeting:
    """Lay a clash out as texts; ``record_of`` gives the record of what the office would state."""

    def texts(state: Mapping[str, Any]) -> dict[str, str]:
        return sheet.texts(record_of(fields_of(sheet.model, state)))

    mine, theirs, before = texts(clash.mine), texts(clash.theirs), texts(clash.seen)
    sides = tuple(
        Side(
            name=name,
            heading=sheet.headings[name],
            mine=mine[name],
            theirs=theirs[name],
            before=before[name],
        )
        for name in clash.clashing
        if name in sheet.headings and mine[name] != theirs[name]
    )
    chosen = {side.name for side in sides}
    joined = {name: text for name, text in texts(clash.merged).items() if name not in chosen}
    return Meeting(sides=sides, joined=joined, beneath=clash.beneath, token=clash.token)


async def other(database: Database, kind: ChangeKind, office: str, ref: str) -> Other | None:
    """Give who put a change of the thing in force last; nothing where no account did."""
    async with database.reading() as connection:
        noted = await history_of(connection, kind, office, ref)
    in_force = (one for one in noted if one.change.status not in NOT_IN_FORCE)
    last = next(in_force, None)
    if last is None or last.change.decided_at is None:
        return None
    return Other(name=last.author or say("card.no_account"), at=last.change.decided_at)
