"""Tables typed in fonts from before Unicode are told as such; sound rows beside them are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from knowledge.office_table import read_table
from knowledge.tabular.grid import UnreadableFile

TODAY = date(2026, 11, 20)
HEADINGS = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Kết quả"]
SOUND = ["1", "1.001193", "Đăng ký khai sinh", "Giấy khai sinh"]
TCVN3 = "§¨ng ký kÕt h«n"
VNI = "Ñaêng kyù keát hoân"
DRAWN_HEADINGS = ["STT", "M· TTHC", "Tªn thñ tôc hµnh chÝnh", "KÕt qu¶"]
TOLD = r"gõ bằng phông chữ cũ \(TCVN3 .VnTime, VNI…\).*UniKey"


def a_sheet(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def a_text(path: Path, *rows: list[str]) -> Path:
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    return path


def a_document(path: Path, *rows: list[str], caption: str = "") -> Path:
    document = docx.Document()
    document.add_paragraph(caption)
    table = document.add_table(rows=len(rows), cols=len(HEADINGS))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "drawn",
    [
        "Tê khai ®¨ng ký khai sinh",
        "GiÊy chøng nhËn",
        "B¶n sao",
        "Tôø khai ñaêng kyù khai sinh",
        "Baûn sao",
    ],
)
def test_a_file_of_eight_bits_typed_in_an_old_font_is_refused(tmp_path: Path, drawn: str) -> None:
    text = f"STT,Ma TTHC,Ten thu tuc hanh chinh\n1,1.001193,{drawn}\n"
    (tmp_path / "a.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableFile, match=rf"a\.csv: tệp {TOLD}.*CSV UTF-8"):
        read_table(tmp_path / "a.csv", seen=TODAY)


@pytest.mark.parametrize("drawn", [TCVN3, VNI])
@pytest.mark.parametrize(
    ("make", "name", "where"),
    [
        (a_sheet, "a.xlsx", "a.xlsx, trang “Sheet”"),
        (a_document, "a.docx", "a.docx, bảng 1"),
        (a_text, "a.csv", "a.csv"),
    ],
)
def test_a_row_typed_in_an_old_font_is_named_and_the_others_are_kept(
    tmp_path: Path, make: Callable[..., Path], name: str, where: str, drawn: str
) -> None:
    row = ["2", "1.000894", drawn, "Giấy đăng ký kết hôn"]
    reading = read_table(make(tmp_path / name, HEADINGS, SOUND, row), seen=TODAY)
    assert [one.code for one in reading.stated] == ["1.001193"]
    (fault,) = reading.faults
    assert str(fault).startswith(f"{where}, dòng 3, cột “Tên thủ tục hành chính”: gõ bằng")
    assert "UniKey" in fault.problem


@pytest.mark.parametrize(
    ("make", "name", "where"),
    [
        (a_sheet, "a.xlsx", r"a\.xlsx, trang “Sheet”, dòng 1, cột “2”"),
        (a_document, "a.docx", r"a\.docx, bảng 1, dòng 1, cột “2”"),
    ],
)
def test_headings_typed_in_an_old_font_are_the_reason_told(
    tmp_path: Path, make: Callable[..., Path], name: str, where: str
) -> None:
    row = ["1", "1.000894", TCVN3, "GiÊy chøng nhËn"]
    with pytest.raises(UnreadableFile, match=f"{where}: {TOLD}"):
        read_table(make(tmp_path / name, DRAWN_HEADINGS, row), seen=TODAY)


def test_a_title_typed_in_an_old_font_makes_the_rows_below_it_unknown(tmp_path: Path) -> None:
    caption = "DANH MôC THñ TôC HµNH CHÝNH BÞ B·I Bá"
    path = a_document(tmp_path / "a.docx", HEADINGS, SOUND, caption=caption)
    with pytest.raises(UnreadableFile, match=rf"a\.docx, bảng 1, đoạn chữ phía trên: {TOLD}"):
        read_table(path, seen=TODAY)
    title = ["I. LÜnh vùc hé tÞch"] * 4
    path = a_document(tmp_path / "b.docx", HEADINGS, title, SOUND)
    with pytest.raises(UnreadableFile, match=rf"b\.docx, bảng 1, dòng 2, cột “1”: {TOLD}"):
        read_table(path, seen=TODAY)


@pytest.mark.parametrize(
    "result",
    [
        "Niño", "Müller GmbH & Co", "10µm", "Kết quả ± 5µm, Ø60ª", "Giấy phép Müller à Niño",
        "Bản sao (theo Nº 5)", "« Ghi chú »", "Không",
    ],
)  # fmt: skip
def test_a_foreign_word_in_a_sound_row_is_no_old_font(tmp_path: Path, result: str) -> None:
    row = [*SOUND[:3], result]
    reading = read_table(a_sheet(tmp_path / "a.xlsx", HEADINGS, row), seen=TODAY)
    assert reading.faults == []
    assert reading.stated[0].fields["result"] == result


def test_a_column_that_is_not_read_hinders_no_row(tmp_path: Path) -> None:
    headings, row = [*HEADINGS, "Việc của em"], [*SOUND, TCVN3]
    reading = read_table(a_sheet(tmp_path / "a.xlsx", headings, row), seen=TODAY)
    assert (len(reading.stated), reading.faults) == (1, [])
