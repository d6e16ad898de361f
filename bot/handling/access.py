"""Who sees and moves a case: one rule for console and command line, and refusals remembered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import acting
from bot.clock import Clock
from bot.feedback.models import Case, CaseId, UnitId
from bot.handling.doing import KIND
from bot.officials.audit import By, Deed
from bot.officials.models import Grant, OfficerId
from bot.officials.permissions import Action, may
from bot.officials.tree import OfficeTree
from bot.storage.case_reach_rows import sent_from
from bot.storage.conflict_rows import is_of
from bot.storage.database import Database
from bot.storage.once_rows import taken_first
from bot.storage.unit_rows import units_with

# Of one officer at one case no more than one refusal is remembered in such a time.
A_MINUTE: Final = "%Y%m%d%H%M"


class Sight(StrEnum):
    """How much of a case an officer sees: nothing, where it stands, everything in it."""

    NOTHING = "nothing"
    STATE = "state"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An officer as cases see them: what they are where, and the units they work in."""

    officer: OfficerId
    grants: tuple[Grant, ...]
    units: frozenset[UnitId]
    tree: OfficeTree

    def may(self, action: Action, office: str) -> bool:
        """Tell whether the officer's roles allow something at an office."""
        return may(self.grants, action, office, self.tree)

    def may_act(self, case: Case, action: Action) -> bool:
        """Tell whether the officer may do something with a case.

        Who only prepares acts on cases of their own or of their units.
        """
        if not self.may(action, case.office):
            return False
        theirs = case.officer == self.officer or case.unit in self.units
        return theirs or self.may(Action.CASES_ASSIGN, case.office)


async def official(
    connection: AsyncConnection,
    officer: OfficerId,
    grants: tuple[Grant, ...],
    tree: OfficeTree,
) -> Official:
    """Give an officer with the units they work in."""
    units = await units_with(connection, officer)
    return Official(officer=officer, grants=grants, units=units, tree=tree)


async def may_see(connection: AsyncConnection, case: Case, by: Official) -> Sight:
    """Tell how much of a case an officer sees.

    An office that gave a case away sees where it stands, no more; whom it complains of, nothing.
    """
    if await is_of(connection, by.officer, case.id):
        return Sight.NOTHING
    if by.may(Action.CASES_SEE, case.office):
        return Sight.WHOLE
    return Sight.NOTHING if await giver(connection, case.id, by) is None else Sight.STATE


async def giver(connection: AsyncConnection, case: CaseId, by: Official) -> str | None:
    """Give an office that transferred a case and whose cases an officer sees."""
    before = sorted(await sent_from(connection, case))
    return next((office for office in before if by.may(Action.CASES_SEE, office)), None)


async def remember_refused(
    database: Database, clock: Clock, by: By, *, office: str, subject: str, kind: str = KIND
) -> None:
    """Put into the audit that somebody tried to reach a case, or a ``kind``, not theirs."""
    now = clock.now()
    async with acting(database, clock, by) as doing:
        action = f"{kind}_look_refused"
        token = f"{action}.{by.officer}.{subject}.{now:{A_MINUTE}}"
        if await taken_first(doing.connection, token, at=now):
            doing.did(Deed(action=action, office=office, kind=kind, subject=subject))
