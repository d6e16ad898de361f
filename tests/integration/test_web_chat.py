"""The web chat over real HTTP and a real database: the page's JSON in, its replies out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from aiohttp import StreamReader, web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.settings import Settings
from bot.web.app import create_app

Web = TestClient[web.Request, web.Application]


@pytest.fixture
async def house(tmp_path: Path, desk: Desk) -> AsyncIterator[House]:
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "CHAT_RATE_PER_MINUTE": "20"})
    async with build(settings, desk=desk) as built, built.working():
        yield built


@pytest.fixture
async def client(house: House) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(house))) as opened:
        yield opened


async def _say(client: Web, text: str, **more: str) -> dict[str, Any]:
    body = {"session": "s1", "text": text, **more}
    async with client.post("/chat/messages?wait=10", json=body) as answer:
        assert answer.status == HTTPStatus.OK
        return dict(await answer.json())


async def test_a_question_gets_its_card(client: Web) -> None:
    replies = (await _say(client, "mo quan tap hoa can giay to gi"))["replies"]
    assert "hộ kinh doanh" in replies[0]["text"].lower()
    assert {"label", "value"} == set(replies[0]["choices"][0])


async def test_a_choice_is_followed(client: Web) -> None:
    replies = (await _say(client, "mo quan tap hoa can giay to gi"))["replies"]
    value = next(c["value"] for c in replies[0]["choices"] if c["label"] == "Lệ phí")
    chosen = (await _say(client, "", choice=value))["replies"]
    assert "Lệ phí" in chosen[0]["text"]


async def test_without_waiting_the_message_is_taken(client: Web) -> None:
    async with client.post("/chat/messages", json={"session": "s1", "text": "chào"}) as answer:
        assert answer.status == HTTPStatus.ACCEPTED
        assert (await answer.json())["id"] > 0


async def test_a_resend_with_the_same_id_is_answered_once(client: Web) -> None:
    await _say(client, "chào", id="m1")
    await _say(client, "chào", id="m1")
    async with client.get("/chat/replies?session=s1") as answer:
        assert len((await answer.json())["replies"]) == 1


async def test_events_go_on_after_the_last_seen(client: Web) -> None:
    await _say(client, "chào")
    await _say(client, "cảm ơn")
    async with client.get("/chat/events?session=s1") as stream:
        first, second = await _event(stream.content), await _event(stream.content)
    headers = {"Last-Event-ID": str(first["id"])}
    async with client.get("/chat/events?session=s1", headers=headers) as stream:
        assert await _event(stream.content) == second


async def test_another_session_sees_nothing(client: Web) -> None:
    await _say(client, "chào")
    async with client.get("/chat/replies?session=s2") as answer:
        assert (await answer.json())["replies"] == []


async def _event(stream: StreamReader) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            line = await stream.readline()
            if line.startswith(b"data: "):
                return dict(json.loads(line.removeprefix(b"data: ")))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[1]", 400),
        (b'{"session":"a b","text":"x"}', 400),
        (b'{"session":"a","text":"   "}', 400),
        (b'{"session":"a","text":5}', 400),
        ('{"session":"a","text":"đ"}'.encode("utf-16"), 400),
        (json.dumps({"session": "a", "text": "x" * 2001}).encode(), 400),
        (b'{"session":"a","text":"' + b"x" * 70_000 + b'"}', 413),
    ],
)
async def test_bad_bodies_are_refused_in_vietnamese(client: Web, body: bytes, status: int) -> None:
    async with client.post("/chat/messages", data=body) as answer:
        assert answer.status == status
        assert "Hãy" in (await answer.json())["error"]


async def test_a_session_that_writes_too_fast_waits_and_others_do_not(client: Web) -> None:
    statuses = []
    for _ in range(22):
        async with client.post("/chat/messages", json={"session": "s", "text": "a"}) as answer:
            statuses.append(answer.status)
    assert statuses[:20] == [202] * 20
    assert statuses[-1] == HTTPStatus.TOO_MANY_REQUESTS
    async with client.post("/chat/messages", json={"session": "other", "text": "a"}) as answer:
        assert answer.status == HTTPStatus.ACCEPTED


async def test_every_answer_carries_the_safe_headers(client: Web) -> None:
    for path in ("/", "/healthz", "/nowhere", "/static/chat.js", "/embed.js"):
        async with client.get(path) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_health_and_figures(client: Web) -> None:
    async with client.get("/healthz") as answer:
        assert answer.status == HTTPStatus.OK
    async with client.get("/readyz") as answer:
        assert (await answer.json())["ready"] is True
    await _say(client, "chào")
    async with client.get("/metrics") as answer:
        assert 'bot_turns_total{channel="web",outcome="small_talk"} 1.0' in await answer.text()


async def test_a_lost_page_says_so_in_words(client: Web) -> None:
    async with client.get("/nowhere", headers={"Accept": "text/html"}) as answer:
        assert answer.status == HTTPStatus.NOT_FOUND
        assert "Không có địa chỉ này" in await answer.text()
