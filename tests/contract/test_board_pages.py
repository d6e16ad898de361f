"""The public board over real rows: the newest first, and the officials' own figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import delete

from bot.feedback import reference
from bot.feedback.board.drafting import first_draft
from bot.feedback.board.releases import AskedReleases, Release, Texts
from bot.feedback.models import CaseId, Contact, Result
from bot.feedback.moves import Author
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Length, Stretch
from bot.feedback.wishes import Publish
from bot.handling.answering import answer
from bot.handling.board import COUNTED_FOR, Board
from bot.handling.consenting import answered, note_agreed
from bot.handling.publishing import publish
from bot.handling.reporting import Wanted, reported
from bot.handling.stepping import By
from bot.officials.office_entries import Entry, Stood
from bot.storage import release_rows
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
from bot.storage.feedback_tables import cases
from bot.web.app import create_app
from broadcasts.documents.numbers import cell_text
from tests.conftest import NOON, FrozenClock
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.house import PaperHouse
from tests.fakes.reported import Seeding, always_open, seed_cases

ON: Final = Stood(entries=(Entry(office=HERE, key="rule:board", value={"on": True}),))
BELOW: Final = "xa-a-mot-cua"
SHOWN: Final = (
    *("carried", "received", "answered", "on_time", "late", "waiting", "overdue", "timely"),
    "median",
)
SENDER: Final = Contact(name="Trần Thị Hoa", phone="0912345678")
TYPED: Final = f"Rác đầy ngõ, tôi là {SENDER.name}, gọi {SENDER.phone}."
NOW: Final = datetime(2026, 9, 20, 3, 0, tzinfo=UTC)


def a_board(database: Database, clock: FrozenClock, stood: Stood = ON) -> Board:
    times = OfficeTimes(always_open(), stood)
    return Board(database=database, clock=clock, times=lambda: times)


async def put_up(database: Database, number: int, **told: Any) -> None:
    """Release a case at once."""
    release = Release(
        case=CaseId(number),
        office=HERE,
        topic="moi_truong",
        unit="Phòng A",
        texts=Texts(question=f"Câu {number}", answer="Rồi."),
        version=0,
        received_at=NOON,
        answered_at=NOON + timedelta(days=number),
        prepared_by=1,
        prepared_at=NOON,
    )
    async with database.writing() as connection:
        wanted = replace(release, **told)
        version = await release_rows.prepare(connection, wanted)
        await release_rows.release(connection, wanted.case, version, by=1, at=NOON)


async def test_the_latest_answers_come_first_whatever_is_filtered(
    database: Database, clock: FrozenClock
) -> None:
    board = a_board(database, clock)
    for number in (1, 2, 3):
        await put_up(database, number)
    await put_up(database, 4, office="xa-b")
    await put_up(database, 5, office=BELOW, topic="chieu_sang", answered_at=NOON)
    async with database.writing() as connection:
        await release_rows.withdraw(connection, [CaseId(2)], NOON)

    async def found(**asked: Any) -> list[int]:
        return [one.case for one in await board.newest(AskedReleases(**asked), limit=9)]

    # Below an office its rule holds; of one beside it nothing is shown.
    assert await found() == [3, 1, 5]
    assert await found(before=3) == [1, 5]
    # Where the mark was withdrawn meanwhile the list goes on behind it.
    assert await found(before=2) == [1, 5]
    assert await found(topic="chieu_sang") == [5]
    assert await found(year=NOON.year) == [3, 1, 5]
    assert await found(year=NOON.year - 1) == []
    assert await board.one(4) is None
    withdrawn = await board.one(2)
    assert withdrawn is not None
    assert withdrawn.texts == Texts(question="", answer="")


async def test_an_office_below_may_have_none(database: Database, clock: FrozenClock) -> None:
    off = Entry(office=BELOW, key="rule:board", value={"on": False})
    board = a_board(database, clock, Stood(entries=(*ON.entries, off)))
    await put_up(database, 1)
    await put_up(database, 2, office=BELOW)
    assert [one.case for one in await board.newest(AskedReleases(), limit=9)] == [1]
    assert not a_board(database, clock, Stood()).is_on


async def test_its_figures_are_those_of_the_officials_report(
    database: Database, clock: FrozenClock
) -> None:
    clock.move(NOW - clock.now())
    async with database.writing() as connection:
        first = datetime(2025, 6, 1, tzinfo=UTC)
        await seed_cases(connection, Seeding(count=150, first=first, days=480))
    board, year = a_board(database, clock), 2026
    shown = await board.report(year)
    wanted = Wanted(
        reader=None, offices=frozenset({HERE, BELOW}), name="", stretch=Stretch(Length.YEAR, year)
    )
    async with database.reading() as connection:
        times = OfficeTimes(always_open(), Stood())
        official: Report = await reported(connection, wanted, times, clock.now())
    assert shown.this == official.this
    house = PaperHouse(board=board, clock=clock)  # type: ignore[arg-type]
    async with TestClient(TestServer(create_app(house))) as client:
        page = await (await client.get(f"/phan-anh/so-lieu?nam={year}")).text()
    whole = official.this.whole
    for name in SHOWN:
        assert f"<dd>{cell_text(getattr(whole, name))}</dd>" in page, name
    async with database.writing() as connection:
        await connection.execute(delete(cases).where(cases.c.first_answered_at.is_not(None)))
    assert await board.report(year) is shown
    clock.move(COUNTED_FOR)
    assert (await board.report(year)).this != shown.this


async def test_nothing_of_who_sent_a_case_stands_on_any_page_and_a_no_takes_it_down(
    database: Database, clock: FrozenClock
) -> None:
    room = await Chamber(database, clock).open()
    room.set("rule:board", on=True)
    case = await room.begun("7", words=TYPED, contact=SENDER, anonymous=False)
    done = AnswerWords(result=Result.DONE, text=f"Kính gửi bà {SENDER.name}, đã dọn xong.")
    case = await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, done))
    case = await room.does("hoa", case, lambda d, c: note_agreed(d, room.bureau, c, "ký giấy"))
    draft = first_draft(case, await room.events(case))
    await room.does("hoa", case, lambda d, c: publish(d, room.bureau, c, draft))
    house = PaperHouse(board=a_board(database, clock), clock=clock)  # type: ignore[arg-type]
    async with TestClient(TestServer(create_app(house))) as client:
        pages = ["/phan-anh", f"/phan-anh/{case.id}", "/phan-anh/so-lieu"]
        shown = [await (await client.get(page)).text() for page in pages]
        assert "[số điện thoại]" in shown[1]
        assert "Rác đầy ngõ" in shown[0]
        told = (SENDER.name, SENDER.phone, case.reference, reference.shown(case.reference))
        assert [one for one in told for page in shown if one in page] == []
        async with database.writing() as connection:
            by = By(author=Author.CITIZEN, at=clock.now())
            no, now = Publish(case.id, agreed=False), await room.now(case)
            await answered(connection, room.bureau.seals.vault, now, no, by)
        assert (await client.get(pages[1])).status == HTTPStatus.GONE
        assert "Rác đầy ngõ" not in await (await client.get(pages[0])).text()
