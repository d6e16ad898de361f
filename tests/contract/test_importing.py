"""A hotline's export is taken over: each case once, bad rows told, persons sealed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import VIETNAM
from bot.feedback.hotline.fates import Imported
from bot.feedback.hotline.judging import Fate
from bot.feedback.models import CaseId, Source
from bot.handling.filing import Filing
from bot.handling.importing import Importing
from bot.officials.audit import By
from bot.storage.case_rows import case_of, events_of
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.feedback_tables import cases, outer_references
from bot.storage.forgetting_rows import forget_beside
from knowledge.tabular.grid import UnreadableFile
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.exports import an_export
from tests.fakes.plain_clockwork import DAYS

DENOUNCED = "Tôi tố cáo ông chủ tịch xã nhận hối lộ 50 triệu của doanh nghiệp Hoa Mai"


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "xuat-1022.xlsx"


def importing(room: Chamber, **more: Any) -> Importing:
    told: dict[str, Any] = {
        "database": room.database,
        "clock": room.clock,
        "by": By(officer=room.officers["lan"], actor="Lan"),
        "filing": Filing(room.bureau.seals, room.bureau.clockwork),
        "office": HERE,
    }
    return Importing(**told | more)


def laid(file: Path, body: bytes) -> Path:
    file.write_bytes(body)
    return file


async def take(
    room: Chamber, file: Path, rows: Iterable[Mapping[str, Any]], **more: Any
) -> Imported:
    laid(file, an_export(rows, titles=["TỔNG ĐÀI 1022", ""]))
    return await importing(room, **more).take(file)


async def filed(room: Chamber) -> list[Any]:
    async with room.database.reading() as connection:
        return list(await connection.execute(select(cases).order_by(cases.c.id)))


async def test_a_row_becomes_a_case_received_when_the_hotline_took_it(
    room: Chamber, file: Path
) -> None:
    done = await take(
        room, file, [{"Hạn xử lý": "24/11/2026", "Kết quả": "Gọi ông Bình 0987654321"}]
    )
    assert done.counts["new"] == 1
    assert done.unknown == ("Ghi chú",)
    (row,) = await filed(room)
    case = case_of(row)
    received = datetime(2026, 11, 20, 8, 30, tzinfo=VIETNAM)
    assert (case.source, case.received_at) == (Source.IMPORT, received)
    assert case.due_at == received + DAYS
    assert (case.topic, case.anonymous, case.address) == ("chieu_sang", False, None)
    assert done.fates[0].dues == ("24/11/2026", "23/11/2026")
    contact = room.bureau.seals.contact_of(case.reference, row.contact_sealed)
    assert (contact.name, contact.phone) == ("Nguyễn Văn An", "0912345678")
    async with room.database.reading() as connection:
        (event,) = await events_of(connection, CaseId(case.id))
        public = await events_of(connection, CaseId(case.id), public=True)
    assert "Mã ở tổng đài: 1022-0001." in event.data["inside"]
    assert "Hạn ghi trong tệp: 24/11/2026." in event.data["inside"]
    assert "0987654321" not in event.data["inside"]
    assert public[0].data == {}


async def test_a_file_taken_again_adds_nothing_and_one_with_more_adds_what_is_new(
    room: Chamber, file: Path
) -> None:
    await take(room, file, [{}])
    again = await take(room, file, [{}, {"Mã phản ánh": "1022-0002"}])
    assert [one.fate for one in again.fates] == [Fate.KNOWN, Fate.NEW]
    assert len(await filed(room)) == 2
    other = await take(room, file, [{}], office="xa-b")
    assert other.counts["new"] == 1


async def test_bad_rows_are_told_and_the_good_ones_kept(room: Chamber, file: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"Thời gian tiếp nhận": "hôm kia"},
        {"Mã phản ánh": "1022-0002"},
        {"Mã phản ánh": "1022-0002"},
        {"Mã phản ánh": "1022-0003", "Trạng thái": "Đã xử lý"},
    ]
    done = await take(room, file, rows)
    assert [(one.row, one.fate) for one in done.fates] == [
        (4, Fate.FAULTY),
        (5, Fate.NEW),
        (6, Fate.DOUBLE),
        (7, Fate.ENDED),
    ]
    assert done.fates[0].faults[0].column == "Thời gian tiếp nhận"
    assert "21/11/2026 08:30" in done.fates[0].faults[0].why
    assert done.fates[2].first == 5
    assert len(await filed(room)) == 1


async def test_words_of_a_denunciation_are_nowhere_afterwards(room: Chamber, file: Path) -> None:
    done = await take(room, file, [{"Nội dung phản ánh": DENOUNCED}, {"Mã phản ánh": "1022-0002"}])
    assert [(one.row, one.fate) for one in done.fates] == [(4, Fate.WITHHELD), (5, Fate.NEW)]
    async with room.database.reading() as connection:
        told = [
            str(tuple(row))
            for table in (cases, outer_references, audit_entries)
            for row in await connection.execute(select(table))
        ]
    assert not [one for one in told if "hối lộ" in one or "1022-0001" in one]
    assert '"withheld":1' in told[-1].replace(" ", "")


async def test_a_trial_tells_the_same_and_stores_nothing(room: Chamber, file: Path) -> None:
    rows = [{}, {}, {"Mã phản ánh": "1022-0002", "Hạn xử lý": "30/11/2026"}]
    tried = await take(room, file, rows, dry_run=True)
    assert await filed(room) == []
    assert await room.deeds() == []
    assert (await take(room, file, rows)).fates == tried.fates
    assert await room.deeds() == ["cases_imported"]


async def test_two_files_at_once_file_each_case_once(room: Chamber, file: Path) -> None:
    numbers = [f"1022-{number:04}" for number in range(12)]
    one = laid(file, an_export({"Mã phản ánh": number} for number in numbers))
    last_first = an_export({"Mã phản ánh": number} for number in reversed(numbers))
    other = laid(file.with_name("khac.xlsx"), last_first)
    both = await asyncio.gather(importing(room).take(one), importing(room).take(other))
    assert sum(done.counts["new"] for done in both) == len(numbers)
    assert len(await filed(room)) == len(numbers)


async def test_what_is_late_already_alarms_nobody(room: Chamber, file: Path) -> None:
    await take(room, file, [{"Thời gian tiếp nhận": "01/10/2026 8:00"}])
    (row,) = await filed(room)
    assert row.due_at < room.clock.now()
    assert row.alert_at is None


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04hong", b"ma;noi dung\n1;2\n"])
async def test_what_is_no_spreadsheet_is_told(room: Chamber, file: Path, body: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"xuat-1022\.xlsx"):
        await importing(room).take(laid(file, body))


async def test_a_case_made_one_of_nobody_is_found_by_its_number_no_more_nor_imported_anew(
    room: Chamber, file: Path
) -> None:
    await take(room, file, [{}])
    (row,) = await filed(room)
    async with room.database.writing() as connection:
        await forget_beside(connection, case_of(row), room.clock.now())
        (number,) = (await connection.execute(select(outer_references))).all()
    assert (number.outer, number.case) == ("1022-0001", None)
    again = await take(room, file, [{}])
    assert [one.fate for one in again.fates] == [Fate.KNOWN]
