"""Files that are not plans, or mean harm: each is refused with words that say what to do."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from broadcasts.plans.document import Cell, Document, Paragraph, Row, Table
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading import gate, limits
from broadcasts.plans.reading.apart import read_apart
from broadcasts.plans.reading.files import read_document
from broadcasts.timing import read_timing
from tests.unit.broadcasts.plans import making

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _refused(path: Path) -> str:
    with pytest.raises(PlanUnreadable) as caught:
        read_document(path)
    told = str(caught.value)
    assert "Hãy" in told or "hãy" in told or "không mở được" in told
    return told


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"", "tệp trống"),
        ("a.txt", b"", "tệp trống"),
        ("a.doc", OLD, "kiểu cũ"),
        ("a.docx", OLD, "mật khẩu"),
        ("a.xlsx", OLD, "mật khẩu"),
        ("a.docx", b"%PDF-1.7 ...", "nội dung không phải .docx"),
        ("a.docx", b"{\\rtf1 x}", "RTF"),
        ("a.pdf", b"PK\x03\x04 no pdf", "nội dung không phải .pdf"),
        ("a.txt", b"PK\x03\x04 a zip", "nội dung không phải .txt"),
        ("a.docx", b"PK\x03\x04 cut short", "tệp hỏng"),
        ("a.exe", b"MZ", "không đọc được tệp này"),
        ("a.txt", b"\xff\xfa\x80 no utf-8", "UTF-8"),
        ("a.txt", b"a\0b", "không phải tệp văn bản"),
        ("a.txt", b"   \n \n", "không có chữ"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "PDF hỏng"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in _refused(_file(tmp_path, name, data))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "không mở được" in _refused(tmp_path / "none.docx")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (gate.MOST_UNPACKED + 1))
    assert "an toàn" in _refused(path)


def test_a_small_file_of_millions_of_tags_is_not_built_up(tmp_path: Path) -> None:
    whole, path = making.duties_plan(tmp_path / "whole.docx"), tmp_path / "a.docx"
    # Told apart, so that they are pressed no more than a real document is.
    tags = b"".join(b"<w:p/>" * 40 + b"<w:p w:x='%d'/>" % n**3 for n in range(30_000))
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for part in good.namelist():
            data = good.read(part)
            bad.writestr(part, data.replace(b"<w:body>", b"<w:body>" + tags))
    assert path.stat().st_size < 1024 * 1024
    assert "an toàn" in _refused(path)


def test_signs_no_document_holds_are_dropped(tmp_path: Path) -> None:
    blocks = read_document(_file(tmp_path, "a.txt", "Đăng\x01 tin\x08\uffff".encode())).blocks
    assert [getattr(one, "text", "") for one in blocks] == ["Đăng tin"]


def test_a_package_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/epub")
    assert "không phải .docx" in _refused(path)


@pytest.mark.parametrize(
    "body", ["<w:document", "<a/>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>']
)
def test_a_broken_word_file_is_told(tmp_path: Path, body: str) -> None:
    whole, path = making.duties_plan(tmp_path / "whole.docx"), tmp_path / "a.docx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for part in good.namelist():
            main = part == "word/document.xml"
            bad.writestr(part, body.encode() if main else good.read(part))
    _refused(path)


def test_a_huge_table_of_word_is_refused(tmp_path: Path) -> None:
    rows = "<w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 4 + "</w:tr>"
    whole, path = making.duties_plan(tmp_path / "whole.docx"), tmp_path / "a.docx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for part in good.namelist():
            data = good.read(part)
            if part == "word/document.xml":
                table = f"<w:tbl>{rows * (limits.MOST_ROWS + 1)}</w:tbl>"
                data = data.replace(b"<w:body>", f"<w:body>{table}".encode())
            bad.writestr(part, data)
    assert "quá dài" in _refused(path)


@pytest.mark.parametrize("place", ["A1048576", "XFD1"])
def test_words_beyond_what_is_read_are_not_lost_in_silence(tmp_path: Path, place: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet[place] = "STT", "x"
    book.save(tmp_path / "a.xlsx")
    began = time.process_time()
    assert "quá lớn" in _refused(tmp_path / "a.xlsx")
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "covering",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
    ],
)
def test_a_sheet_covered_all_over_is_refused_at_once(tmp_path: Path, covering: bytes) -> None:
    whole, path = making.dates_sheet(tmp_path / "whole.xlsx"), tmp_path / "a.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for part in good.namelist():
            data = good.read(part)
            bad.writestr(part, data.replace(b"</sheetData>", b"</sheetData>" + covering))
    began = time.process_time()
    assert "quá lớn" in _refused(path)
    assert time.process_time() - began < 5


def test_a_locked_pdf_is_told() -> None:
    assert "mật khẩu" in _refused(making.FILES / "locked.pdf")


def test_a_scanned_pdf_is_told() -> None:
    assert "ảnh quét" in _refused(making.FILES / "scanned.pdf")


def test_reading_a_pdf_may_take_only_so_long() -> None:
    with pytest.raises(PlanUnreadable, match="quá lâu"):
        read_apart(making.FILES / "table.pdf", seconds=0.01)


def test_too_many_paragraphs_are_refused(tmp_path: Path) -> None:
    text = "Một dòng.\n" * (limits.MOST_PARAGRAPHS + 1)
    assert "quá dài" in _refused(_file(tmp_path, "a.txt", text.encode()))


def test_insertions_count_and_deletions_do_not(tmp_path: Path) -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("Cũ")
    run = paragraph.runs[0]._r
    tracked = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Thêm</w:t></w:r></w:ins></w:p>"
    )
    run.getparent().addnext(docx.oxml.parse_xml(tracked))
    book.save(str(tmp_path / "a.docx"))
    blocks = read_document(tmp_path / "a.docx").blocks
    assert [getattr(one, "text", "") for one in blocks] == ["Cũ", "Thêm"]


@pytest.mark.parametrize(
    "words",
    [
        "trong ",
        "quý I, ",
        "cho các cán bộ ",
        "Phòng A, ",
        "phối hợp với ",
        "định kỳ 3 tháng, ",
        "( ",
    ],
)
def test_the_longest_words_let_in_are_read_in_time(words: str) -> None:
    text = words * (limits.LONGEST // len(words))
    heads = ("TT", "Nội dung", "Chủ trì", "Thời gian")
    rows = [
        Row(cells=tuple(Cell(text=one) for one in texts), place="bảng 1, dòng 1")
        for texts in (heads, ("1", text, text, text))
    ]
    duties = [Paragraph(text=one, place="đoạn 1") for one in ("V. TỔ CHỨC THỰC HIỆN", text)]
    document = Document(name="p", blocks=(Table(rows=tuple(rows), place="bảng 1"), *duties))
    began = time.process_time()
    assert read_plan(document, 2026, read_timing).entries
    assert time.process_time() - began < 10


def test_a_paragraph_no_plan_has_is_refused(tmp_path: Path) -> None:
    assert "quá dài" in _refused(_file(tmp_path, "a.txt", b"x" * (limits.LONGEST + 1)))


def test_a_cell_merged_over_many_columns_counts_once(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "Căn cứ " + "kế hoạch " * 200
    sheet.merge_cells("A1:AZ1")
    book.save(tmp_path / "a.xlsx")
    assert read_document(tmp_path / "a.xlsx").blocks
