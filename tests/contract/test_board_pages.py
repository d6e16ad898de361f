"""The public board over real rows: the newest first, and the officials' own figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import delete

from bot.feedback.board.releases import AskedReleases, Release, Texts
from bot.feedback.models import CaseId
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Length, Stretch
from bot.handling.board import COUNTED_FOR, Board
from bot.handling.reporting import Wanted, reported
from bot.officials.standing import Entry, Stood
from bot.storage import release_rows
from bot.storage.database import Database
from bot.storage.feedback_tables import cases
from bot.web.app import create_app
from broadcasts.documents.numbers import cell_text
from tests.conftest import NOON, FrozenClock
from tests.fakes.console import HERE
from tests.fakes.house import PaperHouse
from tests.fakes.reported import Seeding, always_open, seed_cases

ON: Final = Stood(entries=(Entry(office=HERE, key="rule:board", value={"on": True}),))
BELOW: Final = "xa-a-mot-cua"
SHOWN: Final = (
    *("carried", "received", "answered", "on_time", "late", "waiting", "overdue", "timely"),
    "median",
)
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
    wanted = Wanted(offices=frozenset({HERE, BELOW}), name="", stretch=Stretch(Length.YEAR, year))
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
