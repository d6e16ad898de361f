"""Calls of the Bot Platform: what surely never left is told from what may have arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.zalo_bot.client import MOST_BYTES, BotClient
from bot.channels.zalo_bot.faults import BotFault, BotRefused, BotUnreachable, OddAnswer
from tests.fakes.zalo_bot import TOKEN, Break, FakeZaloBot, serving_zalo_bot

SAID = {"chat_id": "7", "text": "một"}


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloBot]:
    async with serving_zalo_bot() as fake:
        yield fake


@pytest.fixture
async def client(zalo: FakeZaloBot) -> AsyncIterator[BotClient]:
    made = BotClient(TOKEN, base_url=zalo.url, seconds=1.0)
    yield made
    await made.close()


async def _fault(client: BotClient, method: str = "sendMessage") -> BotFault:
    with pytest.raises(BotFault) as raised:
        await client.call(method, SAID if method == "sendMessage" else {})
    fault = raised.value
    assert TOKEN.partition(":")[2] not in f"{fault!r} {fault.__cause__!r} {fault.__context__!r}"
    return fault


async def test_a_call_gives_its_result(zalo: FakeZaloBot, client: BotClient) -> None:
    assert (await client.call("getMe"))["account_type"] == "BASIC"
    assert (await client.call("sendMessage", SAID))["message_id"] == "b1"
    typing = {"chat_id": "7", "action": "typing"}
    assert await client.call("sendChatAction", typing) is None
    assert zalo.sent == [SAID]


async def test_where_nobody_listens_it_never_left(unused_tcp_port: int) -> None:
    client = BotClient(TOKEN, base_url=f"http://127.0.0.1:{unused_tcp_port}")
    fault = await _fault(client)
    assert isinstance(fault, BotUnreachable)
    assert fault.never_left
    await client.close()


@pytest.mark.parametrize("befallen", [Break.BEFORE, Break.AFTER, Break.PAGE])
async def test_what_was_on_the_line_may_have_arrived(
    zalo: FakeZaloBot, client: BotClient, befallen: Break
) -> None:
    zalo.befalls.append(befallen)
    fault = await _fault(client)
    assert isinstance(fault, BotUnreachable)
    assert not fault.never_left


async def test_who_is_too_slow_may_have_taken_it(zalo: FakeZaloBot, client: BotClient) -> None:
    zalo.latency = 3.0
    fault = await _fault(client)
    assert isinstance(fault, BotUnreachable)
    assert not fault.never_left


@pytest.mark.parametrize("by_status", [True, False])
@pytest.mark.parametrize("number", [400, 401, 403, 404, 408, 429])
async def test_a_refusal_is_read_wherever_its_number_stands(
    zalo: FakeZaloBot, client: BotClient, number: int, by_status: bool
) -> None:
    zalo.ill, zalo.by_status = number, by_status
    fault = await _fault(client)
    assert isinstance(fault, BotRefused)
    assert fault.number == number


async def test_a_wrong_token_is_told_though_the_answer_is_no_json(zalo: FakeZaloBot) -> None:
    client = BotClient("1:wrong", base_url=zalo.url)
    fault = await _fault(client, "getMe")
    assert isinstance(fault, BotRefused)
    assert fault.number == 401
    await client.close()


async def test_answers_that_are_none_of_theirs_are_odd(
    zalo: FakeZaloBot, client: BotClient
) -> None:
    zalo.befalls.append(Break.ODD)
    assert isinstance(await _fault(client), OddAnswer)
    zalo.hold({"event_name": "x", "message": {"text": "a" * MOST_BYTES}})
    assert isinstance(await _fault(client, "getUpdates"), OddAnswer)


async def test_each_update_is_given_once_and_none_beside_a_webhook(
    zalo: FakeZaloBot, client: BotClient
) -> None:
    zalo.says("một")
    zalo.says("hai")
    told = [(await client.call("getUpdates"))["message"]["text"] for _ in range(2)]
    assert told == ["một", "hai"]
    assert "408" in str(await _fault(client, "getUpdates"))
    hook = {"url": "https://xa.vn/webhooks/zalo_bot", "secret_token": "a-secret"}
    await client.call("setWebhook", hook)
    assert (await client.call("getWebhookInfo"))["url"] == hook["url"]
    assert "400" in str(await _fault(client, "getUpdates"))
    await client.call("deleteWebhook")
    assert "408" in str(await _fault(client, "getUpdates"))


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("sendMessage", {"chat_id": "7", "text": "a" * 2001}),
        ("sendMessage", {"chat_id": "7", "text": " "}),
        ("sendMessage", {"chat_id": 7, "text": "a"}),
        ("sendMessage", {**SAID, "reply_markup": "x"}),
        ("sendPhoto", {"chat_id": "7", "caption": "a", "photo": "https://127.0.0.1:1/x"}),
        ("setWebhook", {"url": "http://xa.vn", "secret_token": "a-secret"}),
        ("setWebhook", {"url": "https://xa.vn", "secret_token": "short"}),
        ("sendDocument", {}),
    ],
)
async def test_the_small_one_refuses_what_they_would(
    client: BotClient, method: str, told: dict[str, object]
) -> None:
    with pytest.raises(BotRefused):
        await client.call(method, told)
