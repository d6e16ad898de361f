"""Who receives news stands in a row: agreed in words, left by one, seen when they write."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from bot.conversation.news import STOP, TOPIC
from bot.messages import ChannelName, MessageKind
from bot.storage.broadcast_tables import deliveries, subscriber_topics, subscribers
from bot.storage.database import Database
from bot.storage.forgotten_reader_rows import forget_lost_readers, forget_rows
from bot.storage.outbox_rows import mark_unreachable
from bot.storage.recipient_rows import plan_deliveries
from bot.storage.subscriber_rows import lose
from broadcasts.delivery.answers import Ending
from broadcasts.models import Audience, DeliveryStatus, Route, SubscriberStatus
from broadcasts.reading import topics
from tests.conftest import NOON, FrozenClock, let_pass
from tests.factories import an_id
from tests.fakes.chatting import Chatting, chatting
from tests.fakes.console import HERE
from tests.fakes.ledgers import SqlSide
from tests.fakes.news import a_run
from tests.fakes.readers import a_reader, statuses, subscribe_all

DAY = timedelta(days=1)
FIRST = topics()[0].code


@pytest.fixture
def chat(database: Database, clock: FrozenClock) -> Chatting:
    return chatting(database, clock)


async def _row(database: Database, address: str = "nam") -> dict[str, Any]:
    async with database.reading() as connection:
        wanted = select(subscribers).where(subscribers.c.address == address)
        return dict((await connection.execute(wanted)).one()._mapping)


async def _topics(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(select(subscriber_topics.c.topic))).scalars())


async def _reached(database: Database, run: int = 1) -> list[str]:
    audience = Audience(offices=(HERE,))
    async with database.writing() as connection:
        await plan_deliveries(connection, run, audience, offices=(HERE,), at=NOON)
        wanted = select(deliveries.c.address).where(deliveries.c.run == run)
        return list((await connection.execute(wanted)).scalars())


@pytest.mark.parametrize("channel", list(ChannelName))
async def test_how_and_when_and_to_which_words_somebody_agreed_is_kept(
    chat: Chatting, channel: ChannelName
) -> None:
    user = an_id(channel)
    await chat.says("menu", user=user, channel=channel)
    offered = await chat.says("đăng ký nhận tin", user=user, channel=channel)
    assert await statuses(chat.database) == {}
    await chat.says("1", user=user, channel=channel)
    row = await _row(chat.database, user)
    told = {
        "channel": channel, "office": HERE, "kind": "citizen", "status": "active",
        "consent": "chat", "agreed_at": NOON, "seen_at": NOON, "person": f"{channel}:{user}",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told
    assert row["words"] == sha256(f"{offered}\nĐồng ý nhận tin".encode()).hexdigest()
    assert await _reached(chat.database) == [user]


@pytest.mark.parametrize(
    ("said", "is_a_wish"),
    [
        ("tôi muốn nhận tin của xã", True),
        ("cho em theo doi tin tuc phuong voi a", True),
        ("muốn được nhận thông báo từ ủy ban", True),
        ("nhận thông báo thuế ở đâu", False),
        ("tôi đăng ký nhận con nuôi", False),
        ("tôi chưa nhận được thông báo của xã", False),
    ],
)
async def test_a_wish_for_news_is_heard_however_it_is_put(
    chat: Chatting, said: str, *, is_a_wish: bool
) -> None:
    assert ("đồng ý nhận tin không" in await chat.says(said)) is is_a_wish


async def test_one_word_ends_it_and_another_undoes_it_days_later(chat: Chatting) -> None:
    await chat.says("nhận tin", "đồng ý")
    await chat.says(f"{TOPIC}{FIRST}", kind=MessageKind.CHOICE)
    await let_pass(chat.database, chat.clock, 9 * DAY)
    assert "BẬT LẠI" in await chat.says("DỪNG")
    assert await statuses(chat.database) == {"nam": "opted_out"}
    assert await _reached(chat.database) == []
    assert "từ ngày 29/11/2026" in await chat.says("dung")
    await chat.says("làm khai sinh ở đâu")
    assert await statuses(chat.database) == {"nam": "opted_out"}
    await let_pass(chat.database, chat.clock, 9 * DAY)
    assert topics()[0].label in await chat.says("bat lai")
    row = await _row(chat.database)
    assert (row["status"], row["agreed_at"]) == ("active", NOON + 18 * DAY)
    assert await _topics(chat.database) == [FIRST]
    assert await _reached(chat.database, 2) == ["nam"]


async def test_topics_are_chosen_by_number_and_taken_back(chat: Chatting) -> None:
    await chat.says("nhận tin", "1", "1", "2", "3", "2")
    assert await _topics(chat.database) == [topics()[2].code]
    await chat.says(STOP, kind=MessageKind.CHOICE)
    assert await statuses(chat.database) == {"nam": "opted_out"}


async def test_a_word_within_a_sentence_and_others_words_end_nothing(chat: Chatting) -> None:
    await chat.says("nhận tin", "đồng ý")
    await chat.says("tôi muốn hủy hồ sơ", "đừng", "dừng hồ sơ lại giúp tôi")
    await chat.says("dừng", user="mai")
    assert await statuses(chat.database) == {"nam": "active"}


async def test_who_blocked_us_and_writes_again_is_written_to_again_but_not_who_left(
    chat: Chatting,
) -> None:
    for user in ("nam", "mai"):
        await chat.says("nhận tin", "đồng ý", user=user)
    await chat.says("dừng", user="mai")
    async with chat.database.writing() as connection:
        for user in ("nam", "mai"):
            await mark_unreachable(connection, f"web:{user}", "blocked", NOON)
    assert await statuses(chat.database) == {"nam": "blocked", "mai": "opted_out"}
    assert await _reached(chat.database) == []
    await let_pass(chat.database, chat.clock, DAY)
    for user in ("nam", "mai"):
        await chat.says("xin chào", user=user)
    assert await statuses(chat.database) == {"nam": "active", "mai": "opted_out"}
    assert (await _row(chat.database))["seen_at"] == NOON + DAY


async def test_an_address_that_is_dead_is_written_to_no_more(chat: Chatting) -> None:
    await chat.says("nhận tin", "đồng ý")
    async with chat.database.writing() as connection:
        await lose(connection, "web:nam", SubscriberStatus.DEAD, NOON)
        await lose(connection, "web:nam", SubscriberStatus.BLOCKED, NOON)
    assert await statuses(chat.database) == {"nam": "dead"}


async def test_a_person_reached_elsewhere_too_is_told_so(chat: Chatting) -> None:
    both = (a_reader(way, "7", office=HERE, person="officer:1") for way in ("telegram", "web"))
    await subscribe_all(chat.database, list(both))
    assert "ở một nơi khác" in await chat.says("dừng", user="7", channel=ChannelName.TELEGRAM)
    assert "ở một nơi khác" not in await chat.says("dừng", user="7")


async def test_who_was_put_on_a_list_and_never_wrote_is_known_when_they_stop(
    chat: Chatting,
) -> None:
    await subscribe_all(chat.database, [a_reader("telegram", "7", office=HERE)])
    assert "Đã dừng" in await chat.says("stop", user="7", channel=ChannelName.TELEGRAM)
    assert await statuses(chat.database) == {"7": "opted_out"}


async def test_a_round_sees_all_who_wrote_at_once(chat: Chatting) -> None:
    users = [f"u{number}" for number in range(20)]
    await subscribe_all(chat.database, [a_reader("web", user, office=HERE) for user in users])
    await let_pass(chat.database, chat.clock, DAY)
    for user in users[:3]:
        await chat.says("xin chào", user=user)
    async with chat.database.reading() as connection:
        wanted = select(subscribers.c.address).where(subscribers.c.seen_at.is_not(None))
        assert sorted((await connection.execute(wanted)).scalars()) == users[:3]


async def test_who_asks_is_forgotten_and_what_was_sent_stays_counted(chat: Chatting) -> None:
    await chat.says("nhận tin", "đồng ý")
    await chat.says(f"{TOPIC}{FIRST}", kind=MessageKind.CHOICE)
    await _reached(chat.database)
    async with chat.database.writing() as connection:
        ids = (await connection.execute(select(subscribers.c.id))).scalars().all()
        assert await forget_rows(connection, ids, NOON) == 1
        assert await forget_rows(connection, ids, NOON) == 0
        rows = (await connection.execute(select(deliveries.c.address))).scalars().all()
    assert await statuses(chat.database) == {}
    assert await _topics(chat.database) == []
    assert rows == [""]
    assert "chưa đăng ký" in await chat.says("dừng nhận tin")
    # What was sent to them is nobody else's: the next reader has another number.
    await chat.says("nhận tin", "đồng ý")
    async with chat.database.reading() as connection:
        assert (await connection.execute(select(subscribers.c.id))).scalar_one() not in ids


@pytest.mark.parametrize(
    ("route", "addresses"),
    [(Route.ZALO_CS, ("579:1", "579:2")), (Route.ZALO_BOT, ("a1", "b2"))],
)
async def test_what_waits_for_who_is_forgotten_ends_and_so_does_its_run(
    database: Database, clock: FrozenClock, route: Route, addresses: tuple[str, str]
) -> None:
    run = await a_run(database, ["x", *addresses], route=route)
    side = SqlSide(database, clock)
    ledger = side.ledger()
    (begun,) = await ledger.step([], await ledger.claim(run, route, 1))
    taken = await ledger.claim(run, route, 1)
    async with database.writing() as connection:
        everybody = (await connection.execute(select(subscribers.c.id))).scalars().all()
        assert await forget_rows(connection, everybody, NOON) == 3
        ended = select(deliveries.c.ended_at.is_not(None)).order_by(deliveries.c.id)
        assert (await connection.execute(ended)).scalars().all() == [False, True, True]
    assert not await ledger.step([], taken)
    sent = Ending(delivery=begun.id, run=run, status=DeliveryStatus.SENT)
    assert not await ledger.step([sent], [])
    assert await side.rows(run) == [("", "sent", ""), *[("", "skipped", "removed")] * 2]
    assert await ledger.finish() == [run]
    assert (await side.progress(run)).counts == {"sent": 1, "skipped": 2}


async def test_who_is_lost_for_long_is_forgotten_but_who_left_is_left_alone(
    database: Database,
) -> None:
    states = [*SubscriberStatus, SubscriberStatus.BLOCKED]
    readers = [
        a_reader(address=f"{number}", status=status, changed_at=NOON - (number - 1) * DAY)
        for number, status in enumerate(states, start=2)
    ]
    await subscribe_all(database, readers, [[FIRST]] * len(readers))
    kept = {"2": "active", "3": "opted_out"}
    assert await forget_lost_readers(database, NOON - 2.5 * DAY, NOON) == 3
    assert await statuses(database) == kept
    assert await _topics(database) == [FIRST] * len(kept)
    assert await forget_lost_readers(database, NOON + DAY, NOON) == 0
    assert await statuses(database) == kept
