"""An officer at the command line with cases: rights, rules and audit are those of the console."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.casework.deeds import Acting
from bot.commands.broadcast.entering import Desk, entered
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.models import Case, CaseId
from bot.feedback.reference import Unread, read_reference
from bot.handling.access import Official, Sight, may_see, official, remember_refused
from bot.handling.bureau import Bureau
from bot.handling.clockwork import OfficeClockwork
from bot.handling.doing import held
from bot.handling.refusing import Refused, Why, in_words
from bot.handling.sealing import Seals
from bot.newsroom.realm import Realm
from bot.officials.permissions import Action
from bot.officials.standing import Standing
from bot.settings import Settings
from bot.storage.case_rows import find_case, find_reference
from bot.vault import open_vaults
from knowledge.models import Office

# What a number of a row may have as signs.
LONGEST = 18


@dataclass(frozen=True, slots=True)
class Placed:
    """An office with what is in force there."""

    office: Office | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Placing:
    """Gives each office with what is in force there."""

    realm: Realm

    def speaking_as(self, office: str) -> Placed:
        """Give the office of a code."""
        known = (one for one in self.realm.snapshot.offices if one.code == office)
        return Placed(next(known, None), self.realm.standing(office))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDesk:
    """Where an officer works on cases."""

    desk: Desk
    bureau: Bureau
    official: Official

    async def seen(self, told: str) -> tuple[Case, Sight]:
        """Give a case by its number or reference, and how much of it the officer sees.

        Raises:
            Refused: there is none for them; that they tried is remembered.
        """
        async with self.desk.database.reading() as connection:
            case = await self._found(told)
            sight = await may_see(connection, case, self.official) if case else Sight.NOTHING
        if case is None or sight is Sight.NOTHING:
            await self._refused(case)
            raise Refused(Why.NOWHERE)
        return case, sight

    @asynccontextmanager
    async def working(self, told: str, action: Action) -> AsyncIterator[tuple[Acting, Case]]:
        """Act upon a case as it is now, in one transaction.

        Raises:
            Refused: the officer may not; that they tried is remembered.
        """
        case, _ = await self.seen(told)
        if not self.official.may_act(case, action):
            await self._refused(case)
            whole = self.official.may(action, case.office)
            raise Refused(Why.NOT_THEIRS if whole else Why.FORBIDDEN)
        async with self.desk.acting() as doing:
            yield doing, await held(doing, case.id, seen=case.version)

    async def _found(self, told: str) -> Case | None:
        async with self.desk.database.reading() as connection:
            if told.isascii() and told.isdigit() and len(told) <= LONGEST:
                return await find_case(connection, CaseId(int(told)))
            reference = read_reference(told)
            if isinstance(reference, Unread):
                return None
            return await find_reference(connection, reference)

    async def _refused(self, case: Case | None) -> None:
        officer = self.desk.officer
        async with self.desk.acting() as doing:
            by = doing.by
        await remember_refused(
            self.desk.database,
            self.desk.clock,
            by,
            office=officer.office if officer else "",
            subject=str(case.id) if case else "?",
        )


@asynccontextmanager
async def at_cases(settings: Settings, login: str) -> AsyncIterator[CaseDesk]:
    """Open the database as the officer with ``login``.

    Raises:
        CannotBegin: nobody has that login, they may not do what they try, or it cannot be done.
    """
    async with entered(settings, login) as desk:
        if desk.officer is None:
            raise CannotBegin(words("feedback")["nobody"])
        realm = desk.realm
        bureau = Bureau(
            clockwork=OfficeClockwork(lambda: realm.snapshot, lambda: realm.stood),
            seals=Seals(open_vaults(settings, make=True).data),
            desks=Placing(realm),
            offices=realm.snapshot.offices,
        )
        async with desk.database.reading() as connection:
            who = await official(connection, desk.officer.id, desk.grants, realm.tree)
        try:
            yield CaseDesk(desk=desk, bureau=bureau, official=who)
        except (Refused, NotAllowed, Overtaken) as fault:
            raise CannotBegin(in_words(fault)) from None
