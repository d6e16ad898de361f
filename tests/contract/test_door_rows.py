"""The rows behind the door: attempts, links, devices, passwords, second factors."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.officials.models import OfficerId, Purpose
from bot.officials.throttle import wait
from bot.storage.credential_rows import (
    SecondFactor,
    drop_second_factor,
    note_sign_in,
    password_hash_of,
    second_factor_of,
    set_password,
    set_recovery,
    set_second_factor,
    use_step,
)
from bot.storage.database import Database
from bot.storage.device_rows import forget_devices, is_known, remember_device
from bot.storage.key_rows import forget_keys
from bot.storage.link_rows import NewLink, add_link, find_link, use_link
from bot.storage.officer_rows import NewOfficer, add_officer, switch
from bot.storage.people_tables import devices, links, throttles
from bot.storage.throttle_rows import count_attempt, forget_attempts
from tests.conftest import NOON, FrozenClock

SECOND = SecondFactor(secret="sealed", step=7, recovery=("a", "b"))


@pytest.fixture
async def officer(database: Database) -> OfficerId:
    async with database.writing() as connection:
        new = NewOfficer(login="lan", name="Lan", office="xa-a")
        made = await add_officer(connection, new, at=NOON)
        await set_password(connection, made, "old", at=NOON)
    return made


def link(officer: OfficerId, token_hash: str) -> NewLink:
    return NewLink(
        token_hash=token_hash,
        officer=officer,
        purpose=Purpose.RESET,
        made_at=NOON,
        made_by=None,
        until=NOON + timedelta(hours=2),
    )


async def attempt(database: Database, clock: FrozenClock, key: str = "k") -> float:
    async with database.writing() as connection:
        return (await count_attempt(connection, key, now=clock.now())).total_seconds()


async def test_attempts_are_free_at_first_and_then_wait_longer_each_time(
    database: Database, clock: FrozenClock
) -> None:
    assert [await attempt(database, clock) for _ in range(6)] == [0, 0, 0, 0, 0, 5]
    assert await attempt(database, clock, "another") == 0
    clock.move(timedelta(seconds=5))
    assert [await attempt(database, clock) for _ in range(2)] == [0, 10]
    async with database.writing() as connection:
        assert await forget_attempts(connection, "k") == 6
        assert await forget_attempts(connection, "k") == 0
    assert await attempt(database, clock) == 0


async def test_of_many_attempts_at_once_only_the_free_ones_are_heard(
    database: Database, clock: FrozenClock
) -> None:
    waits = await asyncio.gather(*(attempt(database, clock) for _ in range(12)))
    assert sorted(waits) == [0] * 5 + [wait(5).total_seconds()] * 7


async def test_a_link_is_used_once_however_many_try(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        await add_link(connection, link(officer, "t"))

    async def use() -> bool:
        async with database.writing() as connection:
            return await use_link(connection, "t", now=clock.now())

    assert sorted(await asyncio.gather(*(use() for _ in range(5)))) == [False] * 4 + [True]
    async with database.reading() as connection:
        assert await find_link(connection, "t", now=clock.now()) is None


async def test_the_newest_link_alone_counts_and_only_in_its_time(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        await add_link(connection, link(officer, "old"))
        await add_link(connection, link(officer, "new"))
        assert await find_link(connection, "old", now=clock.now()) is None
        found = await find_link(connection, "new", now=clock.now())
        assert found
        assert (found.officer, found.login, found.purpose) == (officer, "lan", Purpose.RESET)
        await switch(connection, officer, on=False, at=NOON)
        assert await find_link(connection, "new", now=clock.now()) is None
        await switch(connection, officer, on=True, at=NOON)
        clock.move(timedelta(hours=2))
        assert await find_link(connection, "new", now=clock.now()) is None
        assert not await use_link(connection, "new", now=clock.now())


async def test_a_device_is_known_of_who_signed_in_on_it(
    database: Database, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        for _ in range(2):
            await remember_device(connection, "d", officer, now=NOON)
        assert await is_known(connection, "d", officer)
        assert not await is_known(connection, "d", OfficerId(officer + 1))
        await forget_devices(connection, officer)
        assert not await is_known(connection, "d", officer)


async def test_a_sign_in_counts_only_while_the_password_is_the_same(
    database: Database, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        assert await note_sign_in(connection, officer, proved="old", kept="rehashed", at=NOON)
        assert await password_hash_of(connection, officer) == "rehashed"
        assert not await note_sign_in(connection, officer, proved="old", kept="old", at=NOON)
        await switch(connection, officer, on=False, at=NOON)
        assert not await note_sign_in(
            connection, officer, proved="rehashed", kept="rehashed", at=NOON
        )


async def test_a_step_and_a_recovery_code_are_used_once(
    database: Database, officer: OfficerId
) -> None:
    async with database.writing() as connection:
        assert await second_factor_of(connection, officer) is None
        await set_second_factor(connection, officer, SECOND)
        assert await second_factor_of(connection, officer) == SECOND

    async def use() -> tuple[bool, bool]:
        async with database.writing() as connection:
            return await use_step(connection, officer, 8), await set_recovery(
                connection, officer, ["b"], instead=SECOND.recovery
            )

    told = await asyncio.gather(use(), use())
    assert sorted(told) == [(False, False), (True, True)]
    async with database.writing() as connection:
        assert not await use_step(connection, officer, 8)
        assert await drop_second_factor(connection, officer)
        assert not await drop_second_factor(connection, officer)
        assert await second_factor_of(connection, officer) is None


async def test_keys_that_are_over_are_forgotten_each_in_its_time(
    database: Database, clock: FrozenClock, officer: OfficerId
) -> None:
    tables = (throttles, links, devices)

    async def left() -> list[int]:
        async with database.reading() as connection:
            counts = [select(func.count()).select_from(table) for table in tables]
            return [(await connection.execute(count)).scalar_one() for count in counts]

    async with database.writing() as connection:
        await count_attempt(connection, "k", now=NOON)
        await add_link(connection, link(officer, "t"))
        await remember_device(connection, "d", officer, now=NOON)
    assert await forget_keys(database, clock.now()) == 0
    for days, wanted in ((2, [0, 1, 1]), (29, [0, 0, 1]), (150, [0, 0, 0])):
        clock.move(timedelta(days=days))
        assert await forget_keys(database, clock.now()) == 1
        assert await left() == wanted
