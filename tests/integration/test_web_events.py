"""Replies as events: each once, going on where a lost connection stopped, never in the way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientPayloadError, StreamReader
from aiohttp.test_utils import TestClient, TestServer

from bot.web.app import create_app
from tests.fakes.house import PaperHouse
from tests.integration.conftest import Web

STREAM = "/chat/events?session=s1"


@asynccontextmanager
async def _listening(web: Web, path: str = STREAM, **headers: str) -> AsyncIterator[StreamReader]:
    async with web.get(path, headers=headers) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        yield answer.content


async def test_nobody_on_the_way_keeps_replies_or_holds_them_back(paper_web: Web) -> None:
    async with paper_web.get(STREAM) as stream:
        assert stream.headers["Cache-Control"] == "no-store"
        assert stream.headers["X-Accel-Buffering"] == "no"
    async with paper_web.get("/chat/replies?session=s1") as asked:
        assert asked.headers["Cache-Control"] == "no-store"


async def _block(stream: StreamReader) -> dict[str, str]:
    """Read one block of the stream as fields; a comment has the empty name."""
    async with asyncio.timeout(10):
        lines = (await stream.readuntil(b"\n\n")).decode().splitlines()
    return dict(line.split(": ", 1) for line in lines if line)


async def _texts(web: Web, path: str = STREAM, *, count: int, **headers: str) -> list[str]:
    texts: list[str] = []
    async with _listening(web, path, **headers) as stream:
        while len(texts) < count:
            block = await _block(stream)
            if "id" in block:
                texts.append(json.loads(block["data"])["text"])
    return texts


async def test_a_reply_comes_as_one_event_with_its_number(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.mailbox.put("dòng một\ndòng hai")
    async with _listening(paper_web) as stream:
        assert await _block(stream) == {"retry": "2000"}
        event = await _block(stream)
    assert event["id"] == "1"
    assert json.loads(event["data"]) == {
        "id": 1,
        "from": "bot",
        "text": "dòng một\ndòng hai",
        "choices": [],
        "links": [],
        "files": [],
        "wants": [],
    }


async def test_a_silent_line_is_kept_open_by_comments(paper_web: Web) -> None:
    async with _listening(paper_web) as stream:
        await _block(stream)
        assert await _block(stream) == {"": "still here"}


async def test_what_was_seen_is_not_sent_again(paper: PaperHouse, paper_web: Web) -> None:
    for text in ("một", "hai", "ba"):
        paper.mailbox.put(text)
    assert await _texts(paper_web, STREAM + "&after=1", count=2) == ["hai", "ba"]
    resumed = {"Last-Event-ID": "2"}
    assert await _texts(paper_web, STREAM + "&after=1", count=1, **resumed) == ["ba"]


async def test_many_replies_come_in_order(paper: PaperHouse, paper_web: Web) -> None:
    expected = [str(number) for number in range(120)]
    for text in expected:
        paper.mailbox.put(text)
    assert await _texts(paper_web, count=120) == expected


async def test_a_session_hears_only_its_own_replies(paper: PaperHouse, paper_web: Web) -> None:
    paper.mailbox.put("của người khác", session="s2")
    paper.mailbox.put("của tôi")
    assert await _texts(paper_web, count=1) == ["của tôi"]


async def test_numbers_nobody_knows_any_more_begin_anew(paper: PaperHouse, paper_web: Web) -> None:
    """After the database was replaced a page must not wait for numbers of the old one."""
    paper.mailbox.put("mới")
    async with _listening(paper_web, STREAM + "&after=900") as stream:
        assert await _block(stream) == {"retry": "2000"}
        assert (await _block(stream))["event"] == "restarted"
        assert (await _block(stream))["id"] == "1"
    async with paper_web.get("/chat/replies?session=s1&after=900") as answer:
        asked: dict[str, Any] = await answer.json()
    assert (asked["restarted"], len(asked["replies"])) == (True, 1)


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "٣", "9" * 5000])
async def test_a_place_that_is_no_number_is_refused(paper_web: Web, after: str) -> None:
    async with paper_web.get(STREAM, params={"session": "s1", "after": after}) as answer:
        assert answer.status == 400
        assert "after" in (await answer.json())["error"]


async def test_looking_at_the_heads_of_a_stream_does_not_open_it(paper_web: Web) -> None:
    async with paper_web.head(STREAM) as answer:
        assert answer.status == 405


async def test_without_a_session_nothing_is_heard(paper_web: Web) -> None:
    async with paper_web.get("/chat/events") as answer:
        assert answer.status == 400


async def test_a_session_that_listens_too_often_is_asked_to_close_some(paper_web: Web) -> None:
    open_ones = [await paper_web.get(STREAM) for _ in range(8)]
    async with paper_web.get(STREAM) as answer:
        assert answer.status == 429
        assert answer.headers["Retry-After"] == "5"
    async with paper_web.get("/chat/events?session=s2") as answer:
        assert answer.status == 200
    for one in open_ones:
        one.close()


async def test_who_has_no_place_to_wait_may_still_speak_but_is_not_kept_half_heard(
    paper: PaperHouse, paper_web: Web
) -> None:
    open_ones = [await paper_web.get(STREAM) for _ in range(8)]
    for wait, status in (("1", 429), ("0", 202)):
        body = {"session": "s1", "text": "chào"}
        async with paper_web.post("/chat/messages", params={"wait": wait}, json=body) as answer:
            assert answer.status == status
    assert len(paper.inbox.stored) == 1
    for one in open_ones:
        one.close()


async def test_a_place_is_free_again_when_the_page_is_closed(
    paper: PaperHouse, paper_web: Web
) -> None:
    async with _listening(paper_web) as stream:
        await _block(stream)
        assert paper.registry.get_sample_value("bot_web_waiting") == 1
    async with asyncio.timeout(10):
        while paper.registry.get_sample_value("bot_web_waiting"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_stream_whose_source_fails_is_cut_not_filled_with_an_error(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.mailbox.fault = OSError("database gone")
    with pytest.raises(ClientPayloadError):
        async with _listening(paper_web) as stream:
            assert await stream.read() == b"retry: 2000\n\n"


async def test_listeners_do_not_keep_the_program_from_stopping(paper: PaperHouse) -> None:
    server = TestServer(create_app(paper))
    async with TestClient(server) as web, _listening(web) as stream:
        await _block(stream)
        async with asyncio.timeout(2):
            await server.close()
