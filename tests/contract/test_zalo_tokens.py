"""Tokens of Zalo over every store, against a Zalo that uses up each refresh token once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.client import Patience, ZaloClient
from bot.channels.zalo.faults import NoToken, ZaloRefused
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.oauth import OAuth
from bot.channels.zalo.pairs import Held, Pair, TokenFault, TokenStore
from bot.channels.zalo.refreshing import DOUBTS, LONGEST_REST, Refreshing
from bot.channels.zalo.tokens import Tokens
from bot.officials.models import OfficerId
from bot.storage.database import Database, create_database
from bot.storage.zalo_connecting_rows import (
    Connected,
    connect_account,
    disconnect_account,
    try_again,
)
from bot.storage.zalo_tables import zalo_accounts
from bot.storage.zalo_token_rows import SqlTokenStore
from bot.vault import Keyring, Vault
from bot.vault.keyring import new_key
from tests.conftest import FrozenClock, open_database
from tests.fakes.token_kill import Dies, Doomed
from tests.fakes.zalo.clock import Clock
from tests.fakes.zalo.fake import FakeZalo, serving_zalo
from tests.fakes.zalo.weather import Break
from tests.fakes.zalo_tokens import MemoryTokens

KEYS = new_key("2026a")
VAULT = Vault(Keyring.parse(KEYS))
OA, OFFICE = "4318281827364550001", "phuong-a"
HOUR = timedelta(hours=1)
MONTHS = timedelta(days=120)


@dataclass
class Side:
    """An account with its first pair, and a Zalo that knows it."""

    zalo: FakeZalo
    clock: FrozenClock
    store: TokenStore
    client: ZaloClient
    database: Database | None = None
    seconds: float = 0.0
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.process(self.store)

    def process(self, store: TokenStore) -> Tokens:
        """Begin another process over ``store``."""
        hosts = Hosts(oauth=self.zalo.oauth_url, api=self.zalo.api_url)
        oauth = OAuth(self.client, hosts, self.zalo.app.app_id)
        refreshing = Refreshing(store, oauth, clock=self.clock, elapsed=lambda: self.seconds)
        return Tokens(store, refreshing, self.clock)

    async def passes(self, by: timedelta) -> None:
        self.clock.move(by)
        self.seconds += max(by.total_seconds(), 0)

    @property
    def asked(self) -> int:
        return self.zalo.ledger.calls["refresh"]

    async def held(self) -> Held:
        held = await self.store.held(OA)
        assert held is not None
        return held

    async def fault(self) -> str:
        if isinstance(self.store, MemoryTokens):
            return await self.store.fault(OA)
        assert self.database is not None
        async with self.database.reading() as connection:
            return str((await connection.execute(select(zalo_accounts.c.fault))).scalar_one())

    async def looks(self, token: str) -> Answered:
        return await self.client.get("/v2.0/oa/getoa", token=token)


@asynccontextmanager
async def _side(
    kind: str, request: pytest.FixtureRequest, folder: Path, clock: FrozenClock
) -> AsyncIterator[Side]:
    async with serving_zalo(clock=Clock(clock.now)) as zalo:
        zalo.oa.oa_id = OA
        hosts = Hosts(oauth=zalo.oauth_url, api=zalo.api_url)
        client = ZaloClient(hosts, secret=zalo.app.secret, patience=Patience(answer=2, grant=2))
        told = zalo.mint()
        first = Pair(
            access=told["access_token"], refresh=told["refresh_token"], lasts=timedelta(hours=25)
        )
        try:
            if kind == "memory":
                memory = MemoryTokens()
                memory.join(OA, first, clock.now())
                yield Side(zalo, clock, memory, client)
            else:
                async with open_database(kind, request, folder) as database:
                    await _join(database, first, clock)
                    store = SqlTokenStore(database, VAULT)
                    yield Side(zalo, clock, store, client, database)
        finally:
            await client.close()


async def _join(database: Database, pair: Pair, clock: FrozenClock) -> None:
    told = Connected(oa_id=OA, office=OFFICE, name="Phường A", officer=OfficerId(1))
    async with database.writing() as connection:
        await connect_account(connection, VAULT, told, pair, clock.now())


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def side(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> AsyncIterator[Side]:
    async with _side(request.param, request, tmp_path, clock) as made:
        yield made


async def test_a_pair_is_refreshed_at_twenty_hours_and_not_before(side: Side) -> None:
    before = await side.tokens.access(OA)
    await side.passes(timedelta(hours=19, minutes=59))
    assert (await side.tokens.tend(), side.asked) == (0, 0)
    await side.passes(timedelta(minutes=1))
    assert (await side.tokens.tend(), side.asked) == (1, 1)
    after = await side.tokens.access(OA)
    assert after != before
    assert (await side.looks(after)).data["oa_id"] == OA
    with pytest.raises(ZaloRefused):
        await side.looks(before)
    assert (await side.held()).generation == 2


async def test_a_call_whose_token_is_refused_is_made_once_more(side: Side) -> None:
    await side.passes(HOUR)
    side.zalo.oauth.revoke(side.zalo.oa)
    answered = await side.tokens.calling(OA, side.looks)
    assert (answered.data["oa_id"], side.asked) == (OA, 1)


async def test_a_token_that_is_over_is_refreshed_before_a_call(side: Side) -> None:
    await side.passes(timedelta(hours=30))
    assert (await side.tokens.calling(OA, side.looks)).data["oa_id"] == OA
    assert side.zalo.ledger.refusals == []


async def test_many_who_are_refused_at_once_refresh_once(side: Side) -> None:
    await side.passes(HOUR)
    side.zalo.oauth.revoke(side.zalo.oa)
    answers = await asyncio.gather(*(side.tokens.calling(OA, side.looks) for _ in range(20)))
    assert (len(answers), side.asked) == (20, 1)


async def test_two_processes_refresh_once(side: Side) -> None:
    await side.passes(timedelta(hours=21))
    side.zalo.weather.slows("refresh", 0.1, None)
    if side.database is None or side.database.embedded:
        # An embedded database has one process; then two parts of it.
        other, database = side.process(side.store), None
    else:
        database = create_database(_url(side.database))
        other = side.process(SqlTokenStore(database, VAULT))
    tended = await asyncio.gather(side.tokens.tend(), other.tend(), side.tokens.tend())
    assert await side.tokens.access(OA) == await other.access(OA)
    assert (side.asked, (await side.held()).generation) == (1, 2)
    assert sum(tended) >= 1
    if database is not None:
        await database.close()


async def test_what_is_refused_needs_a_new_consent_and_is_not_asked_again(side: Side) -> None:
    side.zalo.oauth.refuse(side.zalo.oa)
    await side.passes(timedelta(hours=21))
    for _ in range(3):
        await side.tokens.tend()
        await side.passes(timedelta(minutes=30))
    assert side.asked == 1
    assert (await side.held()).status is AccountStatus.CONSENT_NEEDED
    assert await side.fault() == TokenFault.REFUSED
    # Zalo may go on taking the access token until its end.
    assert (await side.looks(await side.tokens.access(OA))).data["oa_id"] == OA
    await side.passes(timedelta(hours=5))
    with pytest.raises(NoToken, match="consent_needed"):
        await side.tokens.access(OA)
    assert side.asked == 1


@pytest.mark.parametrize("age", [HOUR, timedelta(minutes=1)])
async def test_an_access_token_that_zalo_takes_no_more_is_not_tried_on_and_on(
    side: Side, age: timedelta
) -> None:
    side.zalo.oauth.refuse(side.zalo.oa)
    side.zalo.oauth.revoke(side.zalo.oa)
    await side.passes(age)
    for _ in range(5):
        with pytest.raises(NoToken):
            await side.tokens.calling(OA, side.looks)
    assert (side.asked, side.zalo.ledger.calls["getoa"]) == (1, 1)
    assert await side.fault() == TokenFault.REFUSED


async def test_a_token_revoked_a_moment_after_it_was_made_is_replaced_at_once(side: Side) -> None:
    side.zalo.oauth.revoke(side.zalo.oa)
    assert (await side.tokens.calling(OA, side.looks)).data["oa_id"] == OA
    assert (side.asked, await side.fault()) == (1, "")


async def test_where_new_tokens_are_refused_as_well_one_is_asked_for_each_ten_minutes(
    side: Side,
) -> None:
    await side.passes(timedelta(hours=2))
    side.zalo.fail("getoa", -216, None)
    for asked in (1, 2):
        with pytest.raises(ZaloRefused):
            await side.tokens.calling(OA, side.looks)
        for _ in range(5):
            with pytest.raises(NoToken, match="useless"):
                await side.tokens.calling(OA, side.looks)
            await side.passes(timedelta(minutes=2))
        assert (side.asked, await side.fault()) == (asked, TokenFault.USELESS)
    # Only a call that passes tells that it is over.
    side.zalo.weather.clear()
    await side.tokens.calling(OA, side.looks)
    assert await side.fault() == ""


async def test_an_answer_that_never_came_is_asked_for_again(side: Side) -> None:
    await side.passes(timedelta(hours=21))
    side.zalo.weather.breaks("refresh", Break.BEFORE)
    assert await side.tokens.tend() == 0
    assert (await side.held()).is_lost
    assert await side.fault() == ""
    await side.passes(timedelta(minutes=1))
    assert await side.tokens.tend() == 1
    assert not (await side.held()).is_lost


async def test_a_pair_that_was_given_and_never_came_is_told_as_lost(side: Side) -> None:
    await side.passes(timedelta(hours=21))
    side.zalo.weather.breaks("refresh", Break.AFTER)
    await side.tokens.tend()
    await side.passes(timedelta(minutes=1))
    await side.tokens.tend()
    assert (await side.held()).status is AccountStatus.CONSENT_NEEDED
    assert await side.fault() == TokenFault.LOST
    await side.passes(timedelta(days=1))
    await side.tokens.tend()
    assert side.asked == 2


async def test_while_zalo_is_away_the_token_is_used_to_its_end(side: Side) -> None:
    await side.passes(timedelta(hours=21))
    await side.zalo.stop()
    before = await side.tokens.access(OA)
    await side.tokens.tend()
    # It never left: nothing is in doubt.
    assert not (await side.held()).is_lost
    assert (await side.tokens.access(OA), await side.fault()) == (before, "")
    await side.passes(timedelta(hours=3))
    await side.tokens.tend()
    assert (await side.tokens.access(OA), await side.fault()) == (before, TokenFault.UNREACHABLE)
    await side.passes(timedelta(hours=3))
    with pytest.raises(NoToken, match="connected"):
        await side.tokens.access(OA)
    await side.zalo.start()
    await side.passes(timedelta(seconds=LONGEST_REST))
    assert await side.tokens.tend() == 1
    assert (await side.tokens.access(OA) != before, await side.fault()) == (True, "")


@pytest.mark.parametrize("by", [MONTHS, -MONTHS])
async def test_a_clock_that_is_put_by_months_costs_one_call(side: Side, by: timedelta) -> None:
    await side.tokens.access(OA)
    await side.passes(by)
    for _ in range(3):
        await side.tokens.tend()
    assert side.asked == 1
    if by > timedelta():
        assert (await side.held()).status is AccountStatus.CONSENT_NEEDED
        assert await side.fault() == TokenFault.EXPIRED
    else:
        assert (await side.looks(await side.tokens.access(OA))).data["oa_id"] == OA


async def test_somebody_at_the_machine_may_insist(side: Side) -> None:
    assert await side.tokens.again(OA)
    await side.passes(timedelta(hours=21))
    right, side.zalo.app.secret = side.zalo.app.secret, "another"
    # A number nobody knows is believed when it stays.
    for _ in range(DOUBTS + 1):
        assert (await side.held()).status is AccountStatus.CONNECTED
        assert not await side.tokens.again(OA)
    assert (await side.held()).status is AccountStatus.CONSENT_NEEDED
    side.zalo.app.secret = right
    assert await side.tokens.again(OA)
    assert (side.asked, await side.fault()) == (DOUBTS + 3, "")


async def test_who_gives_up_waiting_loses_no_pair(side: Side) -> None:
    await side.passes(timedelta(hours=30))
    side.zalo.weather.slows("refresh", 0.2)
    waiting = asyncio.create_task(side.tokens.access(OA))
    while not side.asked:  # noqa: ASYNC110 - it is another's count
        await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await side.tokens.close()
    assert (await side.held()).generation == 2
    assert side.asked == 1


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def stored(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> AsyncIterator[Side]:
    async with _side(request.param, request, tmp_path, clock) as made:
        yield made


@pytest.mark.parametrize("dies", Dies)
async def test_who_is_killed_on_the_way_leaves_nothing_unnoticed(stored: Side, dies: Dies) -> None:
    await stored.passes(timedelta(hours=21))
    killed = await Doomed(
        dies=dies,
        database=_url(stored.database),
        keys=KEYS,
        oauth=stored.zalo.oauth_url,
        app=stored.zalo.app.app_id,
        secret=stored.zalo.app.secret,
        now=stored.clock.now().isoformat(),
    ).run()
    assert (killed, (await stored.held()).is_lost) == (-signal.SIGKILL, True)
    # The dead keep nobody waiting.
    async with asyncio.timeout(5):
        await stored.tokens.tend()
    held = await stored.held()
    if dies is Dies.BEFORE_IT_ASKS:
        assert (held.status, held.is_lost) == (AccountStatus.CONNECTED, False)
        assert (await stored.looks(await stored.tokens.access(OA))).data["oa_id"] == OA
    else:
        assert held.status is AccountStatus.CONSENT_NEEDED
        assert await stored.fault() == TokenFault.LOST


async def test_who_is_switched_off_while_zalo_is_asked_stays_off(stored: Side) -> None:
    assert stored.database is not None
    await stored.passes(timedelta(hours=21))
    stored.zalo.weather.slows("refresh", 0.3)
    tending = asyncio.create_task(stored.tokens.tend())
    while not stored.asked:  # noqa: ASYNC110 - it is another's count
        await asyncio.sleep(0.01)
    async with stored.database.writing() as connection:
        assert await disconnect_account(connection, OA)
    await tending
    held = await stored.held()
    assert (held.status, held.refresh) == (AccountStatus.OFF, "")
    with pytest.raises(NoToken, match="off"):
        await stored.tokens.access(OA)


async def test_what_was_wrong_at_zalo_needs_no_new_consent_once_it_is_mended(
    stored: Side,
) -> None:
    assert stored.database is not None
    await stored.passes(timedelta(hours=21))
    right, stored.zalo.app.secret = stored.zalo.app.secret, "another"
    for _ in range(DOUBTS + 1):
        assert (await stored.held()).status is AccountStatus.CONNECTED
        await stored.tokens.tend()
        await stored.passes(timedelta(seconds=LONGEST_REST))
    assert (await stored.held()).status is AccountStatus.CONSENT_NEEDED
    stored.zalo.app.secret = right
    async with stored.database.writing() as connection:
        assert await try_again(connection, OA)
        assert not await try_again(connection, OA)
    assert await stored.tokens.tend() == 1
    assert (await stored.fault(), stored.asked) == ("", DOUBTS + 2)


async def test_no_token_stands_in_the_clear(stored: Side) -> None:
    assert stored.database is not None
    held = await stored.held()
    async with stored.database.reading() as connection:
        row = (await connection.execute(select(zalo_accounts))).one()
    told = repr([bytes(one) if isinstance(one, bytes) else one for one in row])
    assert held.access not in told
    assert held.refresh not in told
    other = SqlTokenStore(stored.database, Vault(Keyring.parse(new_key("2026b"))))
    with pytest.raises(NoToken, match="shut"):
        await stored.process(other).access(OA)
    assert await stored.fault() == TokenFault.SHUT
    # The right key is back.
    await stored.tokens.calling(OA, stored.looks)
    assert await stored.fault() == ""


def _url(database: Database | None) -> str:
    assert database is not None
    return database.engine.url.render_as_string(hide_password=False)


async def test_an_account_nobody_connected_has_no_token(side: Side) -> None:
    with pytest.raises(NoToken, match="no_account"):
        await side.tokens.access("7")


async def test_no_log_tells_a_token(side: Side) -> None:
    tokens: set[str] = set()
    with capture_logs() as logs:
        for how in (None, Break.BEFORE, Break.AFTER, Break.NOT_JSON, None):
            held = await side.held()
            tokens |= {held.access, held.refresh}
            if how:
                side.zalo.weather.breaks("refresh", how)
            await side.passes(timedelta(hours=21))
            await side.tokens.tend()
            assert not {held.access, held.refresh} & set(repr(held).split("'"))
    assert len(logs) >= 4
    assert not any(token in repr(logs) for token in (*tokens, side.zalo.app.secret))
