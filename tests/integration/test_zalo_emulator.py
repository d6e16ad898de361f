"""The emulator of Zalo is as strict as what is known of Zalo: tokens, messages, windows, rates."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientError

from tests.fakes.zalo import Break, Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.callers import Caller, calling
from tests.fakes.zalo.grants import challenge_of

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
HOUR = timedelta(hours=1)


@pytest.fixture
async def fake() -> AsyncIterator[FakeZalo]:
    async with serving_zalo(clock=Clock.standing(NOON)) as emulator:
        yield emulator


@pytest.fixture
async def caller(fake: FakeZalo) -> AsyncIterator[Caller]:
    async with calling(fake) as found:
        yield found


def _codes(*answers: dict[str, object]) -> list[object]:
    return [answer["error"] for answer in answers]


async def test_a_code_is_redeemed_once_within_ten_minutes_and_with_its_verifier(
    fake: FakeZalo, caller: Caller
) -> None:
    code, late = (fake.oauth.consent(fake.oa, challenge_of("v" * 43)) for _ in range(2))
    grant = {"grant_type": "authorization_code", "code": code}
    assert "error" in await caller.tokens(**grant, code_verifier="w" * 43)
    assert "error" in await caller.tokens("guess", **grant, code_verifier="v" * 43)
    pair = await caller.tokens(**grant, code_verifier="v" * 43)
    assert pair["expires_in"] == "90000"
    again = await caller.tokens(**grant, code_verifier="v" * 43)
    assert again.keys() == {"error", "error_name", "error_description"}
    await fake.advance(timedelta(minutes=10))
    assert "error" in await caller.tokens(**grant | {"code": late}, code_verifier="v" * 43)


async def test_a_refresh_token_works_once_and_kills_the_old_access_token(
    fake: FakeZalo, caller: Caller
) -> None:
    pair = fake.mint()
    caller.token = pair["access_token"]
    refresh = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == 0
    newer = await caller.tokens(**refresh)
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == -220
    caller.token = newer["access_token"]
    assert (await caller.get("/v2.0/oa/getoa"))["data"]["oa_id"] == fake.oa.oa_id
    assert (await caller.tokens(**refresh))["error"] == fake.rules.used_refresh_code
    await fake.advance(25 * HOUR)
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == -220
    caller.token = "no token"
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == -216
    await fake.advance(timedelta(days=90))
    refresh["refresh_token"] = newer["refresh_token"]
    assert "error" in await caller.tokens(**refresh)


async def test_a_pair_may_be_made_and_never_arrive(fake: FakeZalo, caller: Caller) -> None:
    pair = fake.mint()
    refresh = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    fake.weather.breaks("refresh", Break.BEFORE)
    with pytest.raises(ClientError):
        await caller.tokens(**refresh)
    fake.weather.breaks("refresh", Break.AFTER)
    with pytest.raises(ClientError):
        await caller.tokens(**refresh)
    assert (await caller.tokens(**refresh))["error"] == fake.rules.used_refresh_code
    fake.oauth.refuse(fake.oa)
    last = list(fake.oauth.refreshes)[-1]
    assert "error" in await caller.tokens(**refresh | {"refresh_token": last})


async def test_another_callback_voids_what_was_granted(fake: FakeZalo, caller: Caller) -> None:
    pair = fake.mint()
    refresh = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    fake.oauth.save(fake.app, "https://a.vn/zalo", "x")
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == 0
    fake.oauth.save(fake.app, "https://b.vn/zalo", "x")
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == -220
    assert "error" in await caller.tokens(**refresh)


async def test_an_answer_is_seen_as_it_was_sent(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    said = await nam.says("xin chào")
    sent = await caller.cs(nam, {"text": "Chào bạn"})
    assert sent["data"]["user_id"] == nam.user_id
    assert sent["data"]["quota"]["quota_type"] == "reply"
    picture = (await caller.upload("image", "a.png", PNG))["data"]["attachment_id"]
    media = {"template_type": "media", "elements": [{"media_type": "image"}]}
    media["elements"][0]["attachment_id"] = picture  # type: ignore[index]
    attachment = {"type": "template", "payload": media}
    await caller.cs(nam, {"text": "Ảnh đây", "attachment": attachment})
    token = (await caller.upload("file", "mau.pdf", b"%PDF-1.7"))["data"]["token"]
    await caller.cs(nam, {"attachment": {"type": "file", "payload": {"token": token}}})
    message_id = said.told["message"]["msg_id"]
    body = {"recipient": {"message_id": message_id}, "message": {"text": "Về câu này"}}
    await caller.post("/v3.0/oa/message/cs", body)
    assert [one.text for one in nam.shown] == ["Chào bạn", "Ảnh đây", "", "Về câu này"]
    assert nam.shown[1].images == (PNG,)
    assert nam.shown[2].files == (("mau.pdf", b"%PDF-1.7"),)


async def test_buttons_and_lists_only_where_the_switch_says_so(
    fake: FakeZalo, caller: Caller
) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    button = {"title": "Lệ phí", "type": "oa.query.show", "payload": "#1"}
    buttons = {"text": "?", "attachment": {"type": "template", "payload": {"buttons": [button]}}}
    opened = {"type": "oa.open.url", "payload": {"url": "https://a.vn"}}
    rows = [{"title": "A", "subtitle": "B", "default_action": opened}, {"title": "C"}]
    listed = {"template_type": "list", "elements": rows}
    answers = [await caller.cs(nam, buttons), await caller.cs(nam, buttons)]
    answers.append(await caller.cs(nam, {"attachment": {"type": "template", "payload": listed}}))
    assert _codes(*answers) == [-201, -201, -201]
    # Nobody knows before they are told; who tries again at once does.
    assert [bool(one.foreseen) for one in fake.ledger.refusals] == [False, True, False]
    fake.rules.buttons = fake.rules.lists = True
    assert (await caller.cs(nam, buttons))["error"] == 0
    assert (await nam.presses(nam.shown[-1].buttons[0])).told["message"]["text"] == "#1"
    many = {"type": "template", "payload": {"buttons": [button] * 6}}
    assert (await caller.cs(nam, {"text": "?", "attachment": many}))["error"] == -210
    attachment = {"type": "template", "payload": listed}
    assert (await caller.cs(nam, {"attachment": attachment}))["error"] == 0
    shown = nam.shown[-1].elements
    assert [(one.title, one.link) for one in shown] == [("A", "https://a.vn"), ("C", "")]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": ""}, -201),
        ({"text": 7}, -201),
        ({"words": "x"}, -201),
        ({"text": "x", "silent": True}, -201),
        ({"text": "x" * 2001}, -210),
        ({"text": unicodedata.normalize("NFD", "ế" * 2000)}, 0),
        ({"text": "😀" * 2000}, 0),
        ({"attachment": {"type": "file", "payload": {"token": "1"}}}, -201),
        ({"text": "x", "attachment": {"type": "file", "payload": {"token": "1"}}}, -201),
        ({"attachment": {"type": "template", "payload": {"template_type": "media"}}}, -201),
        ({"text": "x", "quote_message_id": "1"}, -201),
    ],
)
async def test_a_message_that_does_not_fit_is_refused(
    fake: FakeZalo, caller: Caller, message: dict[str, object], code: int
) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    assert (await caller.cs(nam, message))["error"] == code
    assert [one.code for one in fake.ledger.foreseeable] == [code][: bool(code)]


async def test_the_person_is_asked_for_their_details(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    card = {"title": "Liên hệ", "subtitle": "Để trả lời bạn", "image_url": "https://a.vn/a.png"}
    payload = {"template_type": "request_user_info", "elements": [card]}
    sent = await caller.cs(nam, {"attachment": {"type": "template", "payload": payload}})
    assert sent["error"] == 0
    assert nam.shown[0].elements[0].title == "Liên hệ"
    newer, older = await nam.submits_info(), await nam.submits_info(older=True)
    assert newer.told["info"]["full_address"]["user_ward"] == "Quy Nhơn"
    assert older.told["info"]["ward"] == "Quy Nhơn"


async def test_the_windows_of_48_hours_and_seven_days(fake: FakeZalo, caller: Caller) -> None:
    nam, stranger = fake.citizen(), fake.citizen("8")
    await nam.follows_oa()
    kinds = [(await caller.cs(nam, {"text": "x"}))["data"]["quota"] for _ in range(9)]
    assert [kind["quota_type"] for kind in kinds] == ["reply"] * 8 + ["sub_quota"]
    assert kinds[8]["remain"] == "499"
    fake.oa.messages_a_month = 2
    await nam.says("nữa")
    await fake.advance(49 * HOUR)
    caller.token = fake.mint()["access_token"]
    paid = await caller.cs(nam, {"text": "x"})
    assert paid["data"]["quota"]["quota_type"] == "sub_quota"
    assert (await caller.cs(nam, {"text": "x"}))["error"] == -211
    await fake.advance(120 * HOUR)
    caller.token = fake.mint()["access_token"]
    refused = [await caller.cs(nam, {"text": "x"}), await caller.cs(stranger, {"text": "x"})]
    assert _codes(*refused) == [-230, -232]
    assert [one.code for one in fake.ledger.foreseeable] == [-211, -230, -232]


async def test_whoever_left_is_not_written_to(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    await nam.follows_oa()
    await nam.unfollows()
    assert (await caller.cs(nam, {"text": "x"}))["error"] == -213
    assert fake.ledger.foreseeable == []
    assert (await caller.cs(nam, {"text": "x"}))["error"] == -213
    assert len(fake.ledger.foreseeable) == 1
    assert not nam.left_told()
    await fake.advance(timedelta(minutes=1))
    await nam.says("tôi vẫn hỏi")
    assert (await caller.cs(nam, {"text": "x"}))["error"] == 0
    fake.rules.only_followers = True
    nam.inactive, nam.left_told = True, lambda: True
    assert (await caller.cs(nam, {"text": "x"}))["error"] == -213
    # Nobody knew that a word of theirs does not open the window again.
    assert len(fake.ledger.foreseeable) == 1
    nam.follows = True
    assert (await caller.cs(nam, {"text": "x"}))["error"] == -227


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("image", "a.jpg", b"\xff\xd8" + b"0" * 999_998, 0),
        ("image", "a.jpg", b"\xff\xd8" + b"0" * 999_999, -210),
        ("image", "a.gif", b"GIF89a", -201),
        ("image", "a.png", b"\xff\xd8", -201),
        ("gif", "a.gif", b"GIF89a", 0),
        ("file", "a.docx", b"PK\x03\x04", 0),
        ("file", "a.csv", b"a,b", 0),
        ("file", "a.xlsx", b"PK\x03\x04", -201),
        ("file", "a.pdf", b"", -201),
    ],
)
async def test_uploads_are_looked_at(
    caller: Caller, kind: str, name: str, content: bytes, code: int
) -> None:
    assert (await caller.upload(kind, name, content))["error"] == code


async def test_an_upload_lasts_seven_days(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    token = (await caller.upload("file", "mau.pdf", b"%PDF-1.7"))["data"]["token"]
    await fake.advance(timedelta(days=7))
    await nam.says("xin chào")
    caller.token = fake.mint()["access_token"]
    sent = await caller.cs(nam, {"attachment": {"type": "file", "payload": {"token": token}}})
    assert sent["error"] == -100


async def test_the_rate_is_told_and_enforced(fake: FakeZalo, caller: Caller) -> None:
    fake.rules.oa_rate = 3
    answers = [await caller.get("/v2.0/oa/getoa") for _ in range(3)]
    assert caller.headers["X-RateLimit-Limit"] == "3"
    assert caller.headers["X-RateLimit-Remain"] == "0"
    answers.append(await caller.get("/v2.0/oa/getoa"))
    await fake.advance(timedelta(minutes=1))
    answers.append(await caller.get("/v2.0/oa/getoa"))
    fake.rules.app_rate = 1
    answers.append(await caller.get("/v2.0/oa/getoa"))
    assert _codes(*answers) == [0, 0, 0, -32, 0, -32]
    assert "app" in answers[-1]["message"]
    assert fake.gate.rates.most == 4


async def test_every_error_and_every_break_on_demand(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    fake.fail("cs", -248)
    fake.fail("/v2.0/oa/getoa", -204, times=2)
    assert _codes(
        await caller.get("/v2.0/oa/getoa"),
        await caller.cs(nam, {"text": "x"}),
        await caller.get("/v2.0/oa/getoa"),
        await caller.get("/v2.0/oa/getoa"),
    ) == [-204, -248, -204, 0]
    for how in Break:
        fake.weather.breaks("cs", how)
        with pytest.raises((ClientError, AssertionError, ValueError)):
            await caller.cs(nam, {"text": how})
    done = {Break.AFTER, Break.SERVER_ERROR_AFTER, Break.NOT_JSON, Break.MALFORMED}
    assert {one.text for one in nam.shown} == set(done)
    assert fake.ledger.foreseeable == []


async def test_a_proof_of_the_secret_where_the_app_wants_it(
    fake: FakeZalo, caller: Caller
) -> None:
    fake.app.wants_proof = True
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == -242
    assert (await caller.asks("/message/quota"))["error"] == -1241
    proof = hmac.new(fake.app.secret.encode(), caller.token.encode(), hashlib.sha256)
    caller.more["appsecret_proof"] = proof.hexdigest()
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == 0


async def test_it_can_be_gone_and_come_back_where_it_was(fake: FakeZalo, caller: Caller) -> None:
    url = fake.url
    await fake.stop()
    with pytest.raises(ClientError):
        await caller.get("/v2.0/oa/getoa")
    await fake.start()
    assert fake.url == url
    assert (await caller.get("/v2.0/oa/getoa"))["error"] == 0
