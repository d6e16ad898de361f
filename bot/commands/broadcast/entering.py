"""An officer at the command line: with the rights and in the name they have in the console."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import COMMAND_LINE, Acting, acting
from bot.clock import Clock, SystemClock
from bot.commands.wording import words
from bot.conversation.opening import home_office
from bot.errors import CannotBegin
from bot.newsroom.deployment import Deployment
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import NoSuchBroadcast
from bot.officials.audit import LONGEST_ACTOR, By
from bot.officials.logins import folded
from bot.officials.models import Grant, Officer
from bot.officials.permissions import Action, may
from bot.settings import Settings
from bot.storage.broadcast_rows import find_broadcast
from bot.storage.database import Database
from bot.storage.officer_rows import find_login, grants_of, officer_of
from bot.storage.opening import open_database
from bot.storage.standing_rows import load_standing
from broadcasts.texts import Broadcast
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody with an account at the command line; without one everything may only be seen."""

    database: Database
    clock: Clock
    realm: Realm
    officer: Officer | None
    # The office that answers citizens; who belongs to none speaks for it.
    answering: str
    grants: tuple[Grant, ...] = ()

    @property
    def office(self) -> str:
        """Give the code of the office that speaks where none is typed; nothing where is none."""
        return (self.officer.office if self.officer else "") or self.answering

    async def reach(self, number: int, action: Action) -> Broadcast:
        """Give a broadcast the officer may do ``action`` with; others are not there for them.

        Raises:
            NoSuchBroadcast: there is none in their branch.
            CannotBegin: they may see it, no more.
        """
        async with self.database.reading() as connection:
            found = await find_broadcast(connection, number)
        if found is None or not self.covers(found.office):
            raise NoSuchBroadcast
        self.require(action, found.office)
        return found

    def covers(self, office: str) -> bool:
        """Tell whether an office lies in the officer's branch."""
        return any(self.realm.tree.covers(grant.office, office) for grant in self.grants)

    def require(self, action: Action, office: str) -> None:
        """Ask whether the officer may do ``action`` at ``office``.

        Raises:
            CannotBegin: they may not.
        """
        if not may(self.grants, action, office, self.realm.tree):
            login = self.officer.login if self.officer else ""
            told = words("broadcast")[f"act_{action}"]
            raise wrong("forbidden", login=login, act=told, office=office)

    def acting(self) -> AbstractAsyncContextManager[Acting]:
        """Act in the officer's name.

        Raises:
            CannotBegin: nobody was named.
        """
        if self.officer is None:
            raise wrong("nobody")
        told = f"{self.officer.name} ({self.officer.login})"
        by = By(officer=self.officer.id, actor=told[:LONGEST_ACTOR], address=COMMAND_LINE.actor)
        return acting(self.database, self.clock, by)


@asynccontextmanager
async def entered(settings: Settings, login: str) -> AsyncIterator[Desk]:
    """Open the database as the officer with ``login``, or as nobody.

    Raises:
        CannotBegin: nobody has that login, or the account is switched off.
        UnknownOffice: no office has the code that ``OFFICE`` names.
    """
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database)
        await publish_shipped(store)
        async with database.reading() as connection:
            stood = await load_standing(connection)
            officer: Officer | None = None
            grants: tuple[Grant, ...] = ()
            if login:
                officer = await _officer(connection, login)
                grants = (await grants_of(connection, [officer.id]))[officer.id]
        snapshot = (await store.layers()).snapshot()
        realm = Realm.of(snapshot, stood, deployment=Deployment.of(settings))
        home = home_office(realm.snapshot.offices, settings.office)
        yield Desk(
            database=database.unhurried(),
            clock=SystemClock(),
            realm=realm,
            officer=officer,
            answering=home.code if home else "",
            grants=grants,
        )


async def _officer(connection: AsyncConnection, login: str) -> Officer:
    row = await find_login(connection, folded(login))
    if row is None or not row.active:
        raise CannotBegin(words("officer")["unknown"].format(login=login))
    return officer_of(row)


def wrong(why: str, **gaps: object) -> CannotBegin:
    """Say what hinders a command, in the words of ``[broadcast]``."""
    return CannotBegin(words("broadcast")[why].format(**gaps))
