"""What citizens tell of themselves and others is found nowhere in the clear, and later not at all.

Real inbox, worker and console over both databases, with the logs of the program switched on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from traceback import format_exception
from typing import Any, Final

import pytest
import structlog
from prometheus_client import generate_latest
from sqlalchemy import text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap.feedback import bureau_of, times
from bot.casework.deeds import CLOCKWORK, Acting, acting
from bot.channels.kept import KEPT
from bot.feedback.models import Case, CaseId, Result
from bot.handling.answering import answer
from bot.handling.asking import ask
from bot.handling.assigning import Post, assign, begin
from bot.handling.doing import held
from bot.handling.keeping import Keeping
from bot.handling.sealed_inbox import appoint_reader
from bot.logs import start_logging
from bot.officials.audit import By
from bot.officials.models import Role
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.copy_rows import forget_passes
from bot.storage.database import Database
from bot.storage.feedback_tables import cases
from bot.storage.retention_rows import forget_before
from bot.vault.vault import VERSION
from knowledge.repository import SqlSnapshotStore
from tests.fakes.console import HERE, LITTLE, ConsoleHouse, Reception, Seat, console_client
from tests.fakes.marked_life import (
    ACCOUNT,
    MARKERS,
    NO_MARKS,
    PLAIN,
    SHORT,
    MarkedLife,
    everything,
    found_in,
)

NAME, PHONE, STREET = "Trần Thị Hoa Mướp", "0912.345.678", "số 93 ngách 17 phố Cau Xanh"
ACCUSED: Final = "ông Nguyễn Văn Bầu Xanh trưởng thôn ăn chặn tiền cứu trợ của dân"
DONE: Final = AnswerWords(result=Result.DONE, text="Đã dọn sạch.")
REPORT: Final = (
    f"rác đổ đầy đầu ngõ mấy hôm nay. {SHORT}", ">Đúng", ">Tôi đã rõ",
    f"đầu ngõ 12 đường Lê Lợi, cạnh nhà bà {NAME} {PHONE}", ">Không có ảnh", ">Được gọi", NAME,
    PHONE,
)  # fmt: skip
ENTRY: Final = {
    "once": "a" * 20, "source": "phone", "kind": "phan_anh", "topic": "tieng_on",
    "words": f"Quán bên cạnh hát đến nửa đêm. {PLAIN} {ACCOUNT}", "place": "đầu ngõ 5",
    "name": NAME, "phone": PHONE, "address": STREET, "call_back": "on",
}  # fmt: skip
PAGES: Final = (
    "/", "/cases", "/cases?tab=all&text=0912345678", "/cases/1", "/cases/2", "/cases/3",
    "/cases/3/slip", "/cases/0912345678", "/case-reports?period=2026-Q4", "/audit",
    "/cases/settings/deadlines", "/questions", "/talks",
)  # fmt: skip
FILES: Final = ("/files/cases.xlsx", "/case-reports/file", "/case-reports/document")


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Switch the logs of the program on, with all they can tell; give what they told."""
    before = structlog.get_config()
    start_logging("DEBUG")
    yield lambda: "".join(capfd.readouterr())
    structlog.configure(**before)


@dataclass
class Office:
    """A house of officials, and what citizens tell it."""

    house: ConsoleHouse
    life: MarkedLife
    officer: Seat
    leader: Seat

    async def does(self, number: int, act: Callable[[Acting, Case], Awaitable[Any]]) -> None:
        by = By(officer=self.leader.officer, actor="lan")
        async with acting(self.house.database, self.house.clock, by) as doing:
            await act(doing, await held(doing, CaseId(number)))

    async def tell(self) -> None:
        """Let citizens tell all that should not be found, by every way there is."""
        life = self.life
        await life.goes_through("an-sender", *REPORT, ">Gửi")
        await life.goes_through(
            "huy-sender", "tôi kiến nghị sửa quy định về mẫu tờ khai cho người dân dễ làm",
            ">Đúng", ">Tôi đã rõ", f"mẫu dài quá. {SHORT}", ">Có nêu tên", NAME, PHONE, STREET,
            ">Gửi",
        )  # fmt: skip
        await life.goes_through(
            "ba-sender", f"đường trước trường học ngập nước. {SHORT}", ">Đúng", ">Tôi đã rõ",
            f"{NAME.upper()} ở trước cổng trường {PHONE}",
        )  # fmt: skip
        for who in ("chi-sender", "dao-sender"):
            await life.goes_through(
                who, f"tôi tố cáo {ACCUSED}. {PLAIN}", f"{ACCUSED}, tôi là {NAME} {PHONE}"
            )
        await life.says("dung-sender", f"tôi khiếu nại quyết định thu hồi đất nhà tôi. {PLAIN}")
        await life.goes_through(
            "em-sender", "dữ liệu của tôi", "xóa dữ liệu", NO_MARKS,
            f"tra cứu PA-7K2M-4QXB-9 {NO_MARKS}", f"xóa hết cho tôi, {SHORT}",
        )  # fmt: skip
        for said in (PLAIN, NO_MARKS, SHORT):
            await life.says("giang-sender", f"thủ tục nuôi ong trên mái nhà cần giấy gì, {said}")
        await life.goes_through("giang-sender", ACCOUNT, f"{ACCOUNT} {NAME.upper()}")
        await self.entered()

    async def entered(self) -> None:
        """Enter a case for somebody who calls, once with a mistake."""
        assert (await self.officer.post(f"/cases/new/{HERE}", **ENTRY)).status == 422
        assert (await self.officer.post(f"/cases/new/{HERE}", **ENTRY, agreed="on")).status == 303

    async def work(self) -> None:
        """Let the first case be asked about, answered, rated, and looked at by officials."""
        bureau, number = bureau_of(self.house.conversation, self.house.vaults)(), self.officer
        assert number.officer is not None
        to = Post(unit=None, officer=number.officer)
        for act in (
            lambda d, c: assign(d, bureau, c, to),
            begin,
            lambda d, c: ask(d, bureau, c, "Đống rác cao chừng nào ạ?"),
        ):
            await self.does(1, act)
        await self.life.goes_through(
            "an-sender", "việc của tôi", ">PA-", ">Trả lời vụ này", f"cao 2 mét. {SHORT}"
        )
        await self.does(1, lambda d, c: answer(d, bureau, c, DONE))
        await self.life.goes_through(
            "an-sender", "việc của tôi", ">PA-", ">Mở lại vụ này", f"chưa sạch. {SHORT}"
        )
        for page in PAGES:
            shown = await self.leader.get(page)
            asked = {"phone"} if "0912345678" in page else set()
            assert found_in(shown.text) <= asked, page
        await self.officer.post("/cases/1/contact")


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    await SqlSnapshotStore(database).publish_content(LITTLE, name="thử")
    house = ConsoleHouse(database)
    async with AsyncExitStack() as stack:
        signed_in = Reception(house, await stack.enter_async_context(console_client(house)))
        officer = await signed_in(Role.PREPARER)
        leader = await signed_in(Role.LEADER, Role.SECRETARIAT)
        assert officer.officer is not None
        by = By(officer=leader.officer, actor="lan")
        async with acting(database, house.clock, by) as doing:
            await appoint_reader(doing, HERE, officer.officer, "QĐ 12/QĐ-UBND", by=1)
        yield Office(house, MarkedLife(house), officer, leader)


def readable(body: bytes) -> str:
    """Give all that stands in a document or spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def raw(database: Database) -> bytes:
    """Give the bytes of an embedded database as a thief would read them."""
    file = Path(database.engine.url.database or "")
    beside = (file, file.with_name(f"{file.name}-wal"))
    return b"".join(one.read_bytes() for one in beside if one.exists())


async def told_of(database: Database) -> list[str]:
    async with database.reading() as connection:
        return [
            f"{where}: {marker}"
            async for where, value in everything(connection)
            for marker in found_in(value)
        ]


async def test_what_citizens_tell_stands_nowhere_in_the_clear_and_goes(
    office: Office, logged: Callable[[], str]
) -> None:
    await office.tell()
    await office.work()
    database = office.house.database
    assert await told_of(database) == []
    if database.embedded:
        assert found_in(raw(database)) == set()
    assert found_in(generate_latest(office.life.registry)) == set()
    for path in FILES:
        assert found_in(readable((await office.leader.get(path)).body)) == set(), path
    before = await sealed_in(database)
    assert len(before) > 9
    assert await anybody(database)
    await erased(office.house)
    left = await sealed_in(database)
    assert {where for where, _ in left} == {"feedback_sealed_items.words_sealed"}
    assert await anybody(database) == []
    await no_trace(database, {one for _, one in before} - {one for _, one in left})
    assert found_in(logged()) == set()


async def no_trace(database: Database, gone: set[bytes]) -> None:
    """See that an embedded database holds nothing of what is gone, in no unused page either."""
    if database.embedded:
        await database.close()
        stolen = raw(database)
        assert not [one for one in gone if one in stolen]


async def test_what_fails_tells_nothing_either(office: Office, logged: Callable[[], str]) -> None:
    """A table that is gone lets a turn fail in which words as typed are sealed, and a page."""
    await office.life.goes_through("an-sender", *REPORT)
    async with renamed(office.house.database, "feedback_consents"):
        fault = await failing(office.life)
        form = ENTRY | {"agreed": "on"}
        assert (await office.officer.post(f"/cases/new/{HERE}", **form)).status in {500, 503}
    told = f"{logged()}\n{fault}"
    assert "Error" in told
    assert found_in(told) == set()
    assert await told_of(office.house.database) == []


async def failing(life: MarkedLife) -> str:
    """Let a report be sent that cannot be stored; give what was raised, if it was not logged."""
    try:
        await life.chooses("an-sender", "Gửi")
    except SQLAlchemyError as error:
        return "".join(format_exception(error))
    return ""


@asynccontextmanager
async def renamed(database: Database, table: str) -> AsyncIterator[None]:
    async with database.writing() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO gone"))
    yield
    async with database.writing() as connection:
        await connection.execute(text(f"ALTER TABLE gone RENAME TO {table}"))


async def erased(house: ConsoleHouse) -> None:
    """Let every case be over, and its time, too."""
    async with house.database.writing() as connection:
        over = {"state": "closed", "is_open": False, "closed_at": house.clock.now()}
        await connection.execute(update(cases).values(over))
    house.clock.move(timedelta(days=800))
    await Keeping(
        database=house.database, clock=house.clock, times=times(house.conversation)
    ).erase(CLOCKWORK)
    await forget_before(house.database, house.clock.now(), kept=KEPT)
    async with house.database.writing() as connection:
        await forget_passes(connection, house.clock.now())


async def sealed_in(database: Database) -> list[tuple[str, bytes]]:
    """Give what the vaults sealed, and where it stands."""
    async with database.reading() as connection:
        return [
            (where, value)
            async for where, value in everything(connection)
            if isinstance(value, bytes) and value.startswith(VERSION)
        ]


async def anybody(database: Database) -> list[str]:
    """Give where somebody who told something is still named by their chat."""
    async with database.reading() as connection:
        return [where async for where, value in everything(connection) if "-sender" in str(value)]


def test_each_marker_is_found_however_it_is_written() -> None:
    whole = f"{PLAIN} {ACCOUNT} {ACCUSED}"
    assert found_in(whole) == found_in(whole.encode()) == set(MARKERS)
    for one in (PLAIN, NO_MARKS, SHORT):
        assert found_in(one.upper()) == {"phone", "identity", "name", "address"}
