"""A table is tried before anything is told; its good rows are taken, its faults are named."""

from __future__ import annotations

import asyncio
import io
import re
import threading
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from bot.console.knowledge.importing import MOST_WAITING, Busy, Handed, Question, Trials
from bot.conversation.turn import ConversationState
from bot.officials.models import Role
from bot.storage.console_tables import changes, imports
from bot.storage.import_rows import KEPT, add_import, forget_files
from bot.upkeep.retention import tidy
from knowledge.layers import Layers, OfficeEdit
from knowledge.repository import SqlSnapshotStore
from knowledge.weighing import Weighing, weigh
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.console import HERE, LITTLE, ConsoleHouse, Reception, Seat, Shown

HEADINGS = ("Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí")
GOOD = ("1.001193", "Đăng ký khai sinh", "Trong ngày", "3.210 đồng/bản")
BAD = ("1.000894", "Đăng ký kết hôn", "khoảng tuần sau", "")
NEW = ("1.777777", "Cấp giấy thả diều", "2 ngày làm việc", "Không")
REASON = "Quyết định 12/QĐ-UBND"


def a_book(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def handed_in(
    seat: Seat, body: bytes, name: str = "bang.xlsx", *, office: str = HERE, **ticks: str
) -> Shown:
    return await seat.upload(f"/imports/{office}/new", (name, body), **ticks)


async def tried(seat: Seat, body: bytes, name: str = "bang.xlsx", **ticks: str) -> Shown:
    """Hand a file in and open what came of it."""
    sent = await handed_in(seat, body, name, **ticks)
    assert sent.status == HTTPStatus.SEE_OTHER, sent.text
    return await read(seat, sent.where.removeprefix("/console"))


async def read(seat: Seat, path: str) -> Shown:
    """Open what came of a file; while it is being read the page says so and asks again."""
    async with asyncio.timeout(60):
        while True:
            shown = await seat.get(path)
            if "Refresh" not in shown.headers:
                return shown
            await asyncio.sleep(0.05)


def number_of(shown: Shown) -> str:
    found = re.search(r"/console/imports/(\d+)/take", shown.text)
    assert found
    return found[1]


def seen_in(shown: Shown) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', shown.text)
    assert found
    return found[1]


async def taken(seat: Seat, shown: Shown, **more: str) -> Shown:
    path = f"/imports/{number_of(shown)}/take"
    return await seat.post(path, seen=seen_in(shown), reason=REASON, **more)


def fee_told(house: ConsoleHouse) -> str:
    asked = a_message("lệ phí làm giấy khai sinh")
    return house.conversation.answer(asked, ConversationState(), now=NOON).replies[-1].text


async def test_a_table_is_shown_before_anything_is_told_and_its_good_rows_are_taken(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    shown = await tried(seat, a_book(GOOD, BAD, NEW))
    assert "<ins>3.210 đồng/bản</ins>" in shown.text
    assert "Nhận 1 dòng tốt" in shown.text
    faults = await seat.get(f"/imports/{number_of(shown)}?part=faults")
    assert "khoảng tuần sau" in faults.text
    assert "đánh dấu ô “Tệp có thủ tục mới”" in faults.text
    assert "--allow" not in faults.text
    assert "3.210" not in fee_told(house)
    done = await taken(seat, shown)
    assert done.where == "/console/imports?done=imports_taken&count=1"
    assert "3.210" in fee_told(house)
    async with house.database.reading() as connection:
        (change,) = (await connection.execute(select(changes))).all()
        (file,) = (await connection.execute(select(imports))).all()
    assert (change.ref, change.status, change.reason) == ("1.001193", "published", REASON)
    assert (change.batch, file.status) == (file.id, "taken")
    again = await read(seat, f"/imports/{file.id}")
    assert "đã được nhận" in again.text
    # What is to be mended can still be read and taken along, for a day.
    assert "khoảng tuần sau" in again.text
    assert (await seat.get(f"/imports/{file.id}/file?part=faults")).status == HTTPStatus.OK
    async with house.database.writing() as connection:
        await forget_files(connection, house.clock.now() + KEPT + timedelta(seconds=1))
    later = await seat.get(f"/imports/{file.id}")
    assert "đã được nhận" in later.text
    assert "khoảng tuần sau" not in later.text
    gone = await seat.get(f"/imports/{file.id}/file?part=faults")
    assert gone.status == HTTPStatus.NOT_FOUND


async def test_what_a_preparer_takes_waits_for_somebody_who_may_publish(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await tried(seat, a_book(GOOD))
    assert "chờ người duyệt" in shown.text
    assert (await taken(seat, shown)).where.startswith("/console/imports?done=imports_waiting")
    assert "3.210" not in fee_told(house)
    async with house.database.reading() as connection:
        assert (await connection.execute(select(changes.c.status))).scalars().all() == ["waiting"]


async def test_new_procedures_are_taken_when_that_is_said(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    row = (*NEW, "Cấp xã")
    book = openpyxl.Workbook()
    for line in ((*HEADINGS, "Cấp thực hiện"), row):
        book.worksheets[0].append(line)
    file = io.BytesIO()
    book.save(file)
    shown = await tried(seat, file.getvalue(), new="on")
    assert "thêm mới" in shown.text
    done = await taken(seat, shown, new="on")
    assert "imports_taken" in done.where
    assert "1.777777" in house.conversation.desk.knowledge.procedures


async def test_when_something_was_published_meanwhile_the_new_outcome_is_shown_first(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    first = await tried(seat, a_book(GOOD))
    second = await tried(seat, a_book((*GOOD[:3], "9.000 đồng/bản")))
    assert (await taken(seat, first)).status == HTTPStatus.SEE_OTHER
    late = await taken(seat, second)
    assert late.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kho đã đổi" in late.text
    assert "<del>3.210 đồng/bản</del>" in late.text
    assert "3.210" in fee_told(house)
    assert (await taken(seat, late)).status == HTTPStatus.SEE_OTHER
    assert "9.000" in fee_told(house)


async def test_of_two_who_take_at_once_one_does(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    shown = await tried(seat, a_book(GOOD))
    both = await asyncio.gather(taken(seat, shown), taken(seat, shown))
    assert sorted(one.status for one in both) == [303, 422]
    async with house.database.reading() as connection:
        assert len((await connection.execute(select(changes))).all()) == 1


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("../../a.xlsx", b"PK\x03\x04 rest", "a.xlsx: tệp hỏng"),
        ("a.exe", b"MZ", "chỉ đọc được tệp"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "mật khẩu hoặc kiểu cũ"),
        ("<b>a.csv", "một,hai\nba,bốn\n".encode(), "&lt;b&gt;a.csv: không thấy dòng tiêu đề"),
        ("x" * 300 + ".csv", b"", "tệp trống"),
        ("a.csv", b"", "tệp trống"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_in_words(
    house: ConsoleHouse, signed_in: Reception, name: str, body: bytes, told: str
) -> None:
    shown = await handed_in(await signed_in(Role.PREPARER), body, name)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    async with house.database.reading() as connection:
        assert (await connection.execute(select(imports))).first() is None


async def test_a_file_beyond_eight_megabytes_is_refused(signed_in: Reception) -> None:
    shown = await handed_in(await signed_in(Role.PREPARER), b"," * (8 * 1024 * 1024 + 1), "a.csv")
    assert shown.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


async def test_markup_in_cells_is_shown_as_text(signed_in: Reception) -> None:
    row = (GOOD[0], "Đăng ký <script>alert(1)</script> khai sinh", "Trong ngày", "Không")
    shown = await tried(await signed_in(Role.PREPARER), a_book(row), "<img src=x>.xlsx")
    assert "<script>alert" not in shown.text
    assert "<img src=x>" not in shown.text


async def test_what_was_only_tried_is_forgotten_after_a_day_or_when_dropped(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    first, second = await tried(seat, a_book(GOOD)), await tried(seat, a_book(NEW))
    await seat.post(f"/imports/{number_of(first)}/drop")
    house.clock.move(timedelta(hours=25))
    await tidy(house.database, clock=house.clock, keep_days=90, kept=frozenset())
    async with house.database.reading() as connection:
        told = (await connection.execute(select(imports.c.status, imports.c.body))).all()
    assert [tuple(one) for one in told] == [("dropped", b"")] * 2
    assert second.status == HTTPStatus.OK


async def test_the_rows_and_the_faults_are_given_as_spreadsheets(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await tried(seat, a_book(GOOD, BAD))
    for part, cell in (("rows", "3.210 đồng/bản"), ("faults", "Thời hạn giải quyết")):
        async with seat.client.get(
            f"/console/imports/{number_of(shown)}/file?part={part}",
            headers={"Cookie": f"{seat.cookie}={seat.token}"},
        ) as answer:
            book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
        cells = {one.value for row in book.worksheets[0] for one in row}
        assert cell in cells


async def test_a_table_that_takes_long_is_read_while_the_page_asks_again(
    signed_in: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.pages.imports.AT_ONCE", 0.0)
    gate = threading.Event()

    def slowly(*read: Any, **allowed: Any) -> Weighing:
        gate.wait(30)
        return weigh(*read, **allowed)

    monkeypatch.setattr("bot.console.knowledge.importing.weigh", slowly)
    seat = await signed_in(Role.APPROVER)
    sent = await handed_in(seat, a_book(GOOD, BAD))
    assert sent.status == HTTPStatus.SEE_OTHER
    assert "chưa đọc xong" in (await seat.get("/imports")).text
    path = sent.where.removeprefix("/console")
    waiting = await seat.get(path)
    assert waiting.headers["Refresh"] == "2"
    assert "Đang đọc bang.xlsx" in waiting.heading
    gate.set()
    shown = await read(seat, path)
    assert "mới đọc thử" in (await seat.get("/imports")).text
    assert (await taken(seat, shown)).status == HTTPStatus.SEE_OTHER


async def test_a_table_is_read_again_where_the_process_that_read_it_is_gone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    assert seat.officer is not None
    body = a_book(GOOD, BAD)
    async with house.database.writing() as connection:
        number = await add_import(
            connection, office=HERE, officer=seat.officer, name="bang.xlsx", body=body,
            digest=sha256(body).hexdigest(), counts=None, at=NOON,
        )  # fmt: skip
    assert "Nhận 1 dòng tốt" in (await read(seat, f"/imports/{number}")).text
    assert "mới đọc thử" in (await seat.get("/imports")).text


async def test_only_so_many_tables_wait_to_be_read() -> None:
    trials, layers = Trials(), Layers(content=LITTLE)
    asked = Question(office=HERE, version="1", day=NOON.date())
    files = [
        Handed(name=f"{number}.xlsx", body=a_book((*GOOD[:3], f"{number}.000 đồng")))
        for number in range(1, MOST_WAITING + 3)
    ]
    told = await asyncio.gather(
        *(trials.tried(one, asked, layers) for one in files), return_exceptions=True
    )
    assert [type(one) is Busy for one in told].count(True) == 2


async def test_the_cards_that_are_given_away_change_nothing_when_they_come_back(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.PREPARER)
    async with seat.client.get(
        f"/console/exports/{HERE}/cards/file", headers={"Cookie": f"{seat.cookie}={seat.token}"}
    ) as answer:
        assert "the-thu-tuc-2026-11-20.xlsx" in answer.headers["Content-Disposition"]
        body = await answer.read()
    shown = await tried(seat, body)
    assert "Không có dòng nào nhận được" in shown.text
    faults = await seat.get(f"{re.sub('.*/console', '', shown_at(shown))}?part=faults")
    assert "Không có lỗi nào" in faults.text


async def test_what_no_table_can_hold_is_a_fault_of_its_row(signed_in: Reception) -> None:
    table = "\n".join(
        (
            "Mã TTHC,Tên thủ tục hành chính,Lưu ý,Mã mới",
            f"{GOOD[0]},{GOOD[1]},{'a' * 32_001},",
            f"{BAD[0]},{BAD[1]},h{chr(0x301) * 9},{BAD[0]}",
        )
    )
    shown = await tried(await signed_in(Role.PREPARER), table.encode(), "dai.csv")
    for told in ("ô dài 32001 ký tự", "chồng quá nhiều dấu", "mã mới phải khác"):
        assert told in shown.text
    assert shown.text.count('data-label="Cột"') == 3


async def test_a_card_too_long_for_a_table_is_named(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    edit = OfficeEdit(office=HERE, code=GOOD[0], fields={"result": "a" * 40_000})
    await SqlSnapshotStore(house.database).save_edits([edit], at=NOON)
    await house.edition.renew()
    shown = await (await signed_in(Role.PREPARER)).get(f"/exports/{HERE}/cards/file")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"{GOOD[0]} {GOOD[1]}: mục “Kết quả” dài 40000 ký tự" in shown.text


def shown_at(shown: Shown) -> str:
    found = re.search(r'action="(/console/imports/\d+)/drop"', shown.text)
    assert found
    return found[1]
