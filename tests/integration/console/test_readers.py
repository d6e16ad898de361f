"""Readers of news in the console: figures, a masked list, a file, looking closer, forgetting."""

from __future__ import annotations

import csv
import io

from sqlalchemy import func, select

from bot.newsroom.reader_file import COLUMNS
from bot.officials.models import EVERYWHERE, Role
from bot.storage import audit_rows
from bot.storage.broadcast_tables import subscribers
from broadcasts.models import ReaderKind, SubscriberStatus
from broadcasts.reading import topics
from tests.fakes.console import HERE, ConsoleHouse, Reception
from tests.fakes.readers import a_reader, subscribe_all
from tests.integration.console.made.readers import a_subscriber

TELEGRAM, WEB = "7001002003", "phien-bi-mat-0123456789"
REASON = "Bà gọi điện ngày 20/11 yêu cầu xóa"


async def _stock(house: ConsoleHouse) -> None:
    rows = [
        a_reader("telegram", TELEGRAM, office=HERE),
        a_reader("web", WEB, office=HERE, kind=ReaderKind.OFFICIAL),
        a_reader("telegram", "8", office=HERE, status=SubscriberStatus.OPTED_OUT),
        a_reader("telegram", "9000000009", office="xa-b"),
    ]
    await subscribe_all(house.database, rows, [[topics()[0].code]])


async def _told(house: ConsoleHouse) -> list[str]:
    async with house.database.reading() as connection:
        return [one.body for one in await audit_rows.following(connection, None, 99)]


async def test_figures_tell_sorts_and_states_of_ones_own_offices(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _stock(house)
    shown = await (await signed_in(Role.LEADER)).get("/readers")
    assert "<b>2</b> đang nhận" in shown.text
    assert "<b>1</b> đã dừng" in shown.text
    assert "Xã A" in shown.text
    assert "Xã B" not in shown.text
    assert topics()[0].label in shown.text
    assert "11/26" in shown.text
    assert "<svg" in shown.text
    whole = await (await signed_in(Role.LEADER, office=EVERYWHERE)).get("/readers?office=xa-b")
    assert "<b>1</b> đang nhận" in whole.text


async def test_nobody_yet_is_said(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    assert "Chưa có người nhận tin nào" in (await seat.get("/readers")).text
    assert "Chưa có người nhận tin nào" in (await seat.get("/readers/list")).text


async def test_a_list_shows_the_end_of_each_address_alone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _stock(house)
    seat = await signed_in(Role.SECRETARIAT)
    shown = await seat.get("/readers/list")
    assert "…2003" in shown.text
    assert TELEGRAM not in shown.text
    assert WEB not in shown.text
    assert "…0009" not in shown.text
    assert "…2003" in (await seat.get(f"/readers/list?text={TELEGRAM}")).text
    assert "…2003" not in (await seat.get("/readers/list?status=opted_out")).text
    assert "Không có dòng nào" in (await seat.get("/readers/list?channel=zalo")).text


async def test_every_look_at_a_whole_address_is_remembered_and_is_for_those_who_manage(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    number = (await a_subscriber(house, HERE))["reader"]
    page = f"/readers/{number}"
    looker, keeper = await signed_in(Role.LEADER), await signed_in(Role.SECRETARIAT)
    assert "Xem mã đầy đủ" not in (await looker.get(page)).text
    assert (await looker.post(f"{page}/address")).status == 403
    assert "1002003000" not in (await keeper.get(page)).text
    assert await _told(house) == []
    for _ in range(2):
        assert "1002003000" in (await keeper.post(f"{page}/address")).text
    assert ["reader_seen" in one for one in await _told(house)] == [True, True]


async def test_an_address_of_the_web_chat_is_shown_to_nobody(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await subscribe_all(house.database, [a_reader("web", WEB, office=HERE)])
    async with house.database.reading() as connection:
        number = (await connection.execute(select(subscribers.c.id))).scalar_one()
    seat = await signed_in(Role.SECRETARIAT)
    told = await seat.post(f"/readers/{number}/address")
    assert told.where == f"/console/readers/{number}?failed=reader_hidden"
    shown = await seat.get(told.where.removeprefix("/console"))
    assert "ai có mã thì đọc được cuộc trò chuyện" in shown.text
    assert WEB not in shown.text


async def test_forgetting_asks_for_the_password_and_a_reason_and_cannot_be_done_twice(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    number = (await a_subscriber(house, HERE))["reader"]
    page = f"/readers/{number}/forget"
    asked = await (await signed_in(Role.SECRETARIAT)).post(page, reason=REASON)
    assert "Xóa hẳn người nhận tin …" in asked.text
    seat = await signed_in(Role.SECRETARIAT, sure=True)
    assert (await seat.post(page, reason="ừ")).status == 422
    done = await seat.post(page, reason=REASON)
    assert "Đã xóa người nhận" in (await seat.get(done.where.removeprefix("/console"))).text
    assert (await seat.post(page, reason=REASON)).status == 404
    async with house.database.reading() as connection:
        left = (await connection.execute(select(func.count()).select_from(subscribers))).scalar()
    assert left == 0
    (entry,) = await _told(house)
    assert "reader_forgotten" in entry
    assert "Bà gọi điện" in entry


async def test_the_file_is_a_list_to_hand_in_again_without_the_web_chats_addresses(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _stock(house)
    led = await (await signed_in(Role.SECRETARIAT)).get("/readers/list.csv")
    assert led.where.startswith("/console/sure?next=")
    seat = await signed_in(Role.SECRETARIAT, sure=True)
    given = await seat.get("/readers/list.csv")
    rows = list(csv.reader(io.StringIO(given.body.decode("utf-8-sig"))))
    assert rows == [list(COLUMNS), ["telegram", TELEGRAM, HERE, "citizen", topics()[0].code]]
    assert given.headers["Content-Disposition"].startswith('attachment; filename="nguoi-nhan-tin')
    assert given.headers["Content-Type"].startswith("text/csv")
    assert given.headers["Cache-Control"] == "no-store"
    (entry,) = await _told(house)
    assert "subscribers_exported" in entry
    assert TELEGRAM not in entry
    narrowed = await seat.get("/readers/list.csv?office=xa-a-mot-cua")
    assert narrowed.body.decode("utf-8-sig").split() == [",".join(COLUMNS)]
    beyond = await seat.get("/readers/list.csv?office=xa-b")
    assert "9000000009" not in beyond.text
