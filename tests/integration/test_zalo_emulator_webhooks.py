"""Events of the emulator of Zalo: signed, repeated by schedule, and spoilt on demand."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.callers import calling
from tests.fakes.zalo.shapes import Draft

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
NOTHING = Draft(kind="text", text="…")


@dataclass
class Listener:
    """Whoever is told: answers with ``status`` after ``slowness`` seconds."""

    status: int = 200
    slowness: float = 0.0
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.calls.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.slowness)
        return web.Response(status=self.status)


@pytest.fixture
async def listener() -> Listener:
    return Listener()


@pytest.fixture
async def fake(listener: Listener) -> AsyncIterator[FakeZalo]:
    app = web.Application()
    app.router.add_post("/webhooks/zalo", listener.take)
    async with (
        TestServer(app) as server,
        serving_zalo(clock=Clock.standing(NOON)) as emulator,
    ):
        emulator.app.events_to = str(server.make_url("/webhooks/zalo"))
        yield emulator


def _mac(prefix: str, body: bytes, stamp: str, secret: str) -> str:
    return hashlib.sha256(prefix.encode() + body + stamp.encode() + secret.encode()).hexdigest()


async def test_an_event_is_signed_as_zalo_signs(fake: FakeZalo, listener: Listener) -> None:
    event = await fake.citizen().says("xin chào")
    headers, body = listener.calls[0]
    assert event.acknowledged
    assert event.told["timestamp"] == str(int(NOON.timestamp() * 1000))
    app = fake.app
    mac = _mac(app.app_id, body, event.timestamp, app.webhook_secret)
    assert headers["X-ZEvent-Signature"] == f"mac={mac}"
    rules = fake.rules
    rules.sign_prefix, rules.sign_with_app_secret, rules.sign_mac = "oa_id", True, False
    event = await fake.citizen().says("nữa")
    headers, body = listener.calls[1]
    mac = _mac(fake.oa.oa_id, body, event.timestamp, app.secret)
    assert headers["X-ZEvent-Signature"] == mac


async def test_what_nobody_takes_comes_again_by_the_schedule(
    fake: FakeZalo, listener: Listener
) -> None:
    listener.status = 500
    await fake.citizen().says("xin chào")
    for wait in (30, 300, 900, 1800, 3600):
        await fake.advance(timedelta(seconds=wait - 1))
        before = len(listener.calls)
        await fake.advance(timedelta(seconds=1))
        assert len(listener.calls) == before + 1
    numbers = [headers.get("num_retry") for headers, _ in listener.calls]
    assert numbers == [None, "1", "2", "3", "4", "5"]
    assert len({body for _, body in listener.calls}) == 1
    assert fake.app.webhook_off
    await fake.citizen().says("không ai nghe")
    assert len(listener.calls) == 6


async def test_a_slow_answer_is_none_and_the_next_try_may_succeed(
    fake: FakeZalo, listener: Listener
) -> None:
    fake.rules.webhook_patience, listener.slowness = 0.05, 0.3
    event = await fake.citizen().says("xin chào")
    assert event.answers == [0]
    listener.slowness = 0.0
    await fake.advance(timedelta(seconds=30))
    assert event.answers == [0, 200]
    await fake.advance(timedelta(hours=3))
    assert len(listener.calls) == 2


async def test_who_was_told_that_somebody_left_could_have_known(
    fake: FakeZalo, listener: Listener
) -> None:
    nam = fake.citizen()
    await nam.follows_oa()
    listener.status = 500
    await nam.unfollows()
    async with calling(fake) as caller:
        await caller.cs(nam, {"text": "x"})
        assert fake.ledger.foreseeable == []
        nam.told.clear()
        listener.status = 200
        await fake.advance(timedelta(seconds=30))
        await caller.cs(nam, {"text": "x"})
    assert [one.code for one in fake.ledger.foreseeable] == [-213]


async def test_every_act_of_a_citizen_has_its_event(fake: FakeZalo, listener: Listener) -> None:
    nam = fake.citizen()
    acts = [
        nam.follows_oa(), nam.says("a"), nam.sends_image(b"\xff\xd8", "ảnh"),
        nam.sends_gif(b"GIF8"), nam.sends_file(b"%PDF", "don.pdf"), nam.sends_audio(b"#!AMR"),
        nam.sends_video(b"0"), nam.sends_sticker(), nam.shows_place(13.77, 109.22),
        nam.sends_link("https://a.vn"), nam.sends_business_card(), nam.submits_info(),
        nam.sees(), nam.opens_chat(), nam.is_tagged("hỏi"), nam.hears_manager("Tôi đây"),
        nam.reacts(fake.messages.show(nam, NOTHING, route="cs")), nam.withdraws(),
        nam.does("user_call_oa", call_id="1"), nam.unfollows(),
    ]  # fmt: skip
    names = [(await act).told["event_name"] for act in acts]
    assert names == [
        "follow", "user_send_text", "user_send_image", "user_send_gif", "user_send_file",
        "user_send_audio", "user_send_video", "user_send_sticker", "user_send_location",
        "user_send_link", "user_send_business_card", "user_submit_info", "user_seen_message",
        "user_click_chatnow", "add_user_to_tag", "oa_send_text", "user_reacted_message",
        "user_withdraw", "user_call_oa", "unfollow",
    ]  # fmt: skip
    assert len(listener.calls) == len(names)
    place = fake.webhooks.events[8].told["message"]["attachments"][0]["payload"]["coordinates"]
    assert place == {"latitude": "13.77", "longitude": "109.22"}
    assert fake.webhooks.events[15].told["sender"]["admin_id"]
    assert "sender" not in fake.webhooks.events[0].told


async def test_files_of_citizens_are_fetched_from_the_emulator(fake: FakeZalo) -> None:
    event = await fake.citizen().sends_file(b"%PDF-1.7", "đơn? 1/2 #3.pdf")
    payload = event.told["message"]["attachments"][0]["payload"]
    assert payload["size"] == "8"
    assert payload["checksum"] == hashlib.md5(b"%PDF-1.7").hexdigest()
    async with ClientSession() as session, session.get(payload["url"]) as answer:
        assert await answer.read() == b"%PDF-1.7"


async def test_our_own_messages_come_back_as_events(fake: FakeZalo) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    async with calling(fake) as caller:
        sent = await caller.cs(nam, {"text": "Chào bạn"})
    await fake.webhooks.settle()
    echo, received = (event.told for event in list(fake.webhooks.events)[1:])
    assert echo["event_name"] == "oa_send_text"
    assert "admin_id" not in echo["sender"]
    assert received["event_name"] == "user_received_message"
    assert received["message"]["msg_id"] == sent["data"]["message_id"]


async def test_events_twice_out_of_order_and_spoilt(fake: FakeZalo, listener: Listener) -> None:
    nam = fake.citizen()
    fake.webhooks.hold()
    first, second = await nam.says("một"), await nam.says("hai")
    assert listener.calls == []
    await fake.webhooks.release(backwards=True)
    await fake.webhooks.deliver(first)
    await fake.webhooks.forge(first)
    await fake.webhooks.truncate(first)
    await fake.webhooks.bloat(fake.oa, 100_000)
    await fake.webhooks.dribble(first, 0.05)
    bodies = [body for _, body in listener.calls]
    assert bodies[:4] == [second.body, first.body, first.body, first.body]
    assert first.body.startswith(bodies[4])
    assert len(bodies[4]) < len(first.body)
    assert len(bodies[5]) > 100_000
    assert bodies[6] == first.body
    macs = [headers["X-ZEvent-Signature"] for headers, _ in listener.calls]
    assert macs[3] != macs[2] == macs[4]
