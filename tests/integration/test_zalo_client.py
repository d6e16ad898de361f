"""Calls of Zalo over a real line: what is sent, what is read, and what surely never left."""

from __future__ import annotations

import asyncio
import hmac
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from typing import Any, cast

import orjson
import pytest
from aiohttp import BodyPartReader, web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.channels.zalo.client import MOST_BYTES, Patience, Upload, ZaloClient
from bot.channels.zalo.faults import OddAnswer, ZaloFault, ZaloRefused, ZaloUnreachable
from bot.channels.zalo.hosts import Host, Hosts
from bot.channels.zalo.limits import Limits

SECRET, TOKEN = "the-secret-of-the-app", "a-token_" + "x" * 60
FINE = {"error": 0, "message": "Success", "data": {"message_id": "m1"}}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def _zalo(
    answer: Handler, *, proves: bool = False, seconds: float = 5.0
) -> AsyncIterator[ZaloClient]:
    app = web.Application(client_max_size=8 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        base = str(server.make_url(""))
        hosts = Hosts(oauth=f"{base}/oauth", api=base, business=f"{base}/business/")
        client = ZaloClient(hosts, secret=SECRET, proves=proves, patience=Patience(answer=seconds))
        try:
            yield client
        finally:
            await client.close()


class Heard:
    """Answers each call the same, and keeps what came."""

    def __init__(self, answer: Any = None, **headers: str) -> None:
        self.answer, self.headers = FINE if answer is None else answer, headers
        self.requests: list[web.Request] = []
        self.bodies: list[bytes] = []

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self.bodies.append(await request.read())
        return web.json_response(self.answer, headers=self.headers)


async def test_a_message_goes_as_json_with_the_token_in_its_header() -> None:
    heard = Heard(**{"X-RateLimit-Limit": "100", "X-RateLimit-Remain": "7"})
    async with _zalo(heard.take) as client:
        told = {"recipient": {"user_id": "2468458835296197922"}, "message": {"text": "chào"}}
        answered = await client.post("/v3.0/oa/message/cs", told, token=TOKEN)
    (request,), (body,) = heard.requests, heard.bodies
    assert (request.method, request.path_qs) == ("POST", "/v3.0/oa/message/cs")
    assert (request.headers["access_token"], request.content_type) == (TOKEN, "application/json")
    assert "appsecret_proof" not in request.headers
    assert "Authorization" not in request.headers
    assert orjson.loads(body) == told
    assert answered.data == {"message_id": "m1"}
    assert answered.limits == Limits(limit=100, remain=7)


async def test_a_question_goes_as_one_parameter() -> None:
    heard = Heard()
    async with _zalo(heard.take) as client:
        asked = {"offset": 0, "count": 50, "tag_name": "xã & phường"}
        await client.get("/v3.0/oa/user/getlist", asked, token=TOKEN)
        await client.get("/v2.0/oa/getoa", token=TOKEN)
    first, second = heard.requests
    assert first.path == "/v3.0/oa/user/getlist"
    assert {name: orjson.loads(value) for name, value in first.query.items()} == {"data": asked}
    assert second.path_qs == "/v2.0/oa/getoa"


async def test_of_templates_each_argument_goes_by_its_name() -> None:
    heard = Heard()
    async with _zalo(heard.take) as client:
        asked = {"offset": 0, "status": "ENABLE"}
        await client.get("/template/all", asked, token=TOKEN, host=Host.BUSINESS)
    (request,) = heard.requests
    assert (request.path, dict(request.query)) == (
        "/business/template/all",
        {"offset": "0", "status": "ENABLE"},
    )


async def test_a_file_goes_as_multipart() -> None:
    found: list[tuple[str | None, str | None, str | None, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        async for one in await request.multipart():
            assert isinstance(one, BodyPartReader)
            media = one.headers.get("Content-Type")
            found.append((one.name, one.filename, media, bytes(await one.read())))
        return web.json_response(FINE)

    content = bytes(range(256)) * 4000
    async with _zalo(take) as client:
        one = Upload(name="kế hoạch.pdf", media="application/pdf", content=content)
        await client.upload("/v2.0/oa/upload/file", one, token=TOKEN)
    assert found == [("file", "kế hoạch.pdf", "application/pdf", content)]


async def test_the_secret_is_shown_to_who_gives_tokens_and_proved_to_others() -> None:
    heard = Heard({"error": 0, "access_token": "a", "refresh_token": "b"})
    async with _zalo(heard.take, proves=True) as client:
        await client.grant("/v4/oa/access_token", {"app_id": "1", "refresh_token": "b+/="})
        await client.get("/v2.0/oa/getoa", token=TOKEN)
    granting, asking = heard.requests
    assert granting.path == "/oauth/v4/oa/access_token"
    assert granting.headers["secret_key"] == SECRET
    assert granting.content_type == "application/x-www-form-urlencoded"
    assert heard.bodies[0] == b"app_id=1&refresh_token=b%2B%2F%3D"
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), sha256).hexdigest()
    assert asking.headers["appsecret_proof"] == proof
    assert "secret_key" not in asking.headers


async def test_a_refusal_comes_with_a_status_of_200() -> None:
    headers = {"X-RateLimit-Limit": "nonsense", "X-RateLimit-Remaining": "0"}
    heard = Heard({"error": -32, "message": "too many"}, **headers)
    async with _zalo(heard.take) as client:
        with pytest.raises(ZaloRefused) as raised:
            await client.post("/v3.0/oa/message/cs", {}, token=TOKEN)
    assert raised.value.code.number == -32
    assert raised.value.limits == Limits(limit=None, remain=0)


async def _dropped(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(5)
    return web.Response()


async def _cut(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": "900"})
    await answer.prepare(request)
    await answer.write(b'{"error":0')
    assert request.transport is not None
    request.transport.abort()
    return answer


async def _status(status: int) -> web.Response:
    return web.Response(status=status, text="<html>", headers={"Location": "http://127.0.0.1:1/"})


async def _bad_gateway(_request: web.Request) -> web.StreamResponse:
    return await _status(502)


async def _closed(_request: web.Request) -> web.StreamResponse:
    return await _status(503)


async def _elsewhere(_request: web.Request) -> web.StreamResponse:
    return await _status(307)


@pytest.mark.parametrize(
    ("answer", "never_left"),
    [(_dropped, False), (_slow, False), (_cut, False), (_bad_gateway, False), (_closed, True)],
)
async def test_a_call_that_got_no_answer_may_have_arrived(
    answer: Handler, never_left: bool
) -> None:
    async with _zalo(answer, seconds=0.3) as client:
        with pytest.raises(ZaloUnreachable) as raised:
            await client.post("/v3.0/oa/message/cs", {}, token=TOKEN)
    assert raised.value.never_left is never_left


async def test_a_call_nobody_took_never_left(unused_tcp_port: int) -> None:
    nowhere = Hosts(api=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(ZaloUnreachable) as raised:
        await _call_once(nowhere)
    assert raised.value.never_left


async def test_a_call_that_waits_for_a_line_in_vain_never_left() -> None:
    """A server that takes no more connections, as one that is stopped does."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        there = deaf.getsockname()
        # The queue of who waits is full with these.
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(there)
        with pytest.raises(ZaloUnreachable) as raised:
            await _call_once(Hosts(api=f"http://127.0.0.1:{there[1]}"))
        for one in waiting:
            one.close()
    assert raised.value.never_left


async def _call_once(hosts: Hosts) -> None:
    client = ZaloClient(hosts, secret=SECRET, patience=Patience(answer=0.3))
    try:
        await client.post("/v3.0/oa/message/cs", {}, token=TOKEN)
    finally:
        await client.close()


async def test_nothing_is_sent_on_to_another_address() -> None:
    """Who redirects us would be given the token."""
    async with _zalo(_elsewhere) as client:
        with pytest.raises(OddAnswer) as raised:
            await client.post("/v3.0/oa/message/cs", {}, token=TOKEN)
    assert raised.value.refused


async def test_an_answer_without_an_end_is_not_read_to_its_end() -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        await answer.prepare(request)
        while request.transport is not None:
            await answer.write(b" " * 65_536)
            sent += 65_536
        return answer

    async with _zalo(endless) as client:
        with pytest.raises(OddAnswer, match="too long"):
            await client.get("/v2.0/oa/getoa", token=TOKEN)
    assert sent < MOST_BYTES * 10


@pytest.mark.parametrize(
    "answer", [_dropped, _bad_gateway, _elsewhere, Heard({"error": -216}).take]
)
async def test_no_fault_and_no_log_tells_a_secret(answer: Handler) -> None:
    person = "2468458835296197922"
    with capture_logs() as logs:
        async with _zalo(answer, seconds=0.3) as client:
            with pytest.raises(ZaloFault) as raised:
                await client.get("/v3.0/oa/user/detail", {"user_id": person}, token=TOKEN)
    told, error = repr(logs), cast("BaseException | None", raised.value)
    while error is not None:
        told += repr(error) + repr(vars(error))
        error = error.__cause__ or error.__context__
    assert not any(secret in told for secret in (TOKEN, SECRET, person))
