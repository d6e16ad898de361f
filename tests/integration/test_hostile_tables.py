"""Tables as offices really send them, and files made to do harm."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from time import monotonic

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.layers import Layers
from knowledge.models import Level, Snapshot
from knowledge.office_table import read_table
from knowledge.row_checks import Allowed
from knowledge.stated import TableReading
from knowledge.tabular.grid import UnreadableFile
from knowledge.testing import make_procedure
from knowledge.weighing import weigh

TODAY = date(2026, 11, 20)
HEADINGS = ["STT", "Mã TTHC", "Tên thủ tục hành chính"]


def a_document(path: Path, caption: str, *rows: list[str]) -> Path:
    document = docx.Document()
    document.add_paragraph(caption)
    table = document.add_table(rows=0, cols=3)
    for cells in (HEADINGS, *rows):
        row = table.add_row()
        for place, text in enumerate(cells):
            row.cells[place].text = text
        if len(set(cells)) == 1:
            row.cells[0].merge(row.cells[2]).text = cells[0]
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("caption", "section", "abolished", "sector"),
    [
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ TRONG LĨNH VỰC HỘ TỊCH", "", True, "Hộ tịch"),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "A. Thủ tục hành chính cấp xã", True, None),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "I. LĨNH VỰC HỘ TỊCH", True, "Hộ tịch"),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "B. DANH MỤC TTHC CẤP XÃ", False, None),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH SỬA ĐỔI, BỔ SUNG VÀ BỊ BÃI BỎ", "", False, None),
        ("Điều 2. Bãi bỏ các thủ tục hành chính đã công bố trước đây", "", False, None),
        (
            "Danh mục TTHC ban hành mới lĩnh vực hộ tịch thuộc phạm vi của Sở Tư pháp",
            "",
            False,
            "Hộ tịch",
        ),
    ],
)
def test_a_title_says_what_is_abolished_and_which_sector(
    tmp_path: Path, caption: str, section: str, abolished: bool, sector: str | None
) -> None:
    titles = [[section] * 3] if section else []
    row = ["1", "1.001193", "Đăng ký khai sinh"]
    reading = read_table(a_document(tmp_path / "a.docx", caption, *titles, row), seen=TODAY)
    (stated,) = reading.stated
    assert stated.abolished is abolished
    assert stated.fields.get("sector") == sector


def test_a_level_between_abolished_procedures_is_kept_beside_it(tmp_path: Path) -> None:
    caption = "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"
    rows = (["A. Thủ tục hành chính cấp tỉnh"] * 3, ["1", "1.001193", "Đăng ký khai sinh"])
    (stated,) = read_table(a_document(tmp_path / "a.docx", caption, *rows), seen=TODAY).stated
    assert (stated.abolished, stated.fields["level"]) == (True, Level.PROVINCE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_shows_headings(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    title = "Danh mục: khai sinh, khai tử, kết hôn, nhận cha, nhận mẹ, nhận con" + delimiter
    row = delimiter.join(["1", "1.001193", "Đăng ký khai sinh"])
    lines = [title if delimiter != "," else "Danh mục", delimiter.join(HEADINGS), row]
    (tmp_path / "a.csv").write_text("\r\n".join(lines), encoding=encoding)
    (stated,) = read_table(tmp_path / "a.csv", seen=TODAY).stated
    assert stated.fields["official_name"] == "Đăng ký khai sinh"


def encodes(text: str) -> bool:
    try:
        return bool(text.encode("cp1258"))
    except UnicodeEncodeError:
        return False


def test_a_file_in_the_old_vietnamese_encoding_is_read(tmp_path: Path) -> None:
    # The encoding writes most tones as a sign of their own after the letter.
    text = "STT,Mã TTHC,Tên thủ tục hành chính\n1,1.001193,Đăng ký việc nuôi con\n"
    apart = "".join(
        sign if encodes(sign) else unicodedata.normalize("NFD", sign) for sign in text
    ).replace("e\u0323\u0302", "ê\u0323")
    assert encodes(apart)
    (tmp_path / "a.csv").write_bytes(apart.encode("cp1258"))
    (stated,) = read_table(tmp_path / "a.csv", seen=TODAY).stated
    assert stated.fields["official_name"] == "Đăng ký việc nuôi con"


def test_utf_8_cut_within_a_letter_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    text = "STT,Mã TTHC,Tên thủ tục\n1,1.001193,Tờ khai theo mẫu"
    (tmp_path / "a.csv").write_bytes(text.encode()[:-2])
    with pytest.raises(UnreadableFile):
        read_table(tmp_path / "a.csv", seen=TODAY)


def a_sheet_elsewhere(path: Path, body: str, *, encoding: str = "utf-8") -> Path:
    """Save a workbook whose one sheet is ``body`` and lies where no office program puts it."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    del parts["xl/worksheets/sheet1.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"sheets/s1.bin")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    sheet = f'{head}<worksheet xmlns="{space}">{body}</worksheet>'
    parts["xl/sheets/s1.bin"] = sheet.encode(encoding)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", 'x="&gt;>" '])
def test_merged_cells_are_counted_wherever_the_sheet_lies(
    tmp_path: Path, before: str, encoding: str
) -> None:
    merge = f'<mergeCell {before}ref="A1:XFD40000"/>'
    body = f'<sheetData/><mergeCells count="1">{merge}</mergeCells>'
    path = a_sheet_elsewhere(tmp_path / "a.xlsx", body, encoding=encoding)
    with pytest.raises(UnreadableFile, match="gộp quá nhiều ô"):
        read_table(path, seen=TODAY)


@pytest.mark.parametrize(("rows", "cells"), [(1_000_000, 1), (20_000, 31)])
def test_far_too_many_rows_or_cells_are_refused_within_seconds(
    tmp_path: Path, rows: int, cells: int
) -> None:
    row = f"<row>{'<c><v>1</v></c>' * cells}</row>"
    path = a_sheet_elsewhere(tmp_path / "a.xlsx", f"<sheetData>{row * rows}</sheetData>")
    began = monotonic()
    with pytest.raises(UnreadableFile, match="quá nhiều dòng hoặc ô"):
        read_table(path, seen=TODAY)
    assert monotonic() - began < 20


def read_rows(path: Path, *rows: tuple[str, str]) -> TableReading:
    lines = (f'{number},"{code}","{name}"' for number, (code, name) in enumerate(rows, start=1))
    path.write_text("\n".join([",".join(HEADINGS), *lines]), encoding="utf-8")
    return read_table(path, seen=TODAY)


def test_a_code_a_spreadsheet_took_for_a_number_is_whole_again(tmp_path: Path) -> None:
    reading = read_rows(tmp_path / "a.csv", ("1.0012", "Một"), ("1,001193", "Hai"))
    assert [one.code for one in reading.stated] == ["1.001200", "1.001193"]


def test_a_row_whose_code_is_not_understood_is_refused_whatever_its_name(tmp_path: Path) -> None:
    known = Layers(content=Snapshot(procedures=(make_procedure("1.001193", "Khai sinh"),)))
    reading = read_rows(tmp_path / "a.csv", ("1.001193 và 1.000894", "Khai sinh"))
    assert reading.stated == []
    (fault,) = weigh(reading, known, "").faults
    assert (fault.row, fault.column) == (2, "Mã TTHC")
    assert "mỗi thủ tục ghi một dòng" in fault.problem


@pytest.mark.parametrize("code", ["abc", "XÃ-001", "1001９３"])
def test_what_no_button_can_carry_is_no_code(tmp_path: Path, code: str) -> None:
    reading = read_rows(tmp_path / "a.csv", (code, "Xác nhận bảng kê lâm sản"))
    assert reading.stated == []
    (fault,) = reading.faults
    assert (fault.row, fault.column) == (2, "Mã TTHC")


@pytest.mark.parametrize("heading", ["Địa chỉ nộp trực tuyến", "Địa chỉ nguồn"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://"])
def test_only_pages_that_can_be_opened_are_addresses(
    tmp_path: Path, heading: str, address: str
) -> None:
    lines = [f"Mã TTHC,Tên thủ tục hành chính,{heading}", f'1.001193,Khai sinh,"{address}"']
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    reading = read_table(tmp_path / "a.csv", seen=TODAY)
    assert not any(address in str(one.fields) for one in reading.stated)
    (fault,) = reading.faults
    assert (fault.column, "https://…" in fault.problem) == (heading, True)


def test_a_new_procedure_without_a_level_is_refused_until_it_has_one(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Cấp thực hiện"]
    row = ["1", "9.123456", "Việc mới của xã"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(HEADINGS), ",".join(row)]), encoding="utf-8")
    weighing = weigh(read_table(path, seen=TODAY), Layers(), "", allowed=Allowed(new=True))
    assert weighing.edits == []
    (fault,) = weighing.faults
    assert (fault.row, fault.column) == (2, "Cấp thực hiện")
    path.write_text(
        "\n".join([",".join(headings), ",".join([*row, "Cấp tỉnh"])]), encoding="utf-8"
    )
    (edit,) = weigh(read_table(path, seen=TODAY), Layers(), "", allowed=Allowed(new=True)).edits
    assert edit.fields["level"] is Level.PROVINCE
    path.write_text("\n".join([",".join(HEADINGS), ",".join(row)]), encoding="utf-8")
    again = weigh(read_table(path, seen=TODAY), Layers(edits=(edit,)), "")
    assert (again.edits, again.faults) == ([], [])


def test_one_procedure_named_twice_is_not_taken_at_all(tmp_path: Path) -> None:
    procedure = make_procedure("1.001193", "Đăng ký khai sinh")
    name = procedure.official_name
    reading = read_rows(tmp_path / "a.csv", ("", name), ("1.001193", name))
    weighing = weigh(reading, Layers(content=Snapshot(procedures=(procedure,))), "")
    assert (weighing.rows, weighing.edits) == ([], [])
    assert [fault.row for fault in weighing.faults] == [2, 3]
    assert "(2, 3)" in weighing.faults[0].problem


BIRTH = make_procedure("1.001193", "Đăng ký khai sinh")
DEATH = make_procedure("1.000656", "Đăng ký khai tử")
KNOWN = Layers(content=Snapshot(procedures=(BIRTH, DEATH)))


def test_the_lower_of_two_rows_with_one_code_does_not_lose_to_the_upper(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path / "a.csv", ("1.001193", "Đăng ký khai sinh"), ("1.001193", "Đăng ký khai tử")
    )
    weighing = weigh(reading, KNOWN, "")
    assert (weighing.rows, [fault.row for fault in weighing.faults]) == ([], [2, 3])


@pytest.mark.parametrize("name", ["Đăng ký khai tử", "Cấp phép bán lẻ rượu"])
def test_quite_another_name_for_a_known_code_is_refused_until_allowed(
    tmp_path: Path, name: str
) -> None:
    reading = read_rows(tmp_path / "a.csv", ("1.001193", name))
    (fault,) = weigh(reading, KNOWN, "").faults
    assert (fault.row, fault.column) == (2, "Tên thủ tục hành chính")
    assert "mã 1.001193 là “Đăng ký khai sinh”" in fault.problem
    assert "--allow-rename" in fault.problem
    (edit,) = weigh(reading, KNOWN, "", allowed=Allowed(rename=True)).edits
    assert edit.fields["official_name"] == name


def test_a_longer_wording_of_the_same_name_is_taken(tmp_path: Path) -> None:
    reading = read_rows(tmp_path / "a.csv", ("1.001193", "Thủ tục đăng ký khai sinh tại xã"))
    assert weigh(reading, KNOWN, "").faults == []


def test_a_code_nobody_knows_is_refused_with_those_near_it(tmp_path: Path) -> None:
    reading = read_rows(tmp_path / "a.csv", ("1.001198", "Đăng ký khai sinh"))
    weighing = weigh(reading, KNOWN, "")
    assert weighing.edits == []
    (fault,) = weighing.faults
    assert "1.001193 “Đăng ký khai sinh”" in fault.problem
    assert "--allow-new" in fault.problem


def test_merged_cells_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADINGS)
    book.worksheets[0].merge_cells("A2:B3")
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as sound,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as evil,
    ):
        for part in sound.namelist():
            evil.writestr(part, sound.read(part).replace(b'"A2:B3"', b'"A2:XFD1048576"'))
    with pytest.raises(UnreadableFile, match="gộp quá nhiều ô"):
        read_table(tmp_path / "b.xlsx", seen=TODAY)


def test_a_package_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 5_000_000)
    with pytest.raises(UnreadableFile, match="an toàn"):
        read_table(tmp_path / "a.xlsx", seen=TODAY)


CUT = b"<?xml version='1.0'?><workbook><sheets>"
NESTED = b"""<!DOCTYPE workbook [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><workbook>&c;"""


@pytest.mark.parametrize("workbook", [CUT, NESTED])
def test_a_workbook_whose_xml_is_broken_is_told(tmp_path: Path, workbook: bytes) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as sound,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as evil,
    ):
        for part in sound.namelist():
            evil.writestr(part, workbook if part == "xl/workbook.xml" else sound.read(part))
    with pytest.raises(UnreadableFile, match=r"b\.xlsx: tệp hỏng, hãy mở và lưu lại"):
        read_table(tmp_path / "b.xlsx", seen=TODAY)


def test_a_file_whose_letters_were_lost_is_refused(tmp_path: Path) -> None:
    names = [("1.001193", f"C?p b?n sao tr?ch l?c {number}") for number in range(5)]
    with pytest.raises(UnreadableFile, match="CSV UTF-8"):
        read_rows(tmp_path / "a.csv", *names)


def read_fee_of(path: Path, fee: object, heading: str = "Phí, lệ phí") -> TableReading:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Mã TTHC", "Tên thủ tục hành chính", heading])
    book.worksheets[0].append(["1.001193", "Đăng ký khai sinh", fee])
    book.save(path)
    return read_table(path, seen=TODAY)


@pytest.mark.parametrize(
    "fee", ["-5000 đồng", "+5000 đồng", -5000, "–8.000 đồng/bản", "-5000 | mỗi bản"]
)
def test_a_signed_amount_is_refused(tmp_path: Path, fee: object) -> None:
    reading = read_fee_of(tmp_path / "a.xlsx", fee)
    assert [fault.column for fault in reading.faults] == ["Phí, lệ phí"]
    assert "fee" not in reading.stated[0].fields


def test_a_plain_number_is_an_amount_in_dong_unless_its_heading_scales_it(tmp_path: Path) -> None:
    (stated,) = read_fee_of(tmp_path / "a.xlsx", 15000).stated
    assert [line.amount for line in stated.fields["fee"].lines] == [15_000]
    scaled = read_fee_of(tmp_path / "b.xlsx", 15000, "Phí, lệ phí (nghìn đồng)")
    assert "fee" not in scaled.stated[0].fields


def test_a_row_said_to_begin_far_to_the_right_fills_no_memory(tmp_path: Path) -> None:
    path = a_document(tmp_path / "a.docx", "", ["1", "1.001193", "Đăng ký khai sinh"])
    document = docx.Document(str(path))
    row = document.tables[0].add_row()  # type: ignore[no-untyped-call]
    skip = f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="2000000000"/></w:trPr>'
    row._tr.insert(0, parse_xml(skip))
    document.save(str(path))
    assert [one.code for one in read_table(path, seen=TODAY).stated] == ["1.001193"]


def a_list(path: Path, *lines: str) -> Path:
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("first", [[], ["sep=;"], ['"sep=;"']])
def test_a_heading_that_holds_commas_does_not_make_the_comma_the_separator(
    tmp_path: Path, first: list[str]
) -> None:
    rows = ("Mã TTHC;Phí, lệ phí", "1.001193;Không thu", "1.000656;8.000 đồng, nộp một lần")
    reading = read_table(a_list(tmp_path / "a.csv", *first, *rows), seen=TODAY)
    assert [sorted(one.fields) for one in reading.stated] == [["fee"], []]
    (fault,) = reading.faults
    assert (fault.row, fault.column) == (3, "Phí, lệ phí")


def test_a_table_that_names_procedures_and_tells_nothing_we_know_is_a_fault(
    tmp_path: Path,
) -> None:
    rows = ("Mã TTHC,Tên thủ tục hành chính,Tiền nộp", "1.001193,Đăng ký khai sinh,8.000")
    (fault,) = read_table(a_list(tmp_path / "a.csv", *rows), seen=TODAY).faults
    assert fault.row == 1
    assert "“Mã TTHC”, “Tên thủ tục hành chính”, “Tiền nộp”; cần có cột" in fault.problem
    assert "“Phí, lệ phí”" in fault.problem
    with pytest.raises(UnreadableFile, match=r"dòng 1: .*“Mã TTHC”, “Tiền nộp”; cần có cột"):
        read_table(a_list(tmp_path / "b.csv", "Mã TTHC,Tiền nộp", "1.001193,8.000"), seen=TODAY)


def test_a_second_sheet_whose_headings_are_strange_is_a_fault_beside_the_first(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for title, heading in (("Một", "Phí, lệ phí"), ("Hai", "Tiền nộp")):
        sheet = book.create_sheet(title)
        width = ["Mã TTHC", heading] + ["Ghi chú"] * (title == "Hai")
        sheet.append(width)
        sheet.append(["1.001193", "Không thu"])
    book.save(tmp_path / "a.xlsx")
    reading = read_table(tmp_path / "a.xlsx", seen=TODAY)
    assert len(reading.stated) == 1
    (fault,) = reading.faults
    assert str(fault).startswith("a.xlsx, trang “Hai”, dòng 1: không nhận ra cột nội dung nào")


def test_a_list_of_abolished_procedures_need_tell_no_more(tmp_path: Path) -> None:
    rows = ("A. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ,,", "1,1.001193,Khai sinh,lạ")
    path = a_list(tmp_path / "a.csv", ",".join([*HEADINGS, "Ghi gì đó"]), *rows)
    reading = read_table(path, seen=TODAY)
    assert [one.abolished for one in reading.stated] == [True]
    assert not reading.faults
