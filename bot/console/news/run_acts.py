"""What people and the program did with a run, as the audit tells it, with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.audit.searching import Sought, entries_of
from bot.console.audit.showing import deed_label
from bot.console.people.roster import names_of
from bot.console.words import say
from bot.newsroom.dispatch import DEEDS
from bot.officials.audit import told_of
from bot.officials.models import OfficerId
from broadcasts.models import RunId

# The latest acts; all of them stand in the audit.
MOST: Final = 30
# What the program does because an officer scheduled it.
BY_SCHEDULE: Final = frozenset(DEEDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAct:
    """One act: what, by whom, when, why."""

    what: str
    who: str
    at: datetime
    note: str


async def run_acts(connection: AsyncConnection, run: RunId) -> Sequence[RunAct]:
    """Give what was done with a run, the latest first; whoever may see the run may read it."""
    sought = Sought(reach=None, kind="run", subject=str(run))
    found = (await entries_of(connection, sought, size=MOST)).rows
    names = await names_of(connection, {OfficerId(one.officer) for one in found if one.officer})
    return [
        RunAct(
            what=deed_label(one.action),
            who=names.get(OfficerId(one.officer or 0), _program(one.action)),
            at=one.at,
            note=told_of(one).note,
        )
        for one in found
    ]


def _program(action: str) -> str:
    return say("runs.by_schedule" if action in BY_SCHEDULE else "news.program")
