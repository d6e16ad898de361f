"""A list as a spreadsheet reads back as it was, runs nothing and says what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.console import xlsx
from bot.console.xlsx import Called, Sheet, Value, written
from broadcasts.documents import Chart


def _read(body: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(body))
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


def _sheet(*rows: tuple[Value, ...]) -> Sheet:
    headings = [f"cột {number}" for number in range(len(rows[0]))]
    return Sheet(title="Câu hỏi", headings=headings, rows=rows)


def test_each_value_has_a_cell_of_its_kind() -> None:
    at = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    body = written(_sheet(("câu", 8027, date(2026, 11, 20), at, None)))
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    text, count, day, moment, nothing = next(sheet.iter_rows(min_row=2))
    assert (text.value, count.value, nothing.value) == ("câu", 8027, None)
    assert (count.data_type, count.number_format) == ("n", "#,##0")
    assert (day.value, day.number_format) == (datetime(2026, 11, 20), "dd/mm/yyyy")  # noqa: DTZ001 - a spreadsheet knows no zone
    shown = datetime(2026, 11, 21, 1, 5)  # noqa: DTZ001 - as above
    assert (moment.value, moment.number_format) == (shown, "dd/mm/yyyy hh:mm")


def test_what_is_called_by_a_number_has_it_as_it_is() -> None:
    sheet = load_workbook(BytesIO(written(_sheet((Called(8027), 8027))))).worksheets[0]
    called, amount = next(sheet.iter_rows(min_row=2))
    assert (called.value, called.number_format) == (amount.value, "General")


def test_the_headings_stay_in_sight_and_can_be_filtered_by() -> None:
    sheet = load_workbook(BytesIO(written(_sheet(("a", "b"), ("c", "d"))))).worksheets[0]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Câu hỏi", "A2", "A1:B3")
    assert all(cell.font.bold for cell in next(sheet.iter_rows(max_row=1)))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lịch đối thoại: 5/7 thôn [mới]?", "Lịch đối thoại  5 7 thôn  mới"),
        ("Danh mục thủ tục chỉ nhận trực tuyến", "Danh mục thủ tục chỉ nhận trực"),
        ("'Gương điển hình'", "Gương điển hình"),
        ("?/:", "Bảng"),
    ],
)
def test_a_sheet_is_called_by_what_a_spreadsheet_takes_of_its_title(title: str, name: str) -> None:
    body = written(Sheet(title=title, headings=["cột"], rows=[("a",)]))
    assert load_workbook(BytesIO(body)).sheetnames == [name]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "'", "\uff1d", "\u200b="])
def test_what_would_be_a_formula_is_a_text(first: str) -> None:
    told = f'{first}HYPERLINK("http://x","y")'
    sheet = load_workbook(BytesIO(written(_sheet((told,))))).worksheets[0]
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.value == f"'{told}"


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=20))
def test_any_text_can_be_written_and_no_cell_is_a_formula(texts: list[str]) -> None:
    sheet = load_workbook(BytesIO(written(_sheet(*[(text,) for text in texts])))).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    (_, (text,)) = _read(written(_sheet(("x" * 40_000,))))
    assert isinstance(text, str)
    assert (len(text), text[-1]) == (32_767, "…")


def test_what_was_asked_for_stands_on_a_sheet_of_its_own() -> None:
    sheet = Sheet(title="a", headings=["b"], rows=[("c",)], conditions=[("Từ ngày", "=1+1")])
    assert _read(written(sheet), 1) == [("Từ ngày", "'=1+1")]


def test_rows_beyond_the_most_are_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    rows = _read(written(_sheet(("a",), ("b",), ("c",))))
    assert [row[0] for row in rows[:3]] == ["cột 0", "a", "b"]
    assert len(rows) == 4
    assert "2 dòng đầu" in str(rows[3][0])


def test_a_chart_has_a_sheet_with_its_figures_and_is_drawn_from_them() -> None:
    chart = Chart(
        title="Kết quả",
        description="Đã làm 3 lần.",
        axis="Mục",
        series=("Đúng hạn", "Quá hạn"),
        places=(("=1", (2, 0)), ("2", (1, 1))),
    )
    empty = replace(chart, title="Trống", places=())
    body = written(Sheet(title="Bảng", headings=["a"], rows=[("b",)], charts=[chart, empty]))
    found: Any = load_workbook(BytesIO(body))
    assert found.sheetnames == ["Bảng", "Kết quả", "Trống"]
    told = _read(body, 1)
    assert told[0][0] == "Đã làm 3 lần."
    assert told[2:] == [("Mục", "Đúng hạn", "Quá hạn"), ("'=1", 2, 0), ("2", 1, 1)]
    assert [len(one._charts) for one in found.worksheets] == [0, 1, 0]
    (drawn,) = found.worksheets[1]._charts
    assert [one.val.numRef.f for one in drawn.series] == [
        "'Kết quả'!$B$4:$B$5",
        "'Kết quả'!$C$4:$C$5",
    ]
