"""The Zalo Bot Platform end to end: what only it has, on a small one and the whole house."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select, text

from bot.bootstrap import KEPT, House, build
from bot.channels.errors import SendCode, SendError
from bot.channels.spoken import REST
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, CitizenAddress, Enclosure, OutgoingMessage, QuickReply, Reply
from bot.newsroom.deployment import Deployment
from bot.storage.broadcast_tables import deliveries
from bot.storage.outbox_rows import reply_rows
from bot.storage.tables import inbox, outbox
from bot.web.app import create_app
from tests.conftest import FrozenClock
from tests.fakes.listening import PATIENCE
from tests.fakes.newsroom import Newsroom, a_realm, a_wish
from tests.fakes.readers import a_reader, subscribe_all
from tests.fakes.sides import heard
from tests.fakes.zalo_bot import TOKEN, Break, FakeZaloBot, serving_zalo_bot
from tests.fakes.zalo_bot_sides import (
    HEADERS,
    SECRET,
    PolledZaloBotSide,
    PushedZaloBotSide,
    a_polled_zalo_bot_side,
    a_pushed_zalo_bot_side,
    zalo_bot_settings,
)

HIDDEN = TOKEN.partition(":")[2]


@pytest.fixture
async def polled(tmp_path: Path, desk: Desk) -> AsyncIterator[PolledZaloBotSide]:
    async with a_polled_zalo_bot_side(tmp_path, desk) as side:
        yield side


@pytest.fixture
async def pushed(tmp_path: Path, desk: Desk) -> AsyncIterator[PushedZaloBotSide]:
    async with a_pushed_zalo_bot_side(tmp_path, desk) as side:
        yield side


async def _told(house: House, reply: Reply, user: str = "7") -> None:
    address = CitizenAddress(channel=ChannelName.ZALO_BOT, user_id=user)
    result = TurnResult(outcome=Outcome.ANSWERED, replies=(reply,), state=ConversationState())
    async with house.database.writing() as connection:
        rows = reply_rows(900 + int(user), address, result, house.clock.now(), KEPT)
        await connection.execute(insert(outbox), rows)


async def _ended(house: House, *fates: tuple[str, str]) -> None:
    """Wait until the replies ended so, and give up when they end otherwise."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with house.database.reading() as connection:
                told = select(outbox.c.status, outbox.c.error_code).order_by(outbox.c.id)
                if list(map(tuple, await connection.execute(told))) == [*fates]:
                    return
            await asyncio.sleep(0.05)


async def _until_set(zalo: FakeZaloBot, url: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while zalo.webhook.get("url", "") != url:  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("kind", ["sticker", "voice", "unsupported"])
async def test_what_a_bot_is_not_told_is_answered_politely(
    pushed: PushedZaloBotSide, kind: str
) -> None:
    await pushed.delivers(pushed.zalo.add(kind, pushed.zalo.message("7")))
    (reply,) = await heard(pushed, 1)
    assert reply.text


@pytest.mark.parametrize("given", ["", "wrong", SECRET[:-1], SECRET + "x", "bí mật"])
async def test_a_call_without_the_secret_leaves_nothing(
    pushed: PushedZaloBotSide, given: str
) -> None:
    update = json.dumps(pushed.zalo.says("xin chào")).encode()
    header = {"X-Bot-Api-Secret-Token": given} if given else {}
    assert await pushed.pushes(update, header) == 401
    assert await pushed.pushes(b"[" * 10, HEADERS) == 400
    assert await pushed.pushes(b"7", HEADERS) == 400
    async with pushed.house.database.reading() as connection:
        assert (await connection.execute(select(inbox))).all() == []


async def test_the_webhook_is_set_with_its_secret_and_taken_away_for_polling(
    tmp_path: Path, desk: Desk
) -> None:
    here = "https://example.vn/webhooks/zalo_bot"
    async with serving_zalo_bot() as zalo:
        for mode, url in (("webhook", here), ("polling", "")):
            settings = zalo_bot_settings(tmp_path, zalo.url, mode)
            async with build(settings, desk=desk) as house, house.working():
                await _until_set(zalo, url)
                assert zalo.webhook.get("secret_token", SECRET) == SECRET
                if mode == "polling":
                    zalo.says("xin chào")
                    await heard(PolledZaloBotSide(house, zalo), 1)


async def test_an_address_they_cannot_reach_is_a_fault_until_they_can(
    tmp_path: Path, desk: Desk
) -> None:
    async with serving_zalo_bot() as zalo:
        zalo.is_verified = False
        settings = zalo_bot_settings(tmp_path, zalo.url, "webhook")
        async with build(settings, desk=desk) as house, house.working():
            (channel,) = house.channels
            async with asyncio.timeout(PATIENCE):
                while not channel.fault:  # noqa: ASYNC110 - the other side is a server
                    await asyncio.sleep(0.02)
                zalo.is_verified = True
                while channel.fault:  # noqa: ASYNC110 - the same
                    await asyncio.sleep(0.02)


@pytest.mark.parametrize("by_status", [True, False])
@pytest.mark.parametrize(
    ("befallen", "fate"),
    [
        (400, ("failed", SendCode.REFUSED)),
        (403, ("uncertain", SendCode.UNCERTAIN)),
        (Break.AFTER, ("uncertain", SendCode.UNCERTAIN)),
        (Break.PAGE, ("uncertain", SendCode.UNCERTAIN)),
        (Break.ODD, ("uncertain", SendCode.UNCERTAIN)),
    ],
)
async def test_what_may_have_arrived_is_never_sent_again(
    pushed: PushedZaloBotSide, befallen: int | Break, fate: tuple[str, str], by_status: bool
) -> None:
    pushed.zalo.by_status = by_status
    pushed.zalo.befalls.append(befallen)
    await _told(pushed.house, Reply("một"))
    await _ended(pushed.house, fate)
    await _told(pushed.house, Reply("hai"), user="8")
    await heard(pushed, 1, "8")
    assert len(await pushed.shown("7")) == int(isinstance(befallen, Break))


async def test_a_token_that_holds_no_more_delays_replies_and_loses_none(
    pushed: PushedZaloBotSide, capsys: pytest.CaptureFixture[str]
) -> None:
    pushed.zalo.ill = 401
    await pushed.says("xin chào")
    (channel,) = pushed.house.channels
    async with asyncio.timeout(PATIENCE):
        while channel.fault != SendCode.MISCONFIGURED:  # noqa: ASYNC110 - a server's answer
            await asyncio.sleep(0.02)
    pushed.zalo.ill = 0
    await heard(pushed, 1)
    async with asyncio.timeout(PATIENCE):
        while channel.fault:  # noqa: ASYNC110 - where we listen is told again, too
            await asyncio.sleep(0.02)
    assert HIDDEN not in "".join(capsys.readouterr())


async def test_no_word_of_a_fault_holds_the_token(pushed: PushedZaloBotSide) -> None:
    (channel,) = pushed.house.channels
    address = CitizenAddress(channel=ChannelName.ZALO_BOT, user_id="7")
    message = OutgoingMessage(id=1, address=address, reply=Reply("một"))
    for befallen in (400, Break.AFTER, Break.PAGE, Break.ODD):
        pushed.zalo.befalls.append(befallen)
        with pytest.raises(SendError) as raised:
            await channel.send(message)
        fault: BaseException | None = raised.value
        while fault:
            assert HIDDEN not in repr(fault)
            assert HIDDEN not in repr(vars(fault))
            fault = fault.__cause__ or fault.__context__


async def test_a_refusal_for_the_rate_brings_a_silence_twice_as_long_each_time(
    pushed: PushedZaloBotSide,
) -> None:
    (channel,) = pushed.house.channels
    pushed.zalo.befalls.append(429)
    address = CitizenAddress(channel=ChannelName.ZALO_BOT, user_id="7")
    message = OutgoingMessage(id=1, address=address, reply=Reply("một"), patience=0.1)
    with pytest.raises(SendError) as raised:
        await channel.send(message)
    assert (raised.value.code, raised.value.retry_after) == (SendCode.RATE_LIMITED, 15.0)
    assert 14 < channel.silence <= 15
    with pytest.raises(SendError) as raised:
        await channel.send(message)
    assert raised.value.code is SendCode.NO_TURN
    assert len([one for _, one in pushed.zalo.calls if one == "sendMessage"]) == 1


async def test_no_minute_has_more_messages_than_the_rate(tmp_path: Path, desk: Desk) -> None:
    async with serving_zalo_bot() as zalo:
        zalo.per_minute = 5
        settings = zalo_bot_settings(tmp_path, zalo.url, "polling", ZALO_BOT_RATE="5")
        async with build(settings, desk=desk) as house:
            (channel,) = house.channels
            address = CitizenAddress(channel=ChannelName.ZALO_BOT, user_id="7")
            message = OutgoingMessage(id=1, address=address, reply=Reply("một"), patience=0.3)
            sends = (channel.send(message) for _ in range(8))
            ended = await asyncio.gather(*sends, return_exceptions=True)
            await channel.close()
    refused = [one.code for one in ended if isinstance(one, SendError)]
    assert (len(zalo.sent), refused) == (5, [SendCode.NO_TURN] * 3)


async def test_a_picture_they_do_not_take_is_left_to_the_page_and_the_words_arrive(
    pushed: PushedZaloBotSide,
) -> None:
    page = "https://xa.vn/tin-tuc/5"
    gone = f"{pushed.zalo.url}/public/gone"
    picture = Enclosure(
        file=1, name="a.jpg", media="image/jpeg", size=900, digest="d", address=gone
    )
    await _told(pushed.house, Reply("Tin", enclosures=(picture,), page=page))
    (news,) = await heard(pushed, 1)
    assert (news.text, news.pictures, news.links) == ("Tin", (), ((REST, page),))


async def test_a_menu_that_does_not_fit_beside_its_words_comes_behind_them_whole(
    pushed: PushedZaloBotSide,
) -> None:
    choices = tuple(QuickReply(f"Việc {number}", f"v{number}") for number in range(9))
    await _told(pushed.house, Reply("dài " * 470, choices))
    words, menu = await heard(pushed, 2)
    assert words.choices == ()
    assert [label for label, _ in menu.choices] == [one.label for one in choices]


async def test_what_was_fetched_and_could_not_be_stored_is_not_lost(
    polled: PolledZaloBotSide,
) -> None:
    database = polled.house.database
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    await polled.says("xin chào")
    async with asyncio.timeout(PATIENCE):
        while polled.zalo.updates or not polled.house.inbox.fault:  # noqa: ASYNC110 - a server
            await asyncio.sleep(0.02)
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    await heard(polled, 1)
    assert polled.zalo.most_asking == 1


async def test_a_photo_of_another_host_is_not_fetched_and_its_sender_is_told(
    pushed: PushedZaloBotSide,
) -> None:
    message = pushed.zalo.message("7", photo="http://127.0.0.1:1/a.jpg")
    await pushed.delivers(pushed.zalo.add("image", message))
    await heard(pushed, 1)
    assert pushed.zalo.asked_for == []


@pytest.mark.parametrize("allowed", [True, False])
async def test_news_goes_by_the_bot_only_where_the_deployment_says_so(
    tmp_path: Path, desk: Desk, allowed: bool
) -> None:
    async with serving_zalo_bot() as zalo:
        news = "on" if allowed else "off"
        settings = zalo_bot_settings(tmp_path, zalo.url, "webhook", ZALO_BOT_NEWS=news)
        async with (
            build(settings, desk=desk) as house,
            house.working(),
            TestClient(TestServer(create_app(house))) as web,
        ):
            side = PushedZaloBotSide(house, zalo, web=web)
            await side.says("xin chào")
            await heard(side, 1)
            await subscribe_all(house.database, [a_reader("zalo_bot", "7")])
            realm = a_realm(deployment=Deployment.of(settings))
            newsroom = Newsroom(house.database, cast("FrozenClock", house.clock), realm)
            one = await newsroom.create(a_wish(urgent=True))
            await newsroom.start_urgent(one)
            if allowed:
                assert (await heard(side, 2))[1].text.startswith(a_wish().text.title)
            async with house.database.reading() as connection:
                routes = list((await connection.execute(select(deliveries.c.route))).scalars())
            assert routes == ["zalo_bot"] * allowed
