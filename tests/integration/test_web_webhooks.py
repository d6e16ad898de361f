"""A provider's call is proved, stored, and only then thanked; of others only a count is left."""

from __future__ import annotations

import gzip
import json

import pytest

from bot.storage.errors import NotStored
from tests.fakes.house import PaperHouse, signature
from tests.integration.conftest import Web

CALL = json.dumps({"said": {"1": "khai sinh"}}).encode()


async def _call(web: Web, body: bytes, **headers: str) -> int:
    signed = {"X-Signature": signature(body), **headers}
    async with web.post("/webhooks/telegram", data=body, headers=signed) as answer:
        assert "khai sinh" not in await answer.text()
        return answer.status


def _refused(paper: PaperHouse, reason: str) -> float | None:
    labels = {"channel": "telegram", "reason": reason}
    return paper.registry.get_sample_value("bot_webhooks_refused_total", labels)


async def test_a_genuine_call_is_stored(paper: PaperHouse, paper_web: Web) -> None:
    assert await _call(paper_web, CALL) == 200
    assert [one.text for one in paper.inbox.stored.values()] == ["khai sinh"]
    assert paper.inbox.stored["1"].received_at == paper.clock.now()


async def test_a_replayed_call_is_thanked_and_stored_once(
    paper: PaperHouse, paper_web: Web
) -> None:
    assert [await _call(paper_web, CALL) for _ in range(2)] == [200, 200]
    assert len(paper.inbox.stored) == 1


async def test_an_event_without_a_message_is_thanked(paper: PaperHouse, paper_web: Web) -> None:
    assert await _call(paper_web, b'{"said":{}}') == 200
    assert paper.inbox.stored == {}


@pytest.mark.parametrize(
    ("body", "headers", "status", "reason"),
    [
        pytest.param(CALL, {"X-Signature": "0" * 64}, 401, "forged", id="forged"),
        pytest.param(CALL, {"X-Signature": ""}, 401, "forged", id="unsigned"),
        pytest.param(CALL, {"X-Signature": signature(CALL + b" ")}, 401, "forged", id="altered"),
        pytest.param(b"said=khai", {}, 400, "unreadable", id="form"),
        pytest.param(b"", {}, 400, "unreadable", id="empty"),
        pytest.param(b"[1]", {}, 400, "unreadable", id="another shape"),
        pytest.param('{"said":{"1":"đất"}}'.encode("utf-16"), {}, 400, "unreadable", id="utf-16"),
        pytest.param('{"said":{"1":"đơn"}}'.encode("cp1258"), {}, 400, "unreadable", id="cp1258"),
        pytest.param(b"x" * 70_000, {}, 413, "too_large", id="oversized"),
        pytest.param(
            gzip.compress(b"x" * 70_000),
            {"Content-Encoding": "gzip"},
            415,
            "packed",
            id="oversized when unpacked",
        ),
    ],
)
async def test_a_bad_call_is_refused_counted_and_not_stored(
    paper: PaperHouse,
    paper_web: Web,
    body: bytes,
    headers: dict[str, str],
    status: int,
    reason: str,
) -> None:
    assert await _call(paper_web, body, **headers) == status
    assert _refused(paper, reason) == 1
    assert paper.inbox.stored == {}


async def test_a_channel_we_do_not_have_is_unknown(paper: PaperHouse, paper_web: Web) -> None:
    for channel in ("zalo", "web", "Telegram", "%F0%9F"):
        async with paper_web.post(f"/webhooks/{channel}", data=CALL) as answer:
            assert answer.status == 404
    assert paper.inbox.stored == {}


async def test_what_could_not_be_stored_is_asked_for_again(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.inbox.fault = NotStored("disk full")
    headers = {"X-Signature": signature(CALL)}
    async with paper_web.post("/webhooks/telegram", data=CALL, headers=headers) as answer:
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
    assert _refused(paper, "not_stored") == 1
