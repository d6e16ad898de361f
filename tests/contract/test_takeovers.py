"""A talk belongs to one official at a time, and while it does the bot says nothing in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.bell import Bell
from bot.casework.deeds import acting
from bot.casework.speaking import SAID_BEFORE, speak
from bot.casework.taking import expire, hand_back, take_over
from bot.channels.kept import KEPT
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import Author, ChannelName, IncomingMessage
from bot.officials.audit import By
from bot.officials.models import OfficerId
from bot.officials.talks import LENGTH, TakeOver, Talk
from bot.storage.console_tables import audit_entries, takeovers, waiting_talks
from bot.storage.database import Database
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import insert_messages, store_finished
from bot.storage.memory_rows import load_states
from bot.storage.once_rows import taken_first
from bot.storage.outbox_rows import claim_parcels
from bot.storage.retention_rows import forget_before
from bot.storage.tables import outbox, turns
from bot.storage.takeover_rows import held, holder_of, release
from bot.storage.talk_rows import see_talk
from bot.storage.waiting_rows import Asked, put_waiting
from bot.upkeep.casework import casework_ticks
from tests.conftest import NOON, FrozenClock, let_pass
from tests.factories import a_citizen, a_message

LAN, MINH = OfficerId(1), OfficerId(2)
MINUTE = timedelta(minutes=1)


@dataclass
class Hall:
    """One citizen, the bot, and officials, over one database."""

    database: Database
    clock: FrozenClock
    bot: Conversation
    number: int = 0
    channel: ChannelName = ChannelName.WEB

    async def hears(self, text: str) -> tuple[int, IncomingMessage]:
        self.number += 1
        message = a_message(
            text, external_id=str(self.number), address=a_citizen("7", self.channel)
        )
        message = self.bot.kept(message)
        async with self.database.writing() as connection:
            (row,) = (await insert_messages(connection, [message])).rows.values()
        return row, message

    async def works_out(self, row: int, message: IncomingMessage) -> Finished:
        key = message.address.conversation
        async with self.database.reading() as connection:
            state = (await load_states(connection, [key])).get(key, ConversationState())
        result = self.bot.answer(message, state, now=self.clock.now())
        claimed = Claimed(id=row, message=message, attempts=1)
        at = self.clock.now()
        return Finished(claimed=claimed, result=result, at=at, took_ms=1, before=state)

    async def stores(self, finished: Finished) -> Finished:
        async with self.database.writing() as connection:
            (stored,) = await store_finished(connection, [finished], KEPT)
        return stored

    async def asks(self, text: str) -> Finished:
        return await self.stores(await self.works_out(*await self.hears(text)))

    async def talk(self) -> Talk:
        async with self.database.reading() as connection:
            found = await see_talk(connection, LAN, self.number, self.clock.now())
        assert found is not None
        return found.talk

    async def takes(self, officer: OfficerId) -> TakeOver:
        talk = await self.talk()
        async with acting(self.database, self.clock, By(officer=officer, actor="x")) as doing:
            return await take_over(doing, talk, officer, "taken")

    async def says(self, officer: OfficerId, text: str) -> int | None:
        talk = await self.talk()
        async with acting(self.database, self.clock, By(officer=officer, actor="x")) as doing:
            return await speak(doing, talk, officer, text, once=text)

    async def gives_back(self, officer: OfficerId) -> bool:
        talk = await self.talk()
        async with acting(self.database, self.clock, By(officer=officer, actor="x")) as doing:
            return await hand_back(doing, talk, officer, "back")

    async def expires(self) -> int:
        return await expire(self.database, self.clock, Bell(), lambda _: "expired")

    async def passes(self, by: timedelta) -> None:
        await let_pass(self.database, self.clock, by)

    async def told(self) -> list[tuple[str, str]]:
        async with self.database.reading() as connection:
            rows = await connection.execute(
                select(outbox.c.author, outbox.c.text).order_by(outbox.c.id)
            )
        return [(row.author, row.text.splitlines()[0]) for row in rows]

    async def is_held(self) -> bool:
        talk = await self.talk()
        async with self.database.reading() as connection:
            found = await held(connection, self.clock.now())
            one = await holder_of(connection, talk, self.clock.now())
        assert bool(found) == bool(one)
        return bool(found)


@pytest.fixture
def hall(database: Database, clock: FrozenClock, desk: Desk) -> Hall:
    return Hall(database, clock, Conversation(desk))


async def test_of_twenty_officials_one_takes_the_talk(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    holders = await asyncio.gather(*(hall.takes(OfficerId(n)) for n in range(1, 21)))
    assert len({one.officer for one in holders}) == 1
    assert [author for author, _ in await hall.told()] == [Author.BOT, Author.OFFICE]
    async with hall.database.reading() as connection:
        assert len((await connection.execute(select(audit_entries))).all()) == 1
        assert (await connection.execute(select(waiting_talks))).all() == []


async def test_an_answer_worked_out_before_and_stored_after_is_not_given(hall: Hall) -> None:
    first = await hall.asks("đăng ký khai sinh cần gì")
    underway = await hall.works_out(*await hall.hears("hết bao nhiêu tiền"))
    assert underway.result.replies
    await hall.takes(LAN)
    stored = await hall.stores(underway)
    assert stored.result.outcome is Outcome.WITH_OFFICER
    assert [text for _, text in await hall.told()][1:] == ["taken"]
    async with hall.database.reading() as connection:
        kept = await load_states(connection, [a_citizen("7").conversation])
        ended = (await connection.execute(select(turns.c.outcome, turns.c.office))).all()
    assert kept == {a_citizen("7").conversation: first.result.state}
    assert ended == [("answered", "mau-xa"), ("with_officer", "mau-xa")]


async def test_an_answer_stored_while_somebody_takes_over_waits_and_is_dropped(hall: Hall) -> None:
    underway = await hall.works_out(*await hall.hears("đăng ký khai sinh cần gì"))
    talk = await hall.talk()
    async with acting(hall.database, hall.clock, By(officer=LAN, actor="x")) as doing:
        await take_over(doing, talk, LAN, "taken")
        storing = asyncio.create_task(hall.stores(underway))
        await asyncio.sleep(0.1)
        assert not storing.done()
    assert (await storing).result.replies == ()
    assert await hall.told() == [("office", "taken")]


async def test_whatever_comes_first_no_answer_follows_the_take_over(hall: Hall) -> None:
    for number in range(1, 6):
        underway = await hall.works_out(*await hall.hears("đăng ký khai sinh cần gì"))
        await asyncio.gather(hall.takes(LAN), hall.stores(underway))
        said = [text for _, text in await hall.told()]
        assert said.count("taken") == number
        assert said[-1] == "taken"
        await hall.gives_back(LAN)


async def test_a_talk_not_answered_yet_can_be_taken_over_too(hall: Hall) -> None:
    underway = await hall.works_out(*await hall.hears("đăng ký khai sinh cần gì"))
    await hall.takes(LAN)
    assert (await hall.stores(underway)).result.replies == ()
    assert await hall.told() == [("office", "taken")]


async def test_danger_is_answered_all_the_same(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    stored = await hall.asks("cháy nhà rồi cứu với")
    assert stored.result.outcome is Outcome.EMERGENCY
    assert "114" in "".join(reply.text for reply in stored.result.replies)
    assert (await hall.told())[-1][0] == "office"


async def test_who_types_a_denunciation_learns_that_no_official_reads_it(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    stored = await hall.asks("tôi tố cáo ông Nguyễn Văn A nhận hối lộ 50 triệu")
    assert "không được lưu" in stored.result.replies[0].text
    assert (await hall.asks("ok")).result.replies == ()


async def test_the_official_speaks_and_only_while_they_hold_the_talk(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    assert await hall.says(LAN, "too early") is None
    await hall.takes(LAN)
    assert await hall.says(MINH, "not mine") is None
    first, second = await hall.says(LAN, "Chào bác"), await hall.says(LAN, "Bác cần gì ạ?")
    assert first is not None
    assert second is not None
    assert (await hall.told())[2:] == [("officer", "Chào bác"), ("officer", "Bác cần gì ạ?")]
    async with hall.database.reading() as connection:
        entries = (await connection.execute(select(audit_entries))).all()
    assert [one.action for one in entries] == ["talk_taken", "talk_said", "talk_said"]
    assert not any("Chào" in one.body or "web:7" in one.body for one in entries)


async def test_what_is_sent_twice_is_said_once(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    sent = await asyncio.gather(*(hall.says(LAN, "Chào bác") for _ in range(3)))
    assert sent.count(SAID_BEFORE) == 2
    assert (await hall.told())[2:] == [("officer", "Chào bác")]


async def test_which_forms_were_taken_is_forgotten_with_what_they_said(
    database: Database,
) -> None:
    at = NOON
    async with database.writing() as connection:
        assert await taken_first(connection, "a token", at=at)
        assert not await taken_first(connection, "a token", at=at)
    assert await forget_before(database, at, kept=KEPT) == 0
    assert await forget_before(database, at + MINUTE, kept=KEPT) == 1


async def test_each_word_holds_the_talk_for_half_an_hour_and_looking_does_not(
    hall: Hall,
) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    await hall.passes(LENGTH - MINUTE)
    assert await hall.says(LAN, "một lát nhé") is not None
    await hall.passes(LENGTH - MINUTE)
    assert await hall.is_held()
    assert (await hall.takes(MINH)).officer == LAN
    await hall.passes(MINUTE * 2)
    assert not await hall.is_held()
    assert await hall.says(LAN, "xin lỗi") is None


async def test_when_it_runs_out_the_bot_answers_and_the_citizen_is_told_once(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    assert await hall.expires() == 0
    await hall.passes(LENGTH + MINUTE)
    assert (await hall.asks("đăng ký khai sinh cần gì")).result.outcome is Outcome.ANSWERED
    assert sum(await asyncio.gather(hall.expires(), hall.expires())) == 1
    told = [one for one in await hall.told() if one[1] in {"taken", "expired"}]
    assert told == [("office", "taken"), ("bot", "expired")]
    assert not await hall.gives_back(LAN)


async def test_what_is_released_is_over_and_told_like_what_ran_out(hall: Hall) -> None:
    await hall.asks("đăng ký khai sinh cần gì")
    office = (await hall.takes(LAN)).talk.office
    for officer, but, ended in ((MINH, (), 0), (LAN, (office,), 0), (LAN, ("other",), 1)):
        async with hall.database.writing() as connection:
            assert await release(connection, officer, hall.clock.now(), but=but) == ended
        assert await hall.is_held() == (ended == 0)
    assert await hall.says(LAN, "còn tôi") is None
    assert [await hall.expires(), await hall.expires()] == [1, 0]
    assert (await hall.told())[-1] == (Author.BOT, "expired")


async def test_the_clock_tells_of_it_in_the_words_of_the_office(hall: Hall) -> None:
    bell = Bell()
    ticks = casework_ticks(hall.database, hall.clock, bell, hall.bot)
    (expiring,) = (tick for tick in ticks if tick.name == "expiring")
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    await hall.passes(LENGTH + MINUTE)
    with bell.listening((await hall.talk()).address.conversation) as ear:
        assert await expiring.act() == 1
        assert await ear.wait(0.1)
    assert (await hall.told())[-1] == ("bot", hall.bot.desk.say("taken_expired"))
    assert await expiring.act() == 0


async def test_who_takes_over_after_another_is_new_to_the_citizen(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    began = (await hall.takes(LAN)).began_at
    await hall.passes(MINUTE)
    assert (await hall.takes(LAN)).began_at == began
    await hall.passes(LENGTH + MINUTE)
    held_now = await hall.takes(MINH)
    assert held_now.officer == MINH
    assert held_now.began_at > began
    assert [text for author, text in await hall.told() if author == "office"] == ["taken", "taken"]
    assert await hall.expires() == 0


async def test_handed_back_the_bot_goes_on_where_it_was(hall: Hall) -> None:
    await hall.asks("đăng ký khai sinh cần gì")
    await hall.takes(LAN)
    assert (await hall.asks("cán bộ ơi")).result.replies == ()
    assert not await hall.gives_back(MINH)
    assert await hall.gives_back(LAN)
    assert not await hall.gives_back(LAN)
    told = await hall.asks("hết bao nhiêu tiền")
    assert (told.result.outcome, told.result.procedure) == (Outcome.ANSWERED, "1.001193")


async def test_who_asks_for_a_person_in_a_held_talk_waits_for_nobody(hall: Hall) -> None:
    await hall.asks("đăng ký khai sinh cần gì")
    await hall.takes(LAN)
    await hall.asks("cho tôi gặp cán bộ")
    async with hall.database.reading() as connection:
        assert (await connection.execute(select(waiting_talks))).all() == []


async def test_who_takes_back_that_they_want_to_be_told_is_heard_all_the_same(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    assert (await hall.asks("đừng báo")).result.replies


async def test_on_a_channel_that_sends_the_words_go_out_in_their_order(hall: Hall) -> None:
    hall.channel = ChannelName.TELEGRAM
    await hall.asks("cho tôi gặp cán bộ")
    await hall.takes(LAN)
    await hall.says(LAN, "Chào bác")
    sent = []
    for _ in range(4):
        async with hall.database.writing() as connection:
            parcels = await claim_parcels(
                connection, ChannelName.TELEGRAM, hall.clock.now(), limit=9
            )
            sent += [one.message.author for one in parcels]
            for one in parcels:
                await connection.execute(
                    outbox.update().where(outbox.c.id == one.message.id).values(status="sent")
                )
    assert sent == [Author.BOT, Author.OFFICE, Author.OFFICER]


async def test_a_talk_is_known_by_any_message_of_it_and_by_no_other_number(hall: Hall) -> None:
    await hall.asks("đăng ký khai sinh cần gì")
    talk = await hall.talk()
    assert (talk.address, talk.office) == (a_citizen("7"), "mau-xa")
    async with hall.database.reading() as connection:
        assert await see_talk(connection, LAN, 99, hall.clock.now()) is None
        assert (await connection.execute(select(takeovers))).all() == []


async def test_taking_a_talk_over_ends_the_waiting(hall: Hall) -> None:
    await hall.asks("cho tôi gặp cán bộ")
    other = Asked(
        talk=9, address=a_citizen("8"), office="mau-xa", question="?", at=hall.clock.now()
    )
    async with hall.database.writing() as connection:
        await put_waiting(connection, [other])
    await hall.takes(LAN)
    async with hall.database.reading() as connection:
        assert [one.talk for one in await connection.execute(select(waiting_talks))] == [9]
