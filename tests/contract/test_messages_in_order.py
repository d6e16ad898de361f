"""Inbox, worker, outbox and mailbox on both databases: stored once, answered once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import event, func, select, update

from bot.bell import Bell
from bot.clock import SystemClock
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.delivery.mailbox import Mailbox
from bot.intake.backlog import Backlog
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import ChannelName, IncomingMessage, OutgoingMessage, Reply
from bot.metrics import Metrics
from bot.storage.database import Database, create_database
from bot.storage.errors import NotStored, Unwritable
from bot.storage.inbox_rows import CLAIM, claim_messages
from bot.storage.tables import inbox as inbox_table
from bot.storage.tables import outbox, turns
from tests.conftest import NOON, FrozenClock, let_pass, open_database
from tests.factories import a_citizen, a_message


class Echo:
    """Answers with what was said before and now; it cannot take "bad", and puts "secret" aside.

    To "odd" it says what no database can write.
    """

    def answer(
        self, message: IncomingMessage, state: ConversationState, *, now: datetime
    ) -> TurnResult:
        if message.text == "bad":
            raise RuntimeError("cannot")
        if message.text == "secret":
            return TurnResult(outcome=Outcome.OUT_OF_SCOPE, replies=(), state=state, withheld=True)
        if message.text == "odd":
            return TurnResult(outcome=Outcome.ANSWERED, replies=(Reply("\ud800"),), state=state)
        said = f"{state.question}|{message.text}" if state.question else message.text
        return TurnResult(
            outcome=Outcome.ANSWERED,
            replies=(Reply(said),),
            state=ConversationState(question=said, spoken_at=now),
        )


@dataclass
class Engine:
    inbox: Inbox
    worker: Worker
    mailbox: Mailbox
    registry: CollectorRegistry

    def counted(self, name: str) -> float | None:
        return self.registry.get_sample_value(name, {"channel": "web"})


@asynccontextmanager
async def engine(
    database: Database, clock: FrozenClock, *, full: Callable[[], bool] = lambda: False
) -> AsyncIterator[Engine]:
    bell, registry = Bell(), CollectorRegistry()
    metrics = Metrics.on(registry)
    inbox = Inbox(database, bell, metrics, full=full)
    worker = Worker(
        database,
        Echo(),
        clock=clock,
        bell=bell,
        metrics=metrics,
        apology=Reply("sorry"),
        kept=frozenset({ChannelName.WEB}),
    )
    writing = asyncio.create_task(inbox.writing())
    yield Engine(inbox, worker, Mailbox(database, bell), registry)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def _drain(worker: Worker) -> None:
    while await worker.round():
        pass


async def _read(mailbox: Mailbox) -> tuple[OutgoingMessage, ...]:
    with mailbox.following(a_citizen()) as following:
        return await following.after(0, limit=10)


async def _count(database: Database) -> tuple[int, int]:
    async with database.reading() as connection:
        waiting = select(func.count()).where(inbox_table.c.done.is_(False))
        answered = select(func.count()).select_from(turns)
        return (
            (await connection.execute(waiting)).scalar_one(),
            (await connection.execute(answered)).scalar_one(),
        )


async def test_a_conversation_is_answered_in_order(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as house:
        for number in range(5):
            await house.inbox.accept([a_message(f"m{number}", external_id=str(number))])
        await _drain(house.worker)
        replies = await _read(house.mailbox)
    assert [one.reply.text for one in replies] == [
        "m0",
        "m0|m1",
        "m0|m1|m2",
        "m0|m1|m2|m3",
        "m0|m1|m2|m3|m4",
    ]


async def test_a_duplicate_gets_its_first_row_and_one_answer(
    database: Database, clock: FrozenClock
) -> None:
    async with engine(database, clock) as house:
        first = await house.inbox.accept([a_message("hi")])
        again = await house.inbox.accept([a_message("hi"), a_message("hi")])
        await _drain(house.worker)
    assert again == first * 2
    assert house.counted("bot_messages_accepted_total") == 1
    assert house.counted("bot_messages_repeated_total") == 2
    assert await _count(database) == (0, 1)


async def test_personal_data_is_never_stored(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as house:
        await house.inbox.accept([a_message("cccd 001099012345 và 0912345678")])
    async with database.reading() as connection:
        row = (await connection.execute(select(inbox_table))).one()
    assert row.text == "cccd [cccd] và [phone]"
    assert row.masked == "cccd,phone"


async def test_a_message_that_breaks_the_answer_gets_an_apology_and_blocks_nobody(
    database: Database, clock: FrozenClock
) -> None:
    async with engine(database, clock) as house:
        await house.inbox.accept(
            [a_message("bad", external_id="1"), a_message("good", external_id="2")]
        )
        await _drain(house.worker)
        replies = await _read(house.mailbox)
    assert [one.reply.text for one in replies] == ["sorry", "good"]


async def test_an_answer_no_database_can_write_becomes_an_apology_and_holds_up_nobody(
    database: Database, clock: FrozenClock
) -> None:
    said = {"nam": "odd", "ba": "hi", "tư": "ho"}
    async with engine(database, clock) as house:
        rows = await house.inbox.accept(
            [
                a_message(text, external_id=one, address=a_citizen(one))
                for one, text in said.items()
            ]
        )
        assert await house.worker.round() == len(said)
        told = [await house.mailbox.replies_to(row) for row in rows]
    assert [reply.reply.text for (reply,) in told] == ["sorry", "hi", "ho"]
    assert await _count(database) == (0, 3)


async def test_two_workers_never_answer_twice(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as one, engine(database, clock) as other:
        await one.inbox.accept(
            [
                a_message(f"m{n}", external_id=str(n), address=a_citizen(f"c{n % 7}"))
                for n in range(60)
            ]
        )
        await asyncio.gather(_drain(one.worker), _drain(other.worker))
        await _drain(one.worker)
    assert await _count(database) == (0, 60)


@pytest.mark.postgres
async def test_a_message_the_database_refuses_costs_nobody_elses(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> None:
    texts = ("hi", "a sign PostgreSQL keeps in no text: \0", "ho")
    messages = [a_message(text, external_id=text[:2]) for text in texts]
    async with (
        open_database("postgres", request, tmp_path) as database,
        engine(database, clock) as house,
    ):
        calls = (house.inbox.accept([one]) for one in messages)
        told = await asyncio.gather(*calls, return_exceptions=True)
        await _drain(house.worker)
        assert await _count(database) == (0, 2)
    assert [isinstance(one, NotStored) for one in told] == [False, True, False]


async def test_what_no_database_can_write_costs_nobody_elses(
    database: Database, clock: FrozenClock
) -> None:
    texts = ("hi", "half a sign: \ud800", "ho")
    messages = [a_message(text, external_id=text[:2]) for text in texts]
    async with asyncio.timeout(20), engine(database, clock) as house:
        calls = (house.inbox.accept([one]) for one in messages)
        told = await asyncio.gather(*calls, return_exceptions=True)
        with pytest.raises(Unwritable):
            await house.inbox.accept([*messages, a_message("he", external_id="he")])
        await _drain(house.worker)
        assert await _count(database) == (0, 3)
    assert [isinstance(one, Unwritable) for one in told] == [False, True, False]


async def test_who_was_told_that_nothing_is_stored_was_told_the_truth(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.inbox.PATIENCE", 0.01)
    inbox = Inbox(database, Bell(), Metrics.on(CollectorRegistry()))
    with pytest.raises(NotStored, match="late"):
        await inbox.accept([a_message("hi", external_id="1")])
    monkeypatch.undo()
    writing = asyncio.create_task(inbox.writing())
    await inbox.accept([a_message("ho", external_id="2")])
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    async with database.reading() as connection:
        stored = await connection.execute(select(inbox_table.c.text))
        assert list(stored.scalars()) == ["ho"]


async def test_a_server_out_of_reach_is_no_fault_of_the_inbox() -> None:
    nowhere = create_database("postgresql+asyncpg://bot@127.0.0.1:9/bot")
    inbox = Inbox(nowhere, Bell(), Metrics.on(CollectorRegistry()))
    writing = asyncio.create_task(inbox.writing())
    with pytest.raises(NotStored):
        await inbox.accept([a_message("hi")])
    assert inbox.fault == ""
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await nowhere.close()


async def test_a_closed_inbox_lets_nobody_wait(database: Database, clock: FrozenClock) -> None:
    async with asyncio.timeout(20), engine(database, clock) as house:
        waiting = asyncio.create_task(house.inbox.accept([a_message("hi")]))
        house.inbox.close()
        with pytest.raises(NotStored):
            await waiting


@pytest.mark.parametrize(
    "newer", [{"kind": "smell"}, {"channel": "pigeon"}, {"channel": "pigeon", "kind": "smell"}]
)
async def test_a_message_of_a_newer_release_is_set_aside_and_nobody_waits_behind_it(
    database: Database, clock: FrozenClock, newer: dict[str, str]
) -> None:
    async with engine(database, clock) as house:
        (row,) = await house.inbox.accept([a_message("new", external_id="1")])
        async with database.writing() as connection:
            await connection.execute(update(inbox_table).values(**newer))
        await house.inbox.accept([a_message("hi", external_id="2")])
        await _drain(house.worker)
        await _drain(house.worker)
        assert await _count(database) == (1, 1)
        assert house.registry.get_sample_value("bot_messages_set_aside_total") == 1
        # The release that knows it answers it.
        async with database.writing() as connection:
            await connection.execute(update(inbox_table).values(channel="web", kind="text"))
        await _drain(house.worker)
        assert [one.reply.text for one in await house.mailbox.replies_to(row)] == ["hi|new"]


@pytest.mark.parametrize("choices", ["[[1]]", '["abc"]', "{", "7"])
async def test_choices_of_a_newer_release_cost_nobody_the_text(
    database: Database, clock: FrozenClock, choices: str
) -> None:
    async with engine(database, clock) as house:
        (row,) = await house.inbox.accept([a_message("hi")])
        await _drain(house.worker)
        async with database.writing() as connection:
            await connection.execute(update(outbox).values(choices=choices))
        (reply,) = await house.mailbox.replies_to(row)
    assert reply.reply == Reply("hi")


async def test_a_claim_of_a_dead_process_runs_out(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as house:
        await house.inbox.accept([a_message("hi")])
        async with database.writing() as connection:
            assert len(await claim_messages(connection, clock.now(), 10)) == 1
        assert await house.worker.round() == 0
        await let_pass(database, clock, CLAIM + timedelta(seconds=1))
        assert await house.worker.round() == 1
    assert await _count(database) == (0, 1)


async def test_a_claim_made_by_a_clock_a_year_ahead_is_free(
    database: Database, clock: FrozenClock
) -> None:
    async with engine(database, clock) as house:
        await house.inbox.accept([a_message("hi")])
        async with database.writing() as connection:
            far = NOON + timedelta(days=36_500)
            await connection.execute(update(inbox_table).values(claimed_until=far))
        assert await house.worker.round() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("wrong_by", [timedelta(minutes=5), -timedelta(minutes=5)])
async def test_a_worker_whose_clock_is_wrong_neither_takes_nor_keeps_what_it_should_not(
    request: pytest.FixtureRequest, tmp_path: Path, wrong_by: timedelta
) -> None:
    right = SystemClock()
    wrong = FrozenClock(right.now() + wrong_by)
    async with (
        open_database("postgres", request, tmp_path) as database,
        engine(database, wrong) as house,
    ):
        await house.inbox.accept([a_message("hi")])
        async with database.writing() as connection:
            assert len(await claim_messages(connection, right.now(), 10)) == 1
        assert await house.worker.round() == 0
        await let_pass(database, wrong, CLAIM)
        async with database.writing() as connection:
            assert len(await claim_messages(connection, wrong.now(), 10)) == 1
            assert await claim_messages(connection, right.now(), 10) == ()
        await let_pass(database, wrong, CLAIM)
        async with database.writing() as connection:
            assert len(await claim_messages(connection, right.now(), 10)) == 1


async def test_what_waits_is_counted_and_shown_and_too_much_shuts_the_door(
    database: Database, clock: FrozenClock
) -> None:
    registry = CollectorRegistry()
    backlog = Backlog(database, clock, Metrics.on(registry), most=2)

    def shown() -> list[float | None]:
        names = ("bot_messages_waiting", "bot_oldest_message_waiting_seconds")
        return [registry.get_sample_value(name) for name in names]

    async with engine(database, clock, full=backlog.full) as house:
        await house.inbox.accept([a_message("m0", external_id="0")])
        await backlog.look()
        assert shown() == [1, 0]
        await house.inbox.accept([a_message("m1", external_id="1")])
        clock.move(timedelta(seconds=90))
        await backlog.look()
        assert shown() == [2, 90]
        another = a_message("hi", external_id="9", address=a_citizen("another"))
        await house.inbox.accept([another])
        await backlog.look()
        with pytest.raises(NotStored, match="full"):
            await house.inbox.accept([a_message("m2", external_id="2")])
        await _drain(house.worker)
        await backlog.look()
        assert shown() == [0, 0]
        await house.inbox.accept([a_message("m2", external_id="2")])


async def test_the_mailbox_waits_for_the_answer(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as house:
        (row,) = await house.inbox.accept([a_message("hi")])
        waiting = asyncio.create_task(house.mailbox.replies_to(row, wait=5))
        await asyncio.sleep(0.05)
        await _drain(house.worker)
        replies = await waiting
    assert [one.reply.text for one in replies] == ["hi"]


async def test_who_waits_long_looks_once_and_then_only_when_there_is_something(
    database: Database, clock: FrozenClock
) -> None:
    async with engine(database, clock) as house:
        with house.mailbox.following(a_citizen()) as following, _looks(database) as looks:
            for _ in range(5):
                assert await following.after(0, limit=10, wait=0.02) == ()
            assert looks == [1]
            await house.inbox.accept([a_message("hi")])
            await _drain(house.worker)
            (reply,) = await following.after(0, limit=10, wait=5)
            assert await following.after(reply.id, limit=10, wait=0.02) == ()
    assert reply.reply.text == "hi"


@contextmanager
def _looks(database: Database) -> Iterator[list[int]]:
    """Count how often the outbox is read for a citizen."""
    looks = [0]

    def count(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        looks[0] += statement.startswith("SELECT outbox.id")

    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    try:
        yield looks
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", count)


@pytest.mark.parametrize("wait", [0, 0.05])
async def test_the_mailbox_gives_nothing_while_there_is_no_answer(
    database: Database, clock: FrozenClock, wait: float
) -> None:
    async with engine(database, clock) as house:
        (row,) = await house.inbox.accept([a_message("hi")])
        assert await house.mailbox.replies_to(row, wait=wait) == ()


async def test_what_is_withheld_leaves_every_table(database: Database, clock: FrozenClock) -> None:
    async with engine(database, clock) as house:
        for number, text in enumerate(("secret", "open")):
            await house.inbox.accept([a_message(text, external_id=str(number))])
        await _drain(house.worker)
    async with database.reading() as connection:
        asked = (await connection.execute(select(turns.c.question).order_by("inbox_id"))).scalars()
        stored = await connection.execute(
            select(inbox_table.c.text, inbox_table.c.masked).order_by("id")
        )
        assert list(asked) == ["[denunciation]", "open"]
        assert stored.all() == [("[denunciation]", "denunciation"), ("open", "")]
