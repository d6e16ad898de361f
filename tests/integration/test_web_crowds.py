"""Crowds and slow callers: one address shuts nobody out, and nobody is waited for without end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.web.app import ORDINARY, create_app
from bot.web.patience import Patience
from bot.web.runner import Runner
from tests.fakes.house import PaperHouse
from tests.integration.conftest import Web

QUICK = Patience(head=0.3, body=0.3, linger=0.1, idle=0.1, heartbeat=0.05)


@asynccontextmanager
async def _serving(patience: Patience = ORDINARY, **settings: str) -> AsyncIterator[Web]:
    house = PaperHouse(settings=Settings.from_env(settings))
    async with TestClient(TestServer(create_app(house, patience))) as client:
        yield client


async def _stream(client: Web, number: int, forwarded: str) -> int:
    path, headers = f"/chat/events?session=evil{number}", {"X-Forwarded-For": forwarded}
    return (await client.get(path, headers=headers)).status


async def test_one_address_full_of_streams_shuts_out_nobody_else() -> None:
    async with _serving(STREAMS_PER_ADDRESS="3", TRUSTED_PROXIES="1") as client:
        opened = [await _stream(client, one, f"8.8.8.{one}, 1.2.3.4") for one in range(4)]
        assert opened == [200, 200, 200, 429]
        assert await _stream(client, 9, "1.2.3.5") == 200
        same = {"X-Forwarded-For": "1.2.3.4"}
        async with client.get("/chat/events?session=me", headers=same) as answer:
            assert "Từ mạng này" in (await answer.json())["error"]
        async with client.get("/chat/replies?session=me", headers=same) as answer:
            assert answer.status == 200
        said = {"session": "me", "text": "chào"}
        for wait in ("", "?wait=1"):
            path = "/chat/messages" + wait
            async with client.post(path, json=said, headers=same) as answer:
                assert answer.status in {200, 202}


async def test_a_line_with_ipv6_counts_as_one_address() -> None:
    async with _serving(STREAMS_PER_ADDRESS="3", TRUSTED_PROXIES="1") as client:
        opened = [await _stream(client, one, f"2001:db8::{one}:1") for one in range(4)]
    assert opened == [200, 200, 200, 429]


@pytest.mark.parametrize("forwarded", ["8.8.8.{}", "nobody{}"])
async def test_what_a_caller_says_of_itself_counts_only_behind_a_proxy(forwarded: str) -> None:
    async with _serving(STREAMS_PER_ADDRESS="3") as client:
        opened = [await _stream(client, one, forwarded.format(one)) for one in range(4)]
    assert opened == [200, 200, 200, 429]


async def test_replies_asked_for_without_waiting_need_no_place(paper_web: Web) -> None:
    open_ones = [await paper_web.get("/chat/events?session=s1") for _ in range(8)]
    for wait, status in (("0", 200), ("1", 429)):
        async with paper_web.get(f"/chat/replies?session=s1&wait={wait}") as answer:
            assert answer.status == status
    for one in open_ones:
        one.close()


async def test_a_stream_without_replies_ends_whole() -> None:
    async with _serving(QUICK) as client, client.get("/chat/events?session=s1") as answer:
        async with asyncio.timeout(5):
            assert (await answer.read()).startswith(b"retry: 2000\n\n: still here\n\n")


async def test_how_long_a_stream_stayed_open_is_no_time_to_an_answer(paper: PaperHouse) -> None:
    async with TestClient(TestServer(create_app(paper, QUICK))) as client:
        async with client.get("/chat/events?session=s1") as answer, asyncio.timeout(5):
            await answer.read()
        counted = {"method": "GET", "route": "/chat/events", "status": "200"}
        async with asyncio.timeout(5):
            while not paper.registry.get_sample_value("bot_web_requests_total", counted):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    timed = {"route": "/chat/events"}
    assert paper.registry.get_sample_value("bot_web_request_seconds_count", timed) is None


async def test_a_stream_with_replies_goes_on(paper: PaperHouse) -> None:
    paper.mailbox.slowness = 0.5 * QUICK.idle
    for number in range(6):
        paper.mailbox.put(str(number))
    async with (
        TestClient(TestServer(create_app(paper, QUICK))) as client,
        client.get("/chat/events?session=s1") as answer,
        asyncio.timeout(5),
    ):
        assert (await answer.read()).count(b"data: ") == 6


async def _said(client: Web, raw: bytes) -> bytes:
    """Send ``raw``, then keep silent, and give all that is answered until we are hung up on."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(raw)
    async with asyncio.timeout(15):
        answer = await reader.read()
    writer.close()
    return answer


HALF_A_BODY = b'POST /chat/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{"ses'


@pytest.mark.parametrize("raw", [b"", b"GET / HTTP/1.1\r\nHo"])
async def test_half_a_head_is_not_waited_for(raw: bytes) -> None:
    async with _serving(QUICK) as client:
        assert await _said(client, raw) == b""


async def test_half_a_body_is_refused_in_words() -> None:
    async with _serving(QUICK) as client:
        answer = (await _said(client, HALF_A_BODY)).decode()
    assert answer.startswith("HTTP/1.1 408")
    assert "chưa đến đủ" in answer


@asynccontextmanager
async def _as_served(house: PaperHouse) -> AsyncIterator[int]:
    """Serve as the program does; the test server would cancel whatever a caller leaves."""
    runner = Runner(create_app(house), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /?session=geheim HTTP/9.9\r\n\r\n",
        b"geheim\r\n\r\n",
        b"\x16\x03\x01\x02\x00geheim\x01\x00\r\n\r\n",
        b"GET /geheim HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
        b"GET /" + b"geheim" * 5_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /chat/messages HTTP/1.1\r\nContent-Length: geheim\r\n\r\n",
    ],
    ids=lambda raw: raw[:12],
)
async def test_what_is_no_http_is_refused_in_words_and_neither_repeated_nor_logged(
    paper: PaperHouse, caplog: pytest.LogCaptureFixture, raw: bytes
) -> None:
    async with _as_served(paper) as port, asyncio.timeout(5):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(raw)
        head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
        writer.close()
    assert head.startswith("HTTP/1.0 400 ")
    assert "Content-Type: application/json" in head
    assert "aiohttp" not in head
    assert "nosniff" in head
    assert "trình duyệt" in json.loads(body)["error"]
    assert "geheim" not in head + body + caplog.text
    assert caplog.records == []
    told = {"reason": "malformed"}
    assert paper.registry.get_sample_value("bot_web_refused_total", told) == 1


async def test_a_caller_that_leaves_half_way_is_no_fault_of_ours(
    paper: PaperHouse, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logs:
        async with _as_served(paper) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(HALF_A_BODY)
            await asyncio.sleep(0.1)
            writer.close()
            async with asyncio.timeout(5):
                while not _broken_off(paper):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
    assert [one for one in logs if one["log_level"] == "error"] == []
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


def _broken_off(paper: PaperHouse) -> float | None:
    return paper.registry.get_sample_value("bot_web_refused_total", {"reason": "bad_request"})
