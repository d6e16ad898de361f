"""A session is found by its token's hash with officer and grants, as long as it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.officials.models import OfficerId, Role, Session, Stage
from bot.storage.database import Database
from bot.storage.officer_rows import (
    NewOfficer,
    add_officer,
    find_officer,
    grants_of,
    set_grants,
    switch,
)
from bot.storage.session_rows import (
    begin_session,
    end_session,
    end_sessions,
    find_session,
    touch_session,
)
from tests.conftest import NOON, FrozenClock

IDLE = timedelta(minutes=30)


@pytest.fixture
async def officer(database: Database) -> OfficerId:
    new = NewOfficer(login="lan", name="Lan", office="xa-a")
    async with database.writing() as connection:
        made = await add_officer(connection, new, at=NOON)
        wanted = [(Role.PREPARER, "xa-a"), (Role.LEADER, ""), (Role.PREPARER, "xa-a")]
        await set_grants(connection, made, wanted, at=NOON)
        session = Session(
            id=7,
            officer=made,
            stage=Stage.FULL,
            began_at=NOON,
            seen_at=NOON,
            until=NOON + timedelta(hours=12),
            address="127.0.0.1",
            agent="máy thử",
            sure_at=None,
        )
        await begin_session(connection, session, "hash")
    return made


async def _roles(database: Database, clock: FrozenClock, token: str = "hash") -> set[str] | None:
    async with database.reading() as connection:
        entered = await find_session(connection, token, now=clock.now(), idle=IDLE)
    return {f"{grant.role}@{grant.office}" for grant in entered.grants} if entered else None


async def test_it_tells_who_came_and_what_they_may(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    assert await _roles(database, clock) == {"preparer@xa-a", "leader@"}
    assert await _roles(database, clock, "other") is None
    async with database.writing() as connection:
        await set_grants(connection, officer, [], at=NOON)
        assert await grants_of(connection, [officer]) == {officer: ()}
    assert await _roles(database, clock) == set()


async def test_it_ends_when_idle_or_over(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    assert officer
    async with database.writing() as connection:
        await touch_session(connection, 7, now=clock.now() + timedelta(hours=1))
    clock.move(timedelta(minutes=89))
    assert await _roles(database, clock)
    clock.move(timedelta(minutes=2))
    assert await _roles(database, clock) is None


async def test_switching_off_or_ending_shuts_it(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        assert await switch(connection, officer, on=False, at=NOON)
        assert not await switch(connection, officer, on=False, at=NOON)
    assert await _roles(database, clock) is None
    async with database.writing() as connection:
        assert await switch(connection, officer, on=True, at=NOON)
        found = await find_officer(connection, officer)
        assert found
        assert found.active
        assert not await end_session(connection, 7, OfficerId(officer + 1))
        assert await end_session(connection, 7, officer)
        assert await end_sessions(connection, officer) == 0
    assert await _roles(database, clock) is None
