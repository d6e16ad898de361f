"""The report on feedback: screen, spreadsheet and document say the same to the last digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.feedback.reports.figures import Side
from bot.feedback.reports.naming import report_words
from bot.officials.models import Role
from bot.storage.console_tables import audit_entries
from bot.storage.feedback_tables import cases
from broadcasts.documents.numbers import cell_text
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, little_desk
from tests.fakes.filed import file_case
from tests.fakes.report_oracle import recomputed
from tests.fakes.reported import Seeding, always_open, seed_cases

NOW: Final = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SOME: Final = Seeding(count=300, first=datetime(2025, 7, 1, tzinfo=UTC), days=480)
PLACE: Final = "?period=2026-Q3&office=xa-a"
Tables = dict[str, list[list[str]]]
WORDS: Final = report_words()


@pytest.fixture
async def seat(house: ConsoleHouse, signed_in: Reception) -> Seat:
    house.conversation.desk = little_desk(always_open())
    async with house.database.writing() as connection:
        await seed_cases(connection, SOME)
    return await signed_in(Role.LEADER)


def on_screen(page: str) -> Tables:
    """Every table of the page by its caption; the place of a line stands behind its name."""
    found: Tables = {}
    for one in re.findall(r'<table class="table".*?</table>', page, re.DOTALL):
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", one)
        assert caption
        rows = one.partition("<tbody")[2].split("<tr")[1:]
        cells = (re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
        found[unescape(caption[1])] = [
            [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row] for row in cells
        ]
    return found


def in_book(body: bytes) -> Tables:
    """Every sheet by its name; each number must be one."""
    found: Tables = {}
    for sheet in load_workbook(BytesIO(body)).worksheets:
        _, *rows = [list(row) for row in sheet.iter_rows()]
        found[sheet.title] = [[shown(cell) for cell in row] for row in rows]
    return found


def shown(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float):
        value = Decimal(str(value))
    return cell_text(value) or "–"


def written(body: bytes) -> list[list[list[str]]]:
    """Every table of the document, without its headings."""
    return [
        [[cell.text or "–" for cell in row.cells] for row in one.rows[1:]]
        for one in Document(BytesIO(body)).tables
    ]


def as_screened(rows: list[list[str]]) -> list[list[str]]:
    """Give a side's lines as the screen has them: the name before the place."""
    return [[row[1], row[0], *row[2:]] for row in rows]


def side_captions() -> Iterator[str]:
    for side in Side:
        yield WORDS["sides"][side]
        yield WORDS["quality_of"][side]


async def test_screen_sheet_and_document_agree_to_the_last_digit(seat: Seat) -> None:
    page = on_screen((await seat.get(f"/case-reports{PLACE}")).text)
    book = in_book((await seat.get(f"/case-reports/file{PLACE}")).body)
    document = written((await seat.get(f"/case-reports/document{PLACE}")).body)
    assert page[WORDS["compared"]] == book[WORDS["compared"]]
    assert page[WORDS["compared"]] in document
    sides = [one for one in document if one and len(one[0]) > 3]
    for caption in side_captions():
        assert len(page[caption]) > 1
        assert page[caption] == as_screened(book[caption]), caption
        assert page[caption] in [as_screened(one) for one in sides], caption
    for caption in (WORDS["levels_of"], WORDS["overdue_list"]):
        assert page[caption] == book[caption]
        assert page[caption] in document


async def test_the_page_shows_what_an_independent_query_finds(
    house: ConsoleHouse, seat: Seat
) -> None:
    page = on_screen((await seat.get(f"/case-reports{PLACE}")).text)
    begin, end = (datetime(2026, month, 30, 17, tzinfo=UTC) for month in (6, 9))
    async with house.database.reading() as connection:
        lines = await recomputed(connection, SOME.offices, begin, end, NOW)
    whole = lines[""]
    told = {row[0]: row[1] for row in page[WORDS["compared"]]}
    names = {name: label for name, label in WORDS["measures"].items() if name in whole}
    assert len(names) > 10
    assert {name: told[label] for name, label in names.items()} == {
        name: cell_text(whole[name]) for name in names
    }


async def test_numbers_of_the_sheet_are_numbers_and_the_charts_have_theirs(seat: Seat) -> None:
    body = (await seat.get(f"/case-reports/file{PLACE}")).body
    sheet = load_workbook(BytesIO(body))[WORDS["sides"]["topic"]]
    for row in sheet.iter_rows(min_row=2, min_col=3):
        assert {str(cell.data_type) for cell in row} == {"n"}
    drawn = [one for one in ZipFile(BytesIO(body)).namelist() if one.startswith("xl/charts/chart")]
    assert len(drawn) == 3


async def test_whoever_takes_a_report_is_remembered_with_the_period(
    house: ConsoleHouse, seat: Seat
) -> None:
    await seat.get(f"/case-reports/file{PLACE}")
    await seat.get(f"/case-reports/document{PLACE}")
    async with house.database.reading() as connection:
        wanted = select(audit_entries.c.body).where(audit_entries.c.subject == "case_reports")
        taken = list((await connection.execute(wanted)).scalars())
    assert len(taken) == 2
    assert all("2026-Q3" in one for one in taken)


async def test_another_communes_cases_are_in_nobodys_report(
    house: ConsoleHouse, seat: Seat
) -> None:
    async with house.database.writing() as connection:
        await connection.execute(update(cases).values(office="xa-b"))
    for asked in ("", "&office=xa-b"):
        page = await seat.get(f"/case-reports?period=2026-Q3{asked}")
        assert page.status == HTTPStatus.OK
        assert WORDS["nothing"] in page.text


async def test_an_empty_stretch_leads_to_the_newest_quarter_with_cases(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    lead, link = await signed_in(Role.LEADER), "quý gần nhất có phản ánh"
    page = (await lead.get("/case-reports")).text
    assert WORDS["nothing"] in page
    assert link not in page
    # Half past midnight on the first day of the quarter, in Vietnam.
    first = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)
    case = await file_case(house)
    async with house.database.writing() as connection:
        await connection.execute(update(cases).values(received_at=first))
    for asked in ("", "?period=2026-08"):
        page = (await lead.get(f"/case-reports{asked}")).text
        assert WORDS["nothing"] in page
        (there,) = re.findall(rf'href="/console([^"]+)">Xem quý IV năm 2026, {link}', page)
        shown_there = (await lead.get(unescape(there))).text
        assert WORDS["nothing"] not in shown_there
        assert link not in shown_there
    async with house.database.writing() as connection:
        await connection.execute(update(cases).values(office="xa-b"))
    assert link not in (await lead.get("/case-reports")).text
    assert case.office == HERE


async def test_the_list_of_what_is_overdue_leads_to_the_case_and_tells_no_reference(
    seat: Seat,
) -> None:
    page = (await seat.get(f"/case-reports{PLACE}")).text
    document = written((await seat.get(f"/case-reports/document{PLACE}")).body)
    assert re.search(r'href="/console/cases/\d+"', page)
    assert not re.search(r"R0{4,}", page + str(document))
    assert (await seat.get("/case-reports?period=nonsense")).status == HTTPStatus.OK
