"""News for readers of the web chat: in their outbox in the same moment as it counts as sent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.bell import Bell
from bot.delivery.ledger import SqlLedger
from bot.delivery.mailbox import Mailbox
from bot.messages import Author, ChannelName, Link, Reply
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages
from bot.storage.run_rows import resume
from bot.storage.tables import outbox
from broadcasts.models import Route, RunId, SubscriberStatus
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.news import a_run, ledger_of, mark_subscriber

TEXT = "Tin mới\n\nTừ ngày 01/12 nộp hồ sơ khai sinh trực tuyến."
LINK = Link(label="Nộp hồ sơ", address="https://dichvucong.gov.vn")


async def _lay_out(database: Database, clock: FrozenClock, bell: Bell) -> list[int]:
    ledger = SqlLedger(database, Owner(name="here"), clock=clock, bell=bell)
    return [await ledger.lay_out(run, 100) for run in await ledger.running()]


async def _wrote(database: Database, *sessions: str) -> None:
    messages = [
        a_message("xin chào", external_id=f"{session}:{number}", address=a_citizen(session))
        for number in range(2)
        for session in sessions
    ]
    async with database.writing() as connection:
        await insert_messages(connection, messages)


async def _a_run(database: Database, *sessions: str) -> RunId:
    return await a_run(database, sessions, route=Route.WEB)


async def test_who_has_written_gets_it_once_under_their_newest_message(
    database: Database, clock: FrozenClock
) -> None:
    await _wrote(database, "nam", "hoa")
    bell = Bell()
    run = await _a_run(database, "nam", "hoa", "never-wrote")
    with bell.listening(a_citizen("nam").conversation) as ear:
        assert await _lay_out(database, clock, bell) == [3]
        assert await ear.wait(0.01)
    assert await _lay_out(database, clock, bell) == [0]
    assert await ledger_of(database, run) == [
        ("nam", "sent", ""),
        ("hoa", "sent", ""),
        ("never-wrote", "skipped", "no_mailbox"),
    ]
    async with database.reading() as connection:
        rows = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
    assert [(row.user_id, row.inbox_id, row.status) for row in rows] == [
        ("nam", 3, "sent"),
        ("hoa", 4, "sent"),
    ]
    with Mailbox(database, bell).following(a_citizen("nam")) as follower:
        (news,) = await follower.after(0, limit=9)
    assert (news.reply, news.author, news.address.channel) == (
        Reply(TEXT, links=(LINK,)), Author.BOT, ChannelName.WEB,
    )  # fmt: skip


async def test_each_run_has_its_own_place(database: Database, clock: FrozenClock) -> None:
    await _wrote(database, "nam")
    runs = [await _a_run(database, "nam") for _ in range(2)]
    await _lay_out(database, clock, Bell())
    assert [await ledger_of(database, run) for run in runs] == [[("nam", "sent", "")]] * 2


async def test_who_opted_out_is_skipped_and_a_run_that_rests_waits(
    database: Database, clock: FrozenClock
) -> None:
    await _wrote(database, "nam", "hoa")
    run = await _a_run(database, "nam", "hoa")
    await mark_subscriber(database, "hoa", SubscriberStatus.OPTED_OUT)
    ledger = SqlLedger(database, Owner(name="here"), clock=clock, bell=Bell())
    (going,) = await ledger.running()
    await ledger.stop(run)
    assert await ledger.lay_out(going, 100) == 0
    clock.move(timedelta(minutes=1))
    assert [status for _, status, _ in await ledger_of(database, run)] == ["pending"] * 2
    async with database.writing() as connection:
        assert await resume(connection, run)
    assert await ledger.lay_out(going, 100) == 2
    assert await ledger_of(database, run) == [("nam", "sent", ""), ("hoa", "skipped", "opted_out")]
