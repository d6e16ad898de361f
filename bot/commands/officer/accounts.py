"""What the commands do to accounts, in transactions of their own, beside a running program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.casework.deeds import COMMAND_LINE, Acting, acting
from bot.clock import SystemClock
from bot.commands.wording import words
from bot.console.people import officers
from bot.console.people.enrolment import reset_second_factor
from bot.console.people.links import LASTS, make_link
from bot.errors import CannotBegin
from bot.officials.keeping import Bar, Barred, Keeper
from bot.officials.logins import folded, is_login
from bot.officials.models import EVERYWHERE, Grant, Officer, Purpose, Role
from bot.officials.tree import OfficeTree
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.officer_rows import (
    NewOfficer,
    all_officers,
    find_login,
    grants_of,
    officer_of,
)
from bot.storage.opening import open_database
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore

KEEPER: Final = Keeper(officer=None, tree=OfficeTree({}))
WHY: Final = {Bar.LOGIN: "exists", Bar.LAST: "last"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A one-time link as it is printed, and how many hours it is good."""

    address: str
    hours: int


async def add(settings: Settings, login: str, name: str, *, role: Role, office: str) -> Link:
    """Make an account with a role and a link to its first password.

    Raises:
        CannotBegin: the login is taken or none, or there is no such office.
    """
    new = NewOfficer(login=folded(login), name=" ".join(name.split()), office=office)
    if not is_login(new.login) or not new.name:
        raise CannotBegin(words("officer")["no_login"])
    async with open_database(settings) as database:
        await _require_office(database, office)
        async with _keeping(database, new.login) as doing:
            made = await officers.add(doing, KEEPER, new)
            await officers.give(doing, KEEPER, Grant(officer=made, role=role, office=office))
            return await _link(settings, doing, await _named(doing, new.login), Purpose.FIRST)


async def everybody(settings: Settings) -> list[str]:
    """Give a line for each account."""
    async with open_database(settings) as database, database.reading() as connection:
        people = await all_officers(connection)
        granted = await grants_of(connection, [officer.id for officer in people])
    return [_line(officer, granted[officer.id]) for officer in people]


async def reset(settings: Settings, login: str) -> Link:
    """Make a link to a new password; the old one is good until the link is used.

    Raises:
        CannotBegin: nobody has that login, or the account is switched off.
    """
    async with open_database(settings) as database, _keeping(database, login) as doing:
        row = await find_login(doing.connection, folded(login))
        if row is None or not row.active:
            raise CannotBegin(words("officer")["unknown"].format(login=login))
        purpose = Purpose.RESET if row.password_hash else Purpose.FIRST
        return await _link(settings, doing, officer_of(row), purpose)


async def reset_second(settings: Settings, login: str) -> None:
    """Take the second factor of an account away and end its sessions.

    Raises:
        CannotBegin: nobody has that login.
    """
    async with open_database(settings) as database, _keeping(database, login) as doing:
        await reset_second_factor(doing, await _named(doing, login))


async def switch_off(settings: Settings, login: str) -> None:
    """Switch an account off and end its sessions.

    Raises:
        CannotBegin: nobody has that login, or it is the last administrator's.
    """
    async with open_database(settings) as database, _keeping(database, login) as doing:
        officer = await _named(doing, login)
        await officers.switch_off(doing, KEEPER, officer.id, "")


@asynccontextmanager
async def _keeping(database: Database, login: str) -> AsyncIterator[Acting]:
    """Act from the command line; what bars it is told in words."""
    try:
        async with acting(database, SystemClock(), COMMAND_LINE) as doing:
            yield doing
    except Barred as barred:
        raise CannotBegin(words("officer")[WHY[barred.bar]].format(login=login)) from None


async def _named(doing: Acting, login: str) -> Officer:
    row = await find_login(doing.connection, folded(login))
    if row is None:
        raise CannotBegin(words("officer")["unknown"].format(login=login))
    return officer_of(row)


async def _require_office(database: Database, office: str) -> None:
    if office == EVERYWHERE:
        return
    store = SqlSnapshotStore(database)
    await publish_shipped(store)
    known = sorted(one.code for one in (await store.layers()).snapshot().offices)
    if office not in known:
        told = words("officer")["unknown_office"]
        raise CannotBegin(told.format(office=office, known=", ".join(known)))


async def _link(settings: Settings, doing: Acting, officer: Officer, purpose: Purpose) -> Link:
    path, _ = await make_link(doing, officer, purpose, by=None)
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    reached = settings.public_url or f"http://{host}:{settings.port}"
    return Link(address=reached + path, hours=LASTS[purpose] // timedelta(hours=1))


def _line(officer: Officer, granted: tuple[Grant, ...]) -> str:
    told = words("officer")
    roles = "; ".join(
        f"{told[grant.role]}: {grant.office or told['everywhere']}" for grant in granted
    )
    state = told["on" if officer.active else "switched_off"]
    second = told["with_second" if officer.second_factor else "without_second"]
    return f"{officer.login}\t{officer.name}\t{roles}\t{second}\t{state}"
