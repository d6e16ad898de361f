"""An answer goes back once to each who agreed, whoever answers, and whatever dies between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import insert, select, update

from bot.bell import Bell
from bot.casework import answering, sorting
from bot.casework.answering import Answered, AnsweredMeanwhile, HeldBy
from bot.casework.deeds import acting
from bot.casework.grouping import SLICE, group_alike
from bot.casework.telling import Teller, Told, tell_waiting
from bot.channels.kept import KEPT
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.intake.worker import Worker
from bot.messages import ChannelName, IncomingMessage, Reply
from bot.metrics import Metrics
from bot.officials.audit import By, Deed
from bot.officials.office_entries import Entry, Stood
from bot.officials.questions import AnswerKind, AnswerWords, Group
from bot.officials.redaction import UnknownDeed
from bot.officials.windows import Window
from bot.storage import group_rows, question_rows
from bot.storage.console_tables import (
    answers,
    audit_entries,
    follow_ups,
    question_groups,
    questions,
)
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages, store_finished
from bot.storage.memory_rows import load_states
from bot.storage.officer_rows import NewOfficer, add_officer
from bot.storage.outbox_rows import FOLLOW_UP
from bot.storage.tables import inbox, outbox, turns
from knowledge.text import words
from tests.conftest import NOON, FrozenClock, let_pass
from tests.factories import a_citizen, a_message
from tests.fakes.console import HERE, little_desk
from tests.fakes.questions import ANSWERED, NO_MORE, agrees, asks, groups, received, stored, wishes

NIGHT = timedelta(hours=11)  # 23:00 in Việt Nam, after NOON's 12:00
YES = AnswerWords(kind=AnswerKind.REPLY, text="Nuôi được.\n\nKhông cần giấy phép.")


@dataclass
class Office:
    """Officers at work over one database."""

    database: Database
    clock: FrozenClock
    bot: Conversation
    teller: Teller
    lan: By
    minh: By

    async def answer(
        self, group: int, words: AnswerWords = YES, *, by: By | None = None
    ) -> Answered | AnsweredMeanwhile | HeldBy:
        async with acting(self.database, self.clock, by or self.lan) as doing:
            return await answering.answer(doing, group, words, self.teller)

    async def tick(self) -> int:
        rung: list[Told] = []
        return await tell_waiting(self.database, self.teller, clock=self.clock, ring=rung.append)

    async def told(self) -> list[tuple[str, str]]:
        """Give who was told what, in the order of the outbox."""
        async with self.database.reading() as connection:
            found = select(outbox.c.user_id, outbox.c.text).where(outbox.c.seq == FOLLOW_UP)
            rows = await connection.execute(found.order_by(outbox.c.id))
            return [(row.user_id, row.text) for row in rows]

    async def group(self, number: int = 1) -> Group:
        async with self.database.reading() as connection:
            found = await group_rows.find_group(connection, number, self.clock.now())
        assert found is not None
        return found


@pytest.fixture
async def office(database: Database, clock: FrozenClock) -> Office:
    async with database.writing() as connection:
        lan, minh = [
            By(
                officer=await add_officer(
                    connection,
                    NewOfficer(login=name.lower(), name=name, title=title, office=HERE),
                    at=NOON,
                ),
                actor=name,
            )
            for name, title in (("Lan", "Công chức tư pháp"), ("Minh", ""))
        ]
    bot = Conversation(little_desk())
    return Office(database, clock, bot, Teller(bot, kept=KEPT), lan, minh)


async def asked(
    database: Database,
    user: str,
    text: str = "nuôi tằm",
    *,
    channel: ChannelName = ChannelName.WEB,
    tell: bool = True,
) -> None:
    question = await stored(database, asks(text), user=user, channel=channel)
    if tell:
        await stored(database, agrees(question), user=user, channel=channel)


async def test_all_who_agreed_are_told_once_on_their_channel(office: Office) -> None:
    await asked(office.database, "nam")
    await asked(office.database, "7", channel=ChannelName.TELEGRAM)
    await asked(office.database, "mai", tell=False)
    done = await office.answer(1)
    assert isinstance(done, Answered)
    assert (done.told.now, done.told.later) == (2, 0)
    head = "Bà con đã hỏi: “nuôi tằm”\nCông chức tư pháp, Xã A trả lời:\n"
    assert await office.told() == [("nam", head + YES.text), ("7", head + YES.text)]
    assert await wishes(office.database) == [("nam", "told"), ("7", "told")]
    assert await groups(office.database) == [("nuôi tằm", 3, 0, "web,telegram")]
    assert await office.tick() == 0
    async with office.database.reading() as connection:
        sent = select(outbox.c.channel, outbox.c.status, outbox.c.author)
        rows = await connection.execute(sent.where(outbox.c.seq == FOLLOW_UP))
        assert sorted(map(tuple, rows)) == [
            ("telegram", "created", "bot"),
            ("web", "sent", "bot"),
        ]


async def test_of_two_who_answer_at_once_one_does(office: Office) -> None:
    for number in range(20):
        await asked(office.database, f"c{number}")
    other = replace(YES, text="Không được.")
    done = await asyncio.gather(
        *(
            office.answer(1, words, by=by)
            for words, by in ((YES, office.lan), (other, office.minh)) * 3
        )
    )
    assert [type(one) for one in done].count(Answered) == 1
    assert [type(one) for one in done].count(AnsweredMeanwhile) == 5
    told = await office.told()
    assert len(told) == len({user for user, _ in told}) == 20
    assert len({text.splitlines()[-1] for _, text in told}) == 1
    async with office.database.reading() as connection:
        assert len((await connection.execute(select(answers))).all()) == 1


async def test_those_who_tell_at_once_tell_nobody_twice(office: Office) -> None:
    for number in range(30):
        await asked(office.database, f"c{number}")
    async with office.database.writing() as connection:
        now = office.clock.now()
        (known,) = (await group_rows.lock_groups(connection, [1], now)).values()
        done = answers.insert().values(
            group=known.id, office=HERE, kind="reply", text="Được.", ref="", officer=1, at=now
        )
        await connection.execute(done)
    await asyncio.gather(*(office.tick() for _ in range(5)))
    told = await office.told()
    assert len(told) == len(set(told)) == 30


async def test_what_died_between_is_told_once_by_the_clock(office: Office) -> None:
    """The answer was stored and told, but what was noted of it was lost."""
    await asked(office.database, "nam")
    await office.answer(1)
    async with office.database.writing() as connection:
        await connection.execute(update(follow_ups).values(status="waiting", told_at=None))
    await office.tick()
    assert len(await office.told()) == 1
    assert await wishes(office.database) == [("nam", "told")]


async def test_an_act_that_fails_tells_nobody(office: Office) -> None:
    await asked(office.database, "nam")
    with pytest.raises(UnknownDeed):
        await _answer_and_fail(office)
    assert await office.told() == []
    assert (await office.group()).status == "open"
    assert isinstance(await office.answer(1), Answered)
    assert len(await office.told()) == 1


async def test_at_night_phones_stay_silent_until_the_morning(office: Office) -> None:
    await let_pass(office.database, office.clock, NIGHT)
    await asked(office.database, "nam")
    await asked(office.database, "7", channel=ChannelName.TELEGRAM)
    await office.answer(1)
    assert [user for user, _ in await office.told()] == ["nam"]
    assert (await office.group()).wishes == 1
    assert await office.tick() == 0
    await let_pass(office.database, office.clock, timedelta(hours=9))
    assert await office.tick() == 1
    assert [user for user, _ in await office.told()] == ["nam", "7"]


async def test_the_quiet_hours_are_those_of_the_office(office: Office) -> None:
    rule = Entry(office=HERE, key="rule:quiet_hours", value={"from": "11:00", "to": "13:00"})
    office.bot.stand(Stood(version="1", entries=(rule,)))
    await asked(office.database, "7", channel=ChannelName.TELEGRAM)
    await office.answer(1)
    assert await office.told() == []


async def _answer_and_fail(office: Office) -> None:
    async with acting(office.database, office.clock, office.lan) as doing:
        await answering.answer(doing, 1, YES, office.teller)
        doing.did(Deed(action="nobody knows", office=HERE, kind="question", subject="1"))


class Echo:
    """Answers everything with the same words, and keeps in mind who waits."""

    def answer(
        self,
        message: IncomingMessage,  # noqa: ARG002
        state: ConversationState,
        *,
        now: object,  # noqa: ARG002
    ) -> TurnResult:
        return replace(ANSWERED, state=state)


async def say(office: Office, user: str, channel: ChannelName) -> None:
    """Let a citizen who waits write once more, and a worker answer."""
    metrics = Metrics.on(CollectorRegistry())
    worker = Worker(
        office.database,
        Echo(),
        clock=office.clock,
        bell=Bell(),
        metrics=metrics,
        apology=Reply("sorry"),
        kept=KEPT,
        teller=office.teller,
    )
    message = a_message(external_id=f"later-{user}", address=a_citizen(user, channel))
    async with office.database.writing() as connection:
        await insert_messages(connection, [message])
    await worker.round()


async def test_who_writes_at_night_is_told_before_the_reply(office: Office) -> None:
    await let_pass(office.database, office.clock, NIGHT)
    question = await stored(
        office.database, asks("nuôi tằm"), user="7", channel=ChannelName.TELEGRAM
    )
    waits = replace(agrees(question), state=ConversationState(awaits=True))
    await stored(office.database, waits, user="7", channel=ChannelName.TELEGRAM)
    await office.answer(1)
    assert await office.told() == []
    await say(office, "7", ChannelName.TELEGRAM)
    async with office.database.reading() as connection:
        rows = await connection.execute(select(outbox.c.text).order_by(outbox.c.id))
        *_, told, reply = rows.scalars()
    assert told.endswith(YES.text)
    assert reply == "có"
    await let_pass(office.database, office.clock, timedelta(hours=9))
    assert await office.tick() == 0


async def test_whose_channel_is_closed_is_told_with_their_next_message(office: Office) -> None:
    week = Window(free=timedelta(hours=48), open=timedelta(days=7))
    office.teller = Teller(office.bot, kept=KEPT, windows={"telegram": week})
    question = await stored(
        office.database, asks("nuôi tằm"), user="7", channel=ChannelName.TELEGRAM
    )
    waits = replace(agrees(question), state=ConversationState(awaits=True))
    await stored(office.database, waits, user="7", channel=ChannelName.TELEGRAM)
    await let_pass(office.database, office.clock, timedelta(days=8))
    done = await office.answer(1)
    assert isinstance(done, Answered)
    assert (done.told.now, done.told.later) == (0, 1)
    assert await wishes(office.database) == [("7", "later")]
    assert (await office.group()).wishes == 1
    await say(office, "7", ChannelName.TELEGRAM)
    assert await wishes(office.database) == [("7", "told")]
    assert len(await office.told()) == 1


async def test_who_took_it_back_hears_nothing(office: Office) -> None:
    await asked(office.database, "nam")
    await stored(office.database, NO_MORE)
    done = await office.answer(1)
    assert isinstance(done, Answered)
    assert done.told.now == 0
    assert await office.told() == []


async def test_who_agrees_after_the_answer_is_told_by_the_clock(office: Office) -> None:
    question = await stored(office.database, asks("nuôi tằm"))
    await office.answer(1)
    await stored(office.database, agrees(question))
    assert await office.tick() == 1
    assert len(await office.told()) == 1


async def test_who_asks_after_the_answer_waits_for_the_next(office: Office) -> None:
    await asked(office.database, "nam")
    await office.answer(1)
    office.clock.move(timedelta(minutes=5))
    later = await stored(office.database, asks("nuôi tằm"), user="mai", at=office.clock.now())
    await stored(office.database, agrees(later), user="mai", at=office.clock.now())
    group = await office.group()
    assert group.asked_again
    assert group.wishes == 1
    assert await office.tick() == 0
    assert isinstance(await office.answer(1, replace(YES, text="Vẫn được.")), Answered)
    assert [user for user, _ in await office.told()] == ["nam", "mai"]


async def test_out_of_scope_says_where_to_ask_and_stays_out(office: Office) -> None:
    await asked(office.database, "nam")
    words = AnswerWords(kind=AnswerKind.OUT, text="Bà con hỏi Chi cục Thú y.")
    await office.answer(1, words)
    (told,) = await office.told()
    assert told[1] == (
        "Bà con đã hỏi: “nuôi tằm”\nViệc này không do Xã A giải quyết.\nBà con hỏi Chi cục Thú y."
    )
    await stored(office.database, asks("nuôi tằm"), user="mai")
    group = await office.group()
    assert (group.status, group.asked) == ("out", 2)


async def test_a_card_that_answers_is_a_button(office: Office) -> None:
    await asked(office.database, "nam")
    words = AnswerWords(kind=AnswerKind.ALIAS, text="", ref="1.001193")
    await office.answer(1, words, by=office.minh)
    async with office.database.reading() as connection:
        row = (await connection.execute(select(outbox).where(outbox.c.seq == FOLLOW_UP))).one()
    assert "p:1.001193" in row.choices
    assert "Cán bộ của Xã A trả lời:" in row.text


async def test_the_audit_tells_the_deed_and_no_citizens_word(office: Office) -> None:
    await asked(office.database, "nam", "nuôi tằm ở thôn Đông")
    await office.answer(1)
    async with office.database.reading() as connection:
        rows = (await connection.execute(select(audit_entries))).all()
    (entry,) = [row for row in rows if row.action == "question_answered"]
    assert (entry.subject, entry.office) == ("1", HERE)
    assert "thôn Đông" not in entry.body
    assert "nam" not in entry.body
    assert '"told":1' in entry.body


async def test_twenty_who_claim_at_once_are_one(office: Office) -> None:
    await asked(office.database, "nam")

    async def claim(number: int) -> bool:
        by = office.lan if number % 2 else office.minh
        async with acting(office.database, office.clock, by) as doing:
            return await answering.claim(doing, 1) is None

    got = await asyncio.gather(*map(claim, range(20)))
    assert sum(got) == 10  # one officer's, however often they ask
    holder = (await office.group()).held_by
    other = office.minh if holder == office.lan.officer else office.lan
    refused = await office.answer(1, by=other)
    assert isinstance(refused, HeldBy)
    assert refused.officer == holder
    assert await office.told() == []
    async with office.database.writing() as connection:
        ran_out = NOON - timedelta(days=1)
        await connection.execute(update(question_groups).values(claimed_until=ran_out))
    assert isinstance(await office.answer(1, by=other), Answered)


async def test_groups_joined_by_hand_take_all_along(office: Office) -> None:
    await asked(office.database, "nam", "nuôi tằm")
    await asked(office.database, "mai", "nuôi ong")
    await stored(office.database, asks("nuôi ong", office="xa-b"), user="xa")
    async with acting(office.database, office.clock, office.lan) as doing:
        assert await sorting.join(doing, 2, 1) is None
    assert (await groups(office.database))[0] == ("nuôi tằm", 2, 2, "web")
    await stored(office.database, asks("nuôi ong"), user="an")
    assert (await groups(office.database))[0][1] == 3
    for one, into in ((1, 1), (1, 3), (1, 99)):
        with pytest.raises(answering.NoSuchGroup):
            async with acting(office.database, office.clock, office.lan) as doing:
                await sorting.join(doing, one, into)
    await office.answer(1)
    assert [user for user, _ in await office.told()] == ["nam", "mai"]


def shape(said: str) -> tuple[str, ...]:
    return tuple(sorted(words(said)))


async def rows_of(office: Office, text: str) -> list[int]:
    async with office.database.reading() as connection:
        found = select(questions.c.inbox_id).where(questions.c.text == text)
        return list((await connection.execute(found)).scalars())


async def test_what_was_joined_is_let_go_again(office: Office) -> None:
    await asked(office.database, "nam", "nuôi tằm")
    await asked(office.database, "mai", "nuôi ong")
    async with acting(office.database, office.clock, office.lan) as doing:
        await sorting.join(doing, 2, 1)
    (bees,) = await rows_of(office, "nuôi ong")
    async with acting(office.database, office.clock, office.lan) as doing:
        own = await sorting.split(doing, 1, bees, shape)
    assert own == 2
    assert [row[:3] for row in await groups(office.database)] == [
        ("nuôi tằm", 1, 1),
        ("nuôi ong", 1, 1),
    ]
    await stored(office.database, asks("nuôi ong"), user="an")
    assert (await office.group(2)).asked == 2


async def test_a_question_of_the_same_shape_may_stand_alone(office: Office) -> None:
    await asked(office.database, "nam", "nuôi tằm")
    await asked(office.database, "mai", "tằm nuôi")
    (other,) = await rows_of(office, "tằm nuôi")
    with pytest.raises(sorting.NoSuchQuestion):
        async with acting(office.database, office.clock, office.lan) as doing:
            await sorting.split(doing, 1, 999, shape)
    async with acting(office.database, office.clock, office.lan) as doing:
        own = await sorting.split(doing, 1, other, shape)
    assert isinstance(own, int)
    assert [row[:3] for row in await groups(office.database)] == [
        ("nuôi tằm", 1, 1),
        ("tằm nuôi", 1, 1),
    ]
    with pytest.raises(sorting.NoSuchQuestion):
        async with acting(office.database, office.clock, office.lan) as doing:
            await sorting.split(doing, own, other, shape)


async def test_masked_words_are_nowhere_any_more(office: Office) -> None:
    (one,) = await received(office.database, [(a_citizen(), asks("ông Bảy thôn Đông nuôi tằm"))])
    said = replace(one.claimed.message, text="ông Bảy thôn Đông nuôi tằm")
    remembers = ConversationState(question=said.text)
    one = replace(
        one,
        claimed=replace(one.claimed, message=said),
        result=replace(one.result, state=remembers),
    )
    async with office.database.writing() as connection:
        await connection.execute(update(inbox).values(text=said.text))
        await store_finished(connection, [one], KEPT)
    async with acting(office.database, office.clock, office.lan) as doing:
        assert not await sorting.mask(doing, 1, one.claimed.id, "Tám")
        assert not await sorting.mask(doing, 1, one.claimed.id, " ")
        assert await sorting.mask(doing, 1, one.claimed.id, "Bảy")
    assert await _everywhere(office, one.claimed.id) == {"ông […] thôn Đông nuôi tằm"}
    async with acting(office.database, office.clock, office.lan) as doing:
        await sorting.seal(doing, 1, one.claimed.id)
    assert await _everywhere(office, one.claimed.id) == {"[denunciation]"}
    async with office.database.reading() as connection:
        bodies = (await connection.execute(select(audit_entries.c.body))).scalars().all()
    assert len(bodies) == 2
    assert not [body for body in bodies if "Bảy" in body]


async def _everywhere(office: Office, question: int) -> set[str]:
    async with office.database.reading() as connection:
        found = await question_rows.find_question(connection, question)
        assert found is not None
        return {
            found.text,
            (await office.group()).sample,
            *(await connection.execute(select(inbox.c.text))).scalars(),
            *(await connection.execute(select(turns.c.question))).scalars(),
            await _remembered(office),
        }


async def _remembered(office: Office) -> str:
    key = a_citizen().conversation
    async with office.database.reading() as connection:
        return (await load_states(connection, [key]))[key].question


async def test_a_group_is_reopened_and_answered_anew(office: Office) -> None:
    await asked(office.database, "nam")
    async with acting(office.database, office.clock, office.lan) as doing:
        assert not await sorting.reopen(doing, 1)
    await office.answer(1)
    assert isinstance(await office.answer(1), AnsweredMeanwhile)
    async with acting(office.database, office.clock, office.minh) as doing:
        assert await sorting.reopen(doing, 1)
    assert isinstance(await office.answer(1, replace(YES, text="Sửa lại.")), Answered)
    assert len(await office.told()) == 1


async def test_new_groups_join_those_that_ask_the_same(office: Office) -> None:
    def rarity(word: str) -> float:
        return 0.1 if word in {"xin", "nha"} else 2.0

    await asked(office.database, "nam", "giấy phép nuôi tằm")
    await asked(office.database, "mai", "xin giấy phép nuôi tằm nhà")
    await asked(office.database, "an", "hát karaoke đêm")
    await stored(office.database, asks("giấy phép nuôi tằm", office="xa-b"), user="xa")

    async def tick() -> int:
        return await group_alike(office.database, clock=office.clock, rarity=rarity)

    assert await tick() == 1
    assert await tick() == 0
    assert (await groups(office.database))[0] == ("giấy phép nuôi tằm", 2, 2, "web")
    (mine,) = await rows_of(office, "xin giấy phép nuôi tằm nhà")
    async with acting(office.database, office.clock, office.lan) as doing:
        await sorting.split(doing, 1, mine, shape)
    assert await tick() == 0
    assert (await groups(office.database))[0][1] == 1
    await stored(office.database, asks("giấy phép nuôi tằm xin"), user="ba")
    assert await tick() == 1


async def test_a_group_somebody_works_on_stays_where_it_is(office: Office) -> None:
    await asked(office.database, "nam", "giấy phép nuôi tằm")
    await asked(office.database, "mai", "giấy phép nuôi tằm nhà")
    async with acting(office.database, office.clock, office.lan) as doing:
        await answering.claim(doing, 2)
    joined = await group_alike(office.database, clock=office.clock, rarity=lambda _: 1.0)
    assert joined == 0
    async with acting(office.database, office.clock, office.lan) as doing:
        await answering.release(doing, 2)
    assert (await office.group(2)).held_by is None


async def test_new_groups_are_compared_with_all_there_are_not_with_the_first_read(
    office: Office,
) -> None:
    known = [
        {
            "office": HERE, "shape": f"viec {number}", "shape_key": str(number), "sample": "",
            "status": "open", "compared": True, "first_at": NOON, "last_at": NOON,
        }
        for number in range(2 * SLICE)
    ]  # fmt: skip
    async with office.database.writing() as connection:
        await connection.execute(insert(question_groups), known)
    await stored(office.database, asks(f"{2 * SLICE - 1} viec nhe"))
    rarity = {"nhe": 0.1}
    joined = await group_alike(
        office.database, clock=office.clock, rarity=lambda word: rarity.get(word, 1.0)
    )
    assert joined == 1
    async with office.database.reading() as connection:
        wanted = select(question_groups.c.asked).where(question_groups.c.id == 2 * SLICE)
        assert (await connection.execute(wanted)).scalar() == 1
