"""The report on a text's sending: page, spreadsheet and document say the same; each is audited."""

from __future__ import annotations

import re
from http import HTTPStatus
from io import BytesIO

from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.officials.models import Role
from bot.storage.broadcast_tables import deliveries
from bot.storage.console_tables import audit_entries
from broadcasts.models import DeliveryStatus, Route
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.fakes.news import a_run
from tests.integration.console.made.news import a_run as a_text_with_a_run

Rows = list[list[str]]


async def a_report(house: ConsoleHouse, seat: Seat) -> str:
    run = (await a_text_with_a_run(house, HERE))["run"]
    page = await seat.get(f"/runs/{run}")
    (path,) = re.findall(r'href="/console(/news/text/[0-9]+/report)\?run=', page.text)
    return str(path)


async def test_screen_sheet_and_document_have_the_same_figures(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_report(house, seat)
    page = await seat.get(path)
    assert "Tổng số 2 lượt nhận: đã gửi 1, hỏng 0, chưa rõ 1" in page.text
    book = load_workbook(BytesIO((await seat.get(f"{path}/file")).body))
    document = Document(BytesIO((await seat.get(f"{path}/document")).body))
    sheet = [[str(one) for one in row] for row in list(book.worksheets[0].values)[2:]]
    tables = [one for one in document.tables if one.cell(0, 0).text == "Phân theo"]
    written = [[cell.text for cell in row.cells] for one in tables for row in one.rows[1:]]
    assert shown(page.text) == written == [row[1:] for row in sheet]
    assert written[0] == ["Telegram", "2", "1", "0", "1", "0", "0"]


async def test_what_zalo_told_afterwards_stands_in_all_three(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_report(house, seat)
    async with house.database.writing() as connection:
        ways = {DeliveryStatus.SENT: Route.ZALO_CS, DeliveryStatus.UNCERTAIN: Route.ZALO_ARTICLE}
        for status, route in ways.items():
            rows = update(deliveries).where(deliveries.c.status == status)
            await connection.execute(rows.values(route=route, received_at=NOON))
    said = "Zalo báo trong 1 tin riêng và tin mẫu đã gửi: 1 tin đã tới máy, 0 tin đã xem."
    to_all = "Bài viết Zalo gửi đến: mọi người quan tâm Trang."
    page = (await seat.get(path)).text
    document = Document(BytesIO((await seat.get(f"{path}/document")).body))
    written = "\n".join(one.text for one in document.paragraphs)
    for text in (page, written):
        assert said in text
        assert to_all in text
    assert (
        shown(page).count(["bài viết cho người quan tâm Trang", "1", "0", "0", "1", "0", "0"]) == 2
    )
    (run,) = re.findall(r"/console/runs/([0-9]+)\"", (await seat.get("/runs")).text)
    told = (await seat.get(f"/runs/{run}")).text
    assert (
        "Trong đó 1 lượt là bài viết trên Trang Zalo, mỗi bài gửi một lần đến mọi người quan tâm"
        in told
    )
    assert "Gửi xong Zalo còn duyệt khoảng 30 phút bài mới tới" in told
    book = load_workbook(BytesIO((await seat.get(f"{path}/file")).body))
    last = [row[:3] for row in list(book.worksheets[0].values)[-3:]]
    assert last == [
        ("Zalo báo lại", "Đã tới máy", 1),
        ("Zalo báo lại", "Đã xem", 0),
        ("Bài viết Zalo gửi đến", "mọi người quan tâm Trang", None),
    ]


def shown(page: str) -> Rows:
    """The lines of all tables of a page: what, and its figures."""
    tables = re.findall(r'<table class="table".*?</table>', page, re.DOTALL)
    rows = [row for one in tables for row in one.partition("<tbody")[2].split("<tr")[1:]]
    cells = (re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[re.sub(r"<[^>]*>", "", one).strip() for one in row] for row in cells]


async def test_what_is_taken_away_is_remembered(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_report(house, seat)
    await seat.get(f"{path}/file")
    await seat.get(f"{path}/document")
    async with house.database.reading() as connection:
        wanted = select(audit_entries.c.action).where(audit_entries.c.subject == "news_reports")
        taken = list((await connection.execute(wanted)).scalars())
    assert taken == ["exported", "exported"]


async def test_the_run_of_another_text_is_not_reported_here(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_report(house, seat)
    other = await a_run(house.database, ["1"], office=HERE)
    assert (await seat.get(f"{path}?run={other}")).status == HTTPStatus.NOT_FOUND
