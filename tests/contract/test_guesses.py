"""Failed attempts to come in are told per account, of the last day, from whichever device."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.console.people.roster import Account, Sought, account, accounts
from bot.officials.models import OfficerId
from bot.officials.throttle import FREE_FAILURES, Tried
from bot.storage import pending_rows
from bot.storage.database import Database
from bot.storage.device_rows import remember_device
from bot.storage.officer_rows import NewOfficer, add_officer
from bot.storage.throttle_rows import account_key, count_attempt, device_key, to_wait
from tests.conftest import NOON

DAY = timedelta(days=1)


async def tried(database: Database, key: str, times: int = 1) -> None:
    """Fail ``times``, each as late as it may be."""
    at = NOON - timedelta(hours=1)
    async with database.writing() as connection:
        for _ in range(times):
            at += await to_wait(connection, key, now=at)
            await count_attempt(connection, key, now=at)


@pytest.fixture
async def lan(database: Database) -> OfficerId:
    async with database.writing() as connection:
        made = [
            await add_officer(connection, NewOfficer(login=login, name=login, office=at), at=NOON)
            for login, at in (("lan", "xa-a"), ("hoa", "xa-b"))
        ]
        await remember_device(connection, "máy của lan", made[0], now=NOON)
    return made[0]


async def told(database: Database, officer: OfficerId, *, later: timedelta = DAY * 0) -> Account:
    async with database.reading() as connection:
        found = await account(connection, officer, now=NOON + later)
    assert found
    return found


async def test_what_failed_upon_an_account_is_told_together(
    database: Database, lan: OfficerId
) -> None:
    assert (await told(database, lan)).guesses is None
    await tried(database, account_key(Tried.PASSWORD, str(lan)), 3)
    await tried(database, account_key(Tried.CODE, str(lan)))
    await tried(database, device_key(Tried.PASSWORD, "máy của lan"))
    await tried(database, device_key(Tried.PASSWORD, "máy của ai"), 7)
    await tried(database, account_key(Tried.PASSWORD, "a" * 64), 7)
    guesses = (await told(database, lan)).guesses
    assert guesses
    assert (guesses.failures, guesses.many) == (5, True)
    assert guesses.last_at == NOON - timedelta(hours=1)
    assert (await told(database, lan, later=DAY)).guesses is None


async def test_whom_somebody_guesses_at_is_found_and_counted(
    database: Database, lan: OfficerId
) -> None:
    await tried(database, account_key(Tried.PASSWORD, str(lan)), FREE_FAILURES + 1)
    await tried(database, account_key(Tried.PASSWORD, str(lan + 1)), FREE_FAILURES - 1)
    async with database.reading() as connection:
        found = await accounts(connection, Sought(reach=None, guessed=True), now=NOON)
        everybody = await accounts(connection, Sought(reach=None), now=NOON)
        waits = [
            await pending_rows.pending(connection, [pending_rows.guessed(offices, NOON)])
            for offices in (None, {"xa-a"}, {"xa-b"})
        ]
    assert [one.officer.id for one in found.rows] == [lan]
    assert len(everybody.rows) == 2
    assert [sum(one.count for one in counts) for counts in waits] == [1, 1, 0]
