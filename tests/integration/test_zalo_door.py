"""Zalo's webhook over real HTTP, called by the emulator: kept and thanked for, or refused."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select, text

from benchmarks.zalo_flood import APP, SECRET, calls, connect, flood, stored
from bot.bootstrap import House, build
from bot.bootstrap.zalo_door import NO_KEYS, zalo_fault
from bot.channels.zalo.accounts import AccountStatus
from bot.conversation.desk import Desk
from bot.settings import Settings
from bot.storage.tables import turns
from bot.storage.zalo_tables import arrivals, zalo_accounts
from bot.vault import Keyring, Vault
from bot.vault.keyring import new_key
from bot.web.app import create_app
from bot.web.keys import LARGE_CALLS
from bot.web.large_calls import LARGEST, PER_ADDRESS
from bot.web.patience import Patience
from tests.fakes.furnished import settled
from tests.fakes.zalo import FakeZalo, serving_zalo

PATIENCE = 20.0
SHORT = Patience(body=0.2)


@dataclass
class Counter:
    """An office with its account, the emulator that calls it, and what the program counted."""

    house: House
    zalo: FakeZalo
    web: TestClient[web.Request, web.Application]

    def refused(self, reason: str) -> float:
        labels = {"channel": "zalo", "reason": reason}
        return self.house.registry.get_sample_value("bot_webhooks_refused_total", labels) or 0

    async def kept(self) -> int:
        async with self.house.database.reading() as connection:
            return len((await connection.execute(select(arrivals.c.id))).all())

    async def answered(self, count: int) -> list[str]:
        """Wait for so many turns and give the office that took each."""
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.house.database.reading() as connection:
                    wanted = select(turns.c.office).order_by(turns.c.inbox_id)
                    found = (await connection.execute(wanted)).scalars().all()
                if len(found) >= count:
                    return list(found)
                await asyncio.sleep(0.03)


@asynccontextmanager
async def an_office(folder: Path, desk: Desk, **more: str) -> AsyncIterator[Counter]:
    async with serving_zalo() as zalo:
        app = zalo.app
        told = {
            "ZALO_APP_ID": app.app_id,
            "ZALO_APP_SECRET": app.secret,
            "ZALO_WEBHOOK_SECRETS": app.webhook_secret,
            "ZALO_API_URL": zalo.api_url,
            "ZALO_OAUTH_URL": zalo.oauth_url,
            "ZALO_BUSINESS_URL": zalo.business_url,
            "PUBLIC_URL": "https://example.vn",
        }
        async with build(settled(folder, **told | more), desk=desk) as house:
            web_app = create_app(house, SHORT)
            async with house.working(), TestClient(TestServer(web_app)) as client:
                app.events_to = str(client.make_url("/webhooks/zalo"))
                yield Counter(house, zalo, client)


async def _connect(house: House, oa: str, office: str) -> None:
    row = {"oa_id": oa, "office": office, "status": AccountStatus.CONNECTED}
    async with house.database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))
    await house.orders.renew()


@pytest.fixture
async def office(tmp_path: Path, desk: Desk) -> AsyncIterator[Counter]:
    async with an_office(tmp_path, desk) as made:
        await _connect(made.house, made.zalo.oa.oa_id, "xa-mau")
        yield made


async def test_a_word_is_kept_thanked_for_and_answered(office: Counter) -> None:
    event = await office.zalo.citizen().says("đăng ký khai sinh cần giấy tờ gì")
    assert event.acknowledged
    assert await office.kept() == 1
    assert len(await office.answered(1)) == 1


async def test_whatever_zalo_did_not_send_so_is_refused_counted_and_not_kept(
    office: Counter,
) -> None:
    hooks = office.zalo.webhooks
    office.zalo.app.events_to, address = "", office.zalo.app.events_to
    event = await office.zalo.citizen().says("khai sinh")
    office.zalo.app.events_to = address
    packed = gzip.compress(event.body)
    assert await hooks.forge(event) == 401
    assert await hooks.truncate(event) == 401
    assert await hooks.deliver(event, body=event.body + b" ") == 401
    assert await hooks.deliver(event, headers={"X-ZEvent-Signature": ""}) == 401
    huge = hooks.made(office.zalo.oa, "user_send_text", {"padding": "x" * LARGEST})
    assert await hooks.deliver(huge, body=BytesIO(huge.body)) == 413
    large = hooks.made(office.zalo.oa, "user_send_text", {"padding": "x" * 200_000})
    assert await hooks.deliver(large, headers={"X-ZEvent-Signature": ""}) == 413
    assert await hooks.forge(large) == 401
    assert await hooks.deliver(event, body=packed, headers={"Content-Encoding": "gzip"}) == 415
    assert await hooks.dribble(event, 0.6) == 408
    assert await office.kept() == 0
    assert [office.refused(one) for one in ("forged", "too_large", "packed")] == [5, 2, 1]


async def test_what_zalo_signed_is_taken_though_it_is_large(office: Counter) -> None:
    hooks, account = office.zalo.webhooks, office.zalo.oa
    everybody = {"tag": {"user_ids": [str(10**18 + at) for at in range(40_000)], "name": "x"}}
    assert await hooks.deliver(hooks.made(account, "add_user_to_tag", everybody)) == 200
    assert await office.kept() == 0
    assert await hooks.bloat(account, 900_000) == 200
    assert await office.kept() == 1


async def in_chunks(body: bytes) -> AsyncIterator[bytes]:
    """Give a body as a proxy passes it on that does not wait for its end."""
    for at in range(0, len(body), 50_000):
        yield body[at : at + 50_000]


@pytest.mark.parametrize(
    ("padding", "head", "status"),
    [
        (10, {}, 200),
        (900_000, {}, 200),
        (LARGEST, {}, 413),
        (200_000, {"X-ZEvent-Signature": ""}, 413),
        (200_000, {"X-ZEvent-Signature": "mac=" + "0" * 64}, 401),
        (200_000, {"Content-Encoding": "gzip"}, 415),
    ],
)
async def test_a_call_whose_length_no_head_tells_has_the_same_bounds(
    office: Counter, padding: int, head: dict[str, str], status: int
) -> None:
    hooks = office.zalo.webhooks
    event = hooks.made(office.zalo.oa, "user_send_text", {"padding": "x" * padding})
    assert await hooks.deliver(event, body=in_chunks(event.body), headers=head) == status
    assert await office.kept() == (status == 200)
    assert office.web.app[LARGE_CALLS].taken == 0


async def test_few_large_calls_in_chunks_are_read_at_once(office: Counter) -> None:
    hooks, account = office.zalo.webhooks, office.zalo.oa
    host, port = office.web.server.host, office.web.server.port
    signed = f"Transfer-Encoding: chunked\r\nX-ZEvent-Signature: mac={'0' * 64}\r\n\r\n"
    head = f"POST /webhooks/zalo HTTP/1.1\r\nHost: {host}\r\n{signed}".encode()
    chunk = f"{100_000:x}\r\n".encode() + b"x" * 100_000 + b"\r\n"
    lines = [await asyncio.open_connection(host, port) for _ in range(PER_ADDRESS)]
    for _, line in lines:
        line.write(head + chunk)
    while office.web.app[LARGE_CALLS].taken < PER_ADDRESS:  # noqa: ASYNC110 - places are no event
        await asyncio.sleep(0)
    event = hooks.made(account, "user_send_text", {"padding": "x" * 200_000})
    assert await hooks.deliver(event, body=in_chunks(event.body)) == 429
    for heard, line in lines:
        assert await heard.read(12) == b"HTTP/1.1 408"
        line.close()
    assert await hooks.deliver(event, body=in_chunks(event.body)) == 200


async def test_few_large_calls_are_read_at_once(office: Counter) -> None:
    hooks, account = office.zalo.webhooks, office.zalo.oa
    host, port = office.web.server.host, office.web.server.port
    signed = f"Content-Length: {LARGEST}\r\nX-ZEvent-Signature: mac={'0' * 64}\r\n\r\n"
    head = f"POST /webhooks/zalo HTTP/1.1\r\nHost: {host}\r\n{signed}".encode()
    lines = [await asyncio.open_connection(host, port) for _ in range(PER_ADDRESS)]
    for _, line in lines:
        line.write(head)
    while office.web.app[LARGE_CALLS].taken < PER_ADDRESS:  # noqa: ASYNC110 - places are no event
        await asyncio.sleep(0)
    assert await hooks.bloat(account, 200_000) == 429
    assert (await office.zalo.citizen().says("khai sinh")).acknowledged
    for heard, line in lines:
        assert await heard.read(12) == b"HTTP/1.1 408"
        line.close()
    assert await hooks.bloat(account, 200_000) == 200


async def test_a_call_of_another_time_or_with_a_head_too_long_is_refused(office: Counter) -> None:
    hooks, account = office.zalo.webhooks, office.zalo.oa
    clock = office.zalo.clock
    in_seconds = hooks.made(account, "user_send_text", {"timestamp": str(clock.ms() // 1000)})
    assert await hooks.deliver(in_seconds) == 401
    for hours in (-14, 1, 24 * 365 * 100):
        stamp = str(clock.ms() + hours * 3_600_000)
        event = hooks.made(account, "user_send_text", {"timestamp": stamp})
        assert await hooks.deliver(event) == 401
    event = hooks.made(account, "user_send_text", {})
    assert await hooks.deliver(event, headers={"X-Long": "x" * 9_000}) == 400
    assert await hooks.deliver(event, headers={"X-ZEvent-Signature": "mac=" + "0" * 7_000}) == 401
    deep = hooks.made(account, "user_send_text", {})
    deep.body = deep.body[:-1] + b',"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
    assert await hooks.deliver(deep) == 401
    assert await office.kept() == 0
    assert [office.refused(one) for one in ("stale", "forged")] == [4, 2]


async def test_one_call_at_once_and_often_is_kept_once_and_answered_once(office: Counter) -> None:
    office.zalo.app.events_to, address = "", office.zalo.app.events_to
    event = await office.zalo.citizen().says("khai sinh")
    office.zalo.app.events_to = address
    thanks = await asyncio.gather(*(office.zalo.webhooks.deliver(event) for _ in range(20)))
    assert set(thanks) == {200}
    assert await office.kept() == 1
    assert len(await office.answered(1)) == 1


async def test_who_breaks_off_is_not_waited_for_and_others_are_served(office: Counter) -> None:
    event = office.zalo.webhooks.made(office.zalo.oa, "user_send_text", {})
    host, port = office.web.server.host, office.web.server.port
    head = f"POST /webhooks/zalo HTTP/1.1\r\nHost: {host}\r\nContent-Length: 900\r\n\r\n"
    lines = [await asyncio.open_connection(host, port) for _ in range(50)]
    for _, line in lines:
        line.write(head.encode() + event.body[:20])
    assert (await office.zalo.citizen().says("khai sinh")).acknowledged
    for _, line in lines[:25]:
        line.close()
    # The others say nothing more: they are told that they are too slow.
    told = await asyncio.gather(*(heard.read(12) for heard, _ in lines[25:]))
    assert set(told) == {b"HTTP/1.1 408"}
    for _, line in lines[25:]:
        line.close()
    assert await office.kept() == 1


async def test_the_type_a_call_says_it_has_is_nothing_we_go_by(office: Counter) -> None:
    event = await office.zalo.citizen().says("khai sinh")
    again = {"Content-Type": "text/plain; charset=utf-16", "num_retry": "3"}
    assert await office.zalo.webhooks.deliver(event, headers=again) == 200
    assert await office.kept() == 1


async def test_a_database_that_is_away_has_zalo_come_again(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_office(tmp_path, desk) as office:
        async with office.house.database.writing() as connection:
            await connection.execute(text("SELECT 1"))
            with monkeypatch.context() as hasty:
                hasty.setattr("bot.intake.arrivals.PATIENCE", 0.1)
                event = await office.zalo.citizen().says("khai sinh")
            assert event.answers == [503]
        assert await office.zalo.webhooks.deliver(event) == 200
        assert office.refused("not_stored") == 1
        assert await office.kept() == 1


async def test_each_account_answers_as_its_own_office(office: Counter, desk: Desk) -> None:
    own = desk.office.code if desk.office else ""
    other = next(code for code in desk.knowledge.offices if code != own)
    second = office.zalo.open_oa("Phường khác")
    await _connect(office.house, second.oa_id, other)
    await office.zalo.citizen("7").says("khai sinh")
    await office.answered(1)
    await office.zalo.citizen("7", second).says("khai sinh")
    assert (await office.answered(2))[1] == other


async def test_all_that_was_thanked_for_in_a_flood_is_kept(tmp_path: Path, desk: Desk) -> None:
    told = {"ZALO_APP_ID": APP, "ZALO_WEBHOOK_SECRETS": SECRET}
    async with an_office(tmp_path, desk, **told) as office:
        await connect(office.house.database)
        url = str(office.web.make_url(""))
        came = await flood(url, list(calls(300, "example.vn")), 5_000)
        assert came.acknowledged == len(came.waits) == 300
        assert (await stored(office.house.database))[0] == 300


def test_without_keys_the_channel_is_not_there_and_health_says_why() -> None:
    named = {"ZALO_APP_ID": APP, "ZALO_APP_SECRET": "x", "PUBLIC_URL": "https://example.vn"}
    settings, vault = Settings.from_env(named), Vault(Keyring.parse(new_key("test")))
    assert zalo_fault(settings, None) == NO_KEYS
    assert zalo_fault(settings, vault) == ""
    assert zalo_fault(Settings(), None) == ""
