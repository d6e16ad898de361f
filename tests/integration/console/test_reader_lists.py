"""A list of readers goes in by the console: tried, confirmed, stored, each bad row told."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from bot.console.file_work.at_work import MOST_WAITING, FilesAtWork
from bot.console.knowledge.importing import Busy, Handed
from bot.console.readers.lists import LISTS
from bot.newsroom.reader_lists import PART, Taken, Taking
from bot.officials.audit import By
from bot.officials.models import EVERYWHERE, Role
from bot.storage.broadcast_tables import subscribers
from bot.storage.import_rows import KEPT, forget_files
from broadcasts.models import SubscriberStatus
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown, console_client
from tests.fakes.readers import a_reader, statuses, subscribe_all
from tests.integration.console.handing_in import deeds_told, hand_in, kept_files, settled
from tests.integration.console.made.readers import a_list

HEADS = "kênh;địa chỉ;cơ quan;đối tượng\r\n"
NEW = f"/readers/lists/{HERE}/new"
REASON = "Phiếu đăng ký tại Một cửa tháng 10/2026"


def _rows(*rows: str) -> bytes:
    return (HEADS + "".join(f"{row}\r\n" for row in rows)).encode("utf-8-sig")


async def _handed(seat: Seat, body: bytes) -> str:
    return await hand_in(seat, NEW, "danh-sach.csv", body)


def _problems(shown: Shown) -> list[tuple[str, str]]:
    cells = r'<th role="rowheader"[^>]*>(\d+)</th>\s*<td[^>]*><span>([^<]*)</span>'
    return re.findall(cells, shown.text)


async def test_nobody_is_stored_before_it_was_confirmed_and_every_bad_row_is_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    gone = a_reader("telegram", "3", office=HERE, status=SubscriberStatus.OPTED_OUT)
    await subscribe_all(house.database, [gone])
    seat = await signed_in(Role.SECRETARIAT)
    body = _rows(
        f"telegram;1;{HERE};người dân",
        f"telegram;1;{HERE};cán bộ",
        f"telegram;3;{HERE};người dân",
        f"telegram;@lan;{HERE};lạ",
        "telegram;4;xa-b;người dân",
        "zalo;9:5;xa-a-mot-cua;cán bộ",
    )
    path = await _handed(seat, body)
    shown = await settled(seat, path)
    assert "Nhận 2 dòng tốt" in shown.text
    assert _problems(shown) == [
        ("3", "địa chỉ"), ("4", "địa chỉ"), ("5", "địa chỉ"), ("5", "đối tượng"), ("6", "cơ quan"),
    ]  # fmt: skip
    assert await statuses(house.database) == {"3": "opted_out"}
    assert (await seat.post(f"{path}/take", reason="ừ")).status == 422
    assert (await seat.post(f"{path}/take", reason=REASON)).status == 303
    ended = await settled(seat, path)
    assert "Các dòng tốt của danh sách này đã được nhận" in ended.text
    assert len(_problems(ended)) == 5
    assert await statuses(house.database) == {"1": "active", "3": "opted_out", "9:5": "active"}
    tried, begun, taken = await deeds_told(house)
    assert "subscribers_tried" in tried
    assert "subscribers_begun" in begun
    assert "Một cửa" in begun
    assert "subscribers_imported" in taken
    assert "Một cửa" in taken
    assert f'"office":"{HERE}"' in taken.replace(" ", "")
    assert "đã nhận" in (await seat.get(f"/readers/lists?office={HERE}")).text
    again = await seat.post(f"{path}/take", reason=REASON)
    assert (again.status, "đã được nhận" in again.text) == (422, True)


async def test_readers_of_another_office_are_not_taken_away_by_a_list(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await subscribe_all(house.database, [a_reader("telegram", "7", office="xa-b")])
    body = _rows(f"telegram;7;{HERE};cán bộ")
    seat = await signed_in(Role.SECRETARIAT)
    path = await _handed(seat, body)
    shown = await settled(seat, path)
    assert "đang nhận tin của cơ quan khác" in shown.text
    assert "Không có dòng nào thêm hay đổi" in shown.text
    await seat.post(f"{path}/take", reason=REASON)
    await settled(seat, path)
    async with house.database.reading() as connection:
        office = (await connection.execute(select(subscribers.c.office))).scalar_one()
    assert office == "xa-b"
    above = await signed_in(Role.SECRETARIAT, office=EVERYWHERE)
    led = await above.upload("/readers/lists/-/new", ("a.csv", body))
    assert "Nhận 1 dòng tốt" in (await settled(above, led.where.removeprefix("/console"))).text


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("kênh,cơ quan\nweb,xa\n".encode(), "danh-sach.csv, dòng 1: thiếu cột"),
        (b"", "thiếu cột"),
        (HEADS.encode() + b"web;\xff\xfe;xa;x\n", "CSV UTF-8"),
    ],
)
async def test_what_is_no_list_is_told_at_once_and_not_kept(
    house: ConsoleHouse, signed_in: Reception, body: bytes, why: str
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    shown = await seat.upload(NEW, ("danh-sach.csv", body))
    assert (shown.status, why in shown.text) == (422, True)
    assert await kept_files(house) == 0


async def test_what_breaks_further_down_is_told_and_can_be_dropped(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    many = [f"telegram;{number};{HERE};người dân" for number in range(1, 3_000)]
    path = await _handed(seat, _rows(*many) + b"web;\xff;xa;x\n")
    assert "danh-sach.csv: bảng mã lạ" in (await settled(seat, path)).text
    assert (await seat.post(f"{path}/drop")).status == 303
    assert "đã được bỏ" in (await seat.get(path)).text
    assert "subscribers_dropped" in (await deeds_told(house))[-1]
    assert await statuses(house.database) == {}


async def test_a_list_is_no_table_of_cards_and_a_table_no_list(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    number = (await a_list(house, HERE))["id"]
    seat = await signed_in(Role.SECRETARIAT, Role.PREPARER)
    assert (await seat.get(f"/readers/lists/{number}")).status == 200
    assert (await seat.get(f"/imports/{number}")).status == 404
    assert "danh-sach.csv" not in (await seat.get(f"/imports?office={HERE}")).text


async def test_a_list_is_forgotten_after_a_day(house: ConsoleHouse, signed_in: Reception) -> None:
    number = (await a_list(house, HERE))["id"]
    async with house.database.writing() as connection:
        await forget_files(connection, NOON + KEPT + timedelta(seconds=1))
    seat = await signed_in(Role.SECRETARIAT)
    shown = await seat.get(f"/readers/lists/{number}")
    assert "quá 24 giờ" in shown.text
    assert (await seat.post(f"/readers/lists/{number}/take", reason=REASON)).status == 422


@dataclass
class Held:
    """Tells when who stores readers waits in the middle of a part, and lets them go on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)


def held_at(house: ConsoleHouse, part: int) -> Held:
    """Let who stores readers wait for as long as the test likes, its transaction open."""
    held, begun = Held(), count(1)

    def look(connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO subscribers ") and next(begun) == part:
            held.reached.set()
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.run_async(lambda _: held.go.wait())

    event.listen(house.database.engine.sync_engine, "before_cursor_execute", look)
    return held


async def test_a_long_list_holds_up_no_page_and_tells_how_far_it_is(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    rows = [f"telegram;{number};{HERE};người dân" for number in range(1, 12 * PART + 1)]
    path = await _handed(seat, _rows(*rows))
    await settled(seat, path)
    held = held_at(house, part=5)
    assert (await seat.post(f"{path}/take", reason=REASON)).status == 303
    async with asyncio.timeout(60):
        await held.reached.wait()
    shown = await seat.get(path)
    assert shown.headers["Refresh"]
    assert "Đã xem 4.000 trên khoảng 12.001 dòng" in shown.text
    assert (await seat.post(f"{path}/drop")).status == 422
    assert (await seat.get("/account")).status == 200
    held.go.set()
    await settled(seat, path)
    assert len(await statuses(house.database)) == 12 * PART


async def test_another_process_does_not_say_that_nobody_was_added_yet(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    rows = [f"telegram;{number};{HERE};người dân" for number in range(1, 4_001)]
    path = await _handed(seat, _rows(*rows))
    assert "Chưa ai được thêm" in (await settled(seat, path)).text
    held = held_at(house, part=3)
    async with console_client(house) as client:
        other = Seat(client, seat.token)
        # What it notes of its own try is noted: it would wait for who is held with the file open.
        assert "Chưa ai được thêm" in (await settled(other, path)).text
        await seat.post(f"{path}/take", reason=REASON)
        async with asyncio.timeout(60):
            await held.reached.wait()
        shown = await settled(other, path)
        assert "Chưa ai được thêm" not in shown.text
        assert "những dòng đã ghi thì vẫn còn" in shown.text
    assert "subscribers_begun" in (await deeds_told(house))[-1]
    assert "nhận dở" in (await seat.get(f"/readers/lists?office={HERE}")).text
    held.go.set()
    await settled(seat, path)
    assert "nhận dở" not in (await seat.get(f"/readers/lists?office={HERE}")).text


async def test_what_broke_off_is_told_and_the_rest_is_stored_at_the_next_try(
    house: ConsoleHouse,
) -> None:
    lists, body = FilesAtWork[Taken](LISTS), _rows(f"telegram;1;{HERE};người dân")
    handed = Handed(name="a.csv", body=body)
    by = By(officer=None, actor="Lan")
    taking = Taking(database=house.database, clock=house.clock, by=by, offices={HERE})
    ends: list[Taken] = []

    async def fail(_: Taken) -> None:
        raise OSError

    async def end(taken: Taken) -> None:
        ends.append(taken)

    broken = await lists.work((1, True), handed, taking, fail, wait=9)
    assert (broken.ended, broken.taken, broken.fault) == (True, None, "")
    again = await lists.work((1, True), handed, taking, end, wait=9)
    assert again.taken is ends[0]
    assert (ends[0].new, ends[0].unchanged) == (0, 1)
    assert await lists.work((1, True), handed, taking, fail, wait=9) is again
    lists.forget((1, True))
    assert lists.of((1, True)) is None


async def test_few_lists_are_at_work_and_none_after_the_end(house: ConsoleHouse) -> None:
    lists = FilesAtWork[Taken](LISTS)
    rows = [f"telegram;{number};{HERE};người dân" for number in range(1, 3_001)]
    handed = Handed(name="a.csv", body=_rows(*rows))
    by = By(officer=None, actor="Lan")
    taking = Taking(database=house.database, clock=house.clock, by=by, offices={HERE})

    async def end(_: Taken) -> None:
        raise AssertionError

    works = [
        await lists.work((number, True), handed, taking, end, wait=0)
        for number in range(MOST_WAITING)
    ]
    with pytest.raises(Busy):
        await lists.work((MOST_WAITING, True), handed, taking, end, wait=0)
    await lists.stop()
    assert all(work.ended and work.taken is None for work in works)
