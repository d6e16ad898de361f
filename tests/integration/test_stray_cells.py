"""A table with a stray cell far away costs what it says, not the rectangle between them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from time import monotonic

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from knowledge.office_table import read_table
from knowledge.tabular.grid import UnreadableFile

TODAY = date(2026, 11, 20)
HEADINGS = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Kết quả"]
BIRTH = ["1", "1.001193", "Đăng ký khai sinh", "Giấy khai sinh"]
DEATH = ["2", "1.000656", "Đăng ký khai tử", "Trích lục khai tử"]
YELLOW = PatternFill("solid", fgColor="FFFF00")
MOST_SECONDS = 20
MOST_MEMORY = 600 * 1024 * 1024
READ_IN_LITTLE_MEMORY = f"""
import resource, sys
from datetime import date
from pathlib import Path
from knowledge.office_table import read_table
resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}))
print(len(read_table(Path(sys.argv[1]), seen=date(2026, 11, 20)).stated))
"""


def a_book(path: Path, strays: dict[str, str | None], link: str = "") -> Path:
    """Save a table of two procedures and, far from it, coloured cells with or without text."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, ["I. LĨNH VỰC HỘ TỊCH"], BIRTH, DEATH):
        sheet.append(row)
    sheet.merge_cells("A2:D2")
    for place, text in strays.items():
        sheet[place].value = text
        sheet[place].fill = YELLOW
    if link:
        sheet["A3"].hyperlink = "https://dichvucong.gov.vn"
        sheet["A3"].hyperlink.ref = link
    book.save(path)
    return path


def told_by(path: Path) -> list[tuple[str, int, str]]:
    return [
        (one.code, one.row, one.fields["official_name"])
        for one in read_table(path, seen=TODAY).stated
    ]


BOTH = [("1.001193", 3, "Đăng ký khai sinh"), ("1.000656", 4, "Đăng ký khai tử")]


def stated_within_bounds(path: Path) -> int:
    """Read in a process of little memory; give how many procedures it states."""
    run = [sys.executable, "-c", READ_IN_LITTLE_MEMORY, str(path)]
    read = subprocess.run(run, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)
    assert read.returncode == 0, read.stderr
    return int(read.stdout)


@pytest.mark.parametrize(
    "strays",
    [
        {"GR1": None, "GR50000": None},
        {"XFD1048576": None},
        {"ZZ900000": "ghi chú", "XFD5": "x"},
    ],
)
def test_a_book_with_stray_cells_is_read_in_little_time_and_memory(
    tmp_path: Path, strays: dict[str, str | None]
) -> None:
    path = a_book(tmp_path / "a.xlsx", strays)
    assert stated_within_bounds(path) == len(BOTH)


@pytest.mark.parametrize("strays", [{"GR1": None, "XFD1048576": None}, {"XFD1048576": "x"}])
def test_rows_keep_their_numbers_and_sections_beside_stray_cells(
    tmp_path: Path, strays: dict[str, str | None]
) -> None:
    path = a_book(tmp_path / "a.xlsx", strays)
    assert told_by(path) == BOTH
    assert [one.fields["sector"] for one in read_table(path, seen=TODAY).stated] == ["Hộ tịch"] * 2


def test_a_link_over_a_whole_sheet_makes_no_cells(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", {}, link="A1:XFD60000")
    assert stated_within_bounds(path) == len(BOTH)


def test_a_table_far_from_the_corner_is_read_and_its_rows_keep_their_numbers(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for row, cells in enumerate((HEADINGS, BIRTH, DEATH), start=70_000):
        for column, text in enumerate(cells, start=300):
            book.worksheets[0].cell(row=row, column=column).value = text
    book.save(tmp_path / "a.xlsx")
    assert [(code, row) for code, row, _ in told_by(tmp_path / "a.xlsx")] == [
        ("1.001193", 70_001),
        ("1.000656", 70_002),
    ]


def test_a_column_is_told_by_its_number_on_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["AD2"].value = "Tªn thñ tôc hµnh chÝnh"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match=r"dòng 2, cột “30”"):
        read_table(tmp_path / "a.xlsx", seen=TODAY)


def test_texts_scattered_over_a_sheet_are_refused_with_what_to_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["x"] * 150)
    for _ in range(14_000):
        sheet.append(["x"])
    book.save(tmp_path / "a.xlsx")
    began = monotonic()
    with pytest.raises(UnreadableFile, match=r"rải rác trên 14001 dòng, 150 cột.*chép riêng bảng"):
        read_table(tmp_path / "a.xlsx", seen=TODAY)
    assert monotonic() - began < MOST_SECONDS


def test_more_columns_than_any_table_has_are_refused_with_what_to_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"] * 201)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match=r"200 cột có chữ.*chép riêng bảng"):
        read_table(tmp_path / "a.xlsx", seen=TODAY)


def test_cells_of_all_sheets_count_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet()
    book.save(tmp_path / "a.xlsx")
    crowded = (b"<row>" + b"<c/>" * 10 + b"</row>") * 31_000 + b"</sheetData>"
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as sound,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as evil,
    ):
        for part in sound.namelist():
            evil.writestr(part, sound.read(part).replace(b"</sheetData>", crowded))
    with pytest.raises(UnreadableFile, match="quá nhiều dòng hoặc ô"):
        read_table(tmp_path / "b.xlsx", seen=TODAY)


def a_text(path: Path, *lines: str) -> Path:
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_saved_with_empty_cells_up_to_a_stray_one_is_read_fast(
    tmp_path: Path, delimiter: str
) -> None:
    filler = delimiter * 196
    table = (delimiter.join(row) + filler for row in (HEADINGS, BIRTH, DEATH))
    path = a_text(tmp_path / "a.csv", *table, *[delimiter * 199] * 60_000)
    assert stated_within_bounds(path) == len(BOTH)


def test_a_text_of_separators_alone_is_refused_within_seconds(tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", ";,\t" * 3_000_000)
    began = monotonic()
    with pytest.raises(UnreadableFile, match=r"quá nhiều dấu ngăn ô.*chép riêng bảng"):
        read_table(path, seen=TODAY)
    assert monotonic() - began < 5


def test_separators_parted_by_line_ends_within_quotes_are_counted_together(tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", ",".join(HEADINGS), 'x,"', *['",x,"'] * 15_000, '"')
    with pytest.raises(UnreadableFile, match="quá nhiều"):
        read_table(path, seen=TODAY)


def test_more_filled_cells_than_any_table_has_are_refused(tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", ",".join(HEADINGS), *["x,x,x,x,x,x,x"] * 90_000)
    with pytest.raises(UnreadableFile, match=r"quá nhiều ô.*chép riêng bảng"):
        read_table(path, seen=TODAY)


def test_a_quote_without_end_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", ",".join(HEADINGS), '1,1.001193,"' + "a" * 200_000)
    with pytest.raises(UnreadableFile, match=r"dấu ngoặc kép đóng; hãy mở bằng Excel"):
        read_table(path, seen=TODAY)


def test_a_long_line_of_sound_cells_is_read_whatever_another_separator_would_make_of_it(
    tmp_path: Path,
) -> None:
    path = a_text(
        tmp_path / "a.csv", ",".join(HEADINGS), ",".join(BIRTH) + (",x" + "y" * 999) * 180
    )
    assert [code for code, _, _ in told_by(path)] == ["1.001193"]
