"""The whole way in over both databases: link, password, second factor, and each thing once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.casework.deeds import COMMAND_LINE, acting
from bot.casework.verifying import verify
from bot.console.actor import Actor
from bot.console.cookies import hash_of
from bot.console.people.doorway import Caller, CameIn, Doorway, Reason, Refused
from bot.console.people.enrolment import renew_codes, secret_to_enrol, set_up
from bot.console.people.links import make_link, set_by_link
from bot.console.people.own_password import change_password
from bot.console.people.sealing import Seal
from bot.console.people.second_factor import give_code, give_recovery_code
from bot.console.people.signing_in import make_sure, sign_in
from bot.officials.models import OfficerId, Purpose, Role, Stage
from bot.officials.totp import code_at, step_at
from bot.officials.tree import OfficeTree
from bot.storage.database import Database
from bot.storage.officer_rows import NewOfficer, add_officer, find_officer, set_grants
from bot.storage.session_rows import find_session
from tests.conftest import NOON, FrozenClock
from tests.fakes.hashing import PlainHasher

PASSWORD, ANOTHER = "con mèo nằm trên mái", "thuyền về bến cũ 1987"
CALLER = Caller(address="127.0.0.1", agent="trình duyệt thử")


@pytest.fixture
def doorway(database: Database, clock: FrozenClock) -> Doorway:
    seal = Seal(SecretStr("k" * 32))
    return Doorway(database=database, clock=clock, hasher=PlainHasher(), seal=seal)


async def invited(doorway: Doorway) -> str:
    """Give the token of a new administrator's link."""
    async with acting(doorway.database, doorway.clock, COMMAND_LINE) as doing:
        new = NewOfficer(login="lan", name="Lan", office="xa-a")
        made = await add_officer(doing.connection, new, at=NOON)
        await set_grants(doing.connection, made, [(Role.ADMINISTRATOR, "")], at=NOON)
        officer = await find_officer(doing.connection, made)
        assert officer
        path, _ = await make_link(doing, officer, Purpose.FIRST, by=None)
    return path.partition("t=")[2]


async def came(doorway: Doorway, password: str = PASSWORD) -> CameIn:
    told = await sign_in(doorway, "lan", password, CALLER)
    assert isinstance(told, CameIn)
    return told


async def actor_of(doorway: Doorway, token: str) -> Actor:
    async with doorway.database.reading() as connection:
        entered = await find_session(
            connection, hash_of(token), now=doorway.clock.now(), idle=timedelta(minutes=30)
        )
    assert entered
    return Actor(
        officer=entered.officer,
        grants=entered.grants,
        session=entered.session,
        address="127.0.0.1",
        tree=OfficeTree({}),
    )


async def enrolled(doorway: Doorway) -> tuple[bytes, CameIn, tuple[str, ...]]:
    await set_by_link(doorway, await invited(doorway), PASSWORD, CALLER)
    half = await came(doorway)
    assert half.stage is Stage.ENROL
    secret = secret_to_enrol(half.token)
    code = code_at(secret, step_at(doorway.clock.now()))
    actor = await actor_of(doorway, half.token)
    done = await set_up(doorway, actor, half.token, code, CALLER)
    assert isinstance(done, tuple)
    return secret, *done


async def test_of_many_who_use_a_link_one_sets_the_password(doorway: Doorway) -> None:
    token = await invited(doorway)
    told = await asyncio.gather(
        *(set_by_link(doorway, token, f"{PASSWORD} {n}", CALLER) for n in range(4))
    )
    (one,) = [n for n, link in enumerate(told) if link]
    for n in range(4):
        tried = await sign_in(doorway, "lan", f"{PASSWORD} {n}", CALLER)
        assert isinstance(tried, CameIn) == (n == one)


async def test_a_code_and_a_recovery_code_let_one_in_of_many(
    doorway: Doorway, clock: FrozenClock
) -> None:
    secret, _, codes = await enrolled(doorway)
    clock.move(timedelta(seconds=30))
    code = code_at(secret, step_at(clock.now()))
    for give, proof in ((give_code, code), (give_recovery_code, codes[0])):
        halves = [await actor_of(doorway, (await came(doorway)).token) for _ in range(4)]
        told = await asyncio.gather(*(give(doorway, half, proof, CALLER) for half in halves))
        assert sum(isinstance(one, CameIn) for one in told) == 1


async def test_one_session_half_way_in_becomes_one_and_not_two(
    doorway: Doorway, clock: FrozenClock
) -> None:
    secret, _, codes = await enrolled(doorway)
    clock.move(timedelta(seconds=30))
    half = await actor_of(doorway, (await came(doorway)).token)
    code = code_at(secret, step_at(clock.now()))
    told = await asyncio.gather(
        give_code(doorway, half, code, CALLER),
        give_recovery_code(doorway, half, codes[0], CALLER),
        give_recovery_code(doorway, half, codes[1], CALLER),
    )
    assert sum(isinstance(one, CameIn) for one in told) == 1


async def test_what_ended_meanwhile_changes_nothing(doorway: Doorway) -> None:
    _, whole, codes = await enrolled(doorway)
    actor = await actor_of(doorway, whole.token)
    gone = replace(actor, session=replace(actor.session, id=actor.session.id + 1))
    assert await change_password(doorway, gone, ANOTHER, CALLER) is None
    code = code_at(secret_to_enrol("x"), step_at(doorway.clock.now()))
    assert await set_up(doorway, gone, "x", code, CALLER) == Refused()
    assert isinstance(await sign_in(doorway, "lan", PASSWORD, CALLER), CameIn)
    nobody = replace(actor, officer=replace(actor.officer, id=OfficerId(999)))
    assert await renew_codes(doorway, nobody) == ()
    assert isinstance(await give_code(doorway, nobody, "123456", CALLER), Refused)
    assert isinstance(await give_recovery_code(doorway, nobody, codes[0], CALLER), Refused)


async def test_a_password_that_changed_meanwhile_lets_nobody_in(doorway: Doorway) -> None:
    _, whole, _ = await enrolled(doorway)
    actor = await actor_of(doorway, whole.token)

    class Slow(PlainHasher):
        async def verify(self, stored: str, password: str) -> bool:
            fits = await super().verify(stored, password)
            if not changed:
                changed.append(await change_password(doorway, actor, ANOTHER, CALLER))
            return fits

    changed: list[object] = []
    slow = replace(doorway, hasher=Slow())
    assert await sign_in(slow, "lan", PASSWORD, CALLER) == Refused()
    assert isinstance(changed[0], CameIn)
    assert (await came(doorway, ANOTHER)).stage is Stage.SECOND


async def test_guesses_are_counted_for_login_and_sureness_alike_and_the_record_stays_whole(
    doorway: Doorway,
) -> None:
    _, whole, _ = await enrolled(doorway)
    actor = await actor_of(doorway, whole.token)
    for _ in range(5):
        assert await make_sure(doorway, actor, "sai", CALLER) == Refused()
    told = await make_sure(doorway, actor, PASSWORD, CALLER)
    assert told == Refused(reason=Reason.WAIT, wait=timedelta(seconds=5))
    known = replace(CALLER, device=whole.device)
    assert await make_sure(doorway, actor, PASSWORD, known) is None
    verdict = await verify(doorway.database)
    assert verdict.breach is None
    assert verdict.anchor.seq >= 4
