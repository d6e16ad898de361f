"""Offices' tables are read and written; every fault in them is named."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.knowledge.import_report import as_text
from knowledge.cells.records import read_fee_cell, read_times_cell, write_fee, write_times
from knowledge.cells.values import read_legal
from knowledge.columns import columns
from knowledge.layers import Layers
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    FieldSource,
    Level,
    Office,
    OfficeCode,
    Procedure,
    ProcessingTime,
    Snapshot,
    Source,
    TimeUnit,
)
from knowledge.office_table import read_table, write_procedures
from knowledge.phrases import NotUnderstood
from knowledge.stated import TableReading
from knowledge.tabular.grid import UnreadableFile
from knowledge.testing import make_procedure
from knowledge.weighing import Effect, weigh
from tests.fakes.furnished import furnish_little

TODAY = date(2026, 11, 20)
HEADINGS = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí"]


def a_sheet(path: Path, *rows: list[Any], headings: list[str] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings or HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def a_decision(path: Path) -> Path:
    """A decision as provinces issue it: sections, a row broken by a page, an abolished list."""
    document = docx.Document()
    document.add_paragraph("ỦY BAN NHÂN DÂN TỈNH MẪU")
    document.add_paragraph("Số: 1234/QĐ-UBND")
    document.add_paragraph("A. DANH MỤC THỦ TỤC HÀNH CHÍNH SỬA ĐỔI, BỔ SUNG CẤP XÃ")
    table = document.add_table(rows=0, cols=5)
    for cells in (
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["I. LĨNH VỰC HỘ TỊCH"] * 5,
        ["1", "1.001193", "Đăng ký khai sinh", "Trong ngày", "Không"],
        ["2", "1.000894", "Đăng ký", "05 ngày làm việc", "8.000 đồng/bản"],
        ["", "", "kết hôn", "", ""],
    ):
        row = table.add_row()
        for place, text in enumerate(cells):
            row.cells[place].text = text
    section = table.rows[2]
    section.cells[0].merge(section.cells[4]).text = "I. LĨNH VỰC HỘ TỊCH"
    document.add_paragraph("B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ CẤP XÃ")
    gone = document.add_table(rows=0, cols=3)
    for cells in (
        ["STT", "Mã TTHC", "Tên thủ tục hành chính"],
        ["1", "1.004873", "Giấy độc thân"],
    ):
        row = gone.add_row()
        for place, text in enumerate(cells):
            row.cells[place].text = text
    document.save(str(path))
    return path


def test_a_decision_is_read_with_its_sections_and_broken_rows(tmp_path: Path) -> None:
    reading = read_table(a_decision(tmp_path / "quyet-dinh.docx"), seen=TODAY)
    assert reading.faults == []
    assert reading.decision == "Quyết định 1234/QĐ-UBND"
    birth, marriage, single = reading.stated
    assert birth.fields["sector"] == "Hộ tịch"
    assert birth.fields["level"] is Level.COMMUNE
    assert birth.fields["times"] == (ProcessingTime(unit=TimeUnit.SAME_DAY),)
    assert birth.fields["fee"] == Fee(status=FeeStatus.FREE)
    assert marriage.fields["official_name"] == "Đăng ký kết hôn"
    assert marriage.fields["fee"].lines == (FeeLine(amount=8000, per="bản"),)
    assert [one.abolished for one in reading.stated] == [False, False, True]
    assert single.code == "1.004873"


def test_every_fault_names_file_row_and_column_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "bang.xlsx",
        [1, "1.001193", "Đăng ký khai sinh", "khoảng tuần sau", "Không"],
        [2, "1.000894", "Đăng ký kết hôn", "5 ngày làm việc", "chắc 50 nghìn"],
        [3, "???", "Việc lạ", "", ""],
    )
    reading = read_table(path, seen=TODAY)
    told = [str(fault) for fault in reading.faults]
    assert told[0].startswith("bang.xlsx, trang “Sheet”, dòng 2, cột “Thời hạn giải quyết”:")
    assert told[1].startswith("bang.xlsx, trang “Sheet”, dòng 3, cột “Phí, lệ phí”:")
    assert "dòng 4, cột “Mã TTHC”" in told[2]
    kept = {one.code: one.fields for one in reading.stated}
    assert "times" not in kept["1.001193"]
    assert kept["1.001193"]["fee"].status is FeeStatus.FREE
    assert "fee" not in kept["1.000894"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_written_and_read_back_changes_nothing(
    tmp_path: Path, snapshot: Snapshot, suffix: str
) -> None:
    path = tmp_path / f"xuat{suffix}"
    assert write_procedures(path, snapshot.procedures) == len(snapshot.procedures)
    weighing = weigh(read_table(path, seen=TODAY), Layers(content=snapshot), "")
    assert weighing.faults == []
    assert {row.effect for row in weighing.rows} == {Effect.UNCHANGED}
    assert weighing.edits == []


def test_a_formula_in_a_text_is_not_run_and_comes_back(tmp_path: Path) -> None:
    evil = make_procedure(result="=HYPERLINK(1)", for_whom="'chỉ người già'", papers_note="-1+2")
    path = tmp_path / "xuat.xlsx"
    write_procedures(path, [evil])
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell for cell in cells if str(cell.value or "").startswith(("=", "-"))]
    (stated,) = read_table(path, seen=TODAY).stated
    assert stated.fields["result"] == "=HYPERLINK(1)"
    assert stated.fields["for_whom"] == "'chỉ người già'"
    assert stated.fields["papers_note"] == "-1+2"


def test_an_abolished_procedure_is_told_as_such(tmp_path: Path) -> None:
    known = Snapshot(procedures=(make_procedure("1.004873", "Giấy độc thân", has_card=True),))
    reading = read_table(a_decision(tmp_path / "quyet-dinh.docx"), seen=TODAY)
    weighing = weigh(reading, Layers(content=known), "")
    (gone,) = weighing.of(Effect.ABOLISHED)
    assert gone.code == "1.004873"
    edit = next(one for one in weighing.edits if one.code == gone.code)
    assert edit.fields["abolished"] == "Quyết định 1234/QĐ-UBND"
    assert {one.field for one in edit.fields["sources"]} == {"abolished"}


def test_what_abolishes_a_procedure_and_what_follows_it_is_read_from_its_columns(
    tmp_path: Path,
) -> None:
    known = Snapshot(procedures=(make_procedure("1.004873", "Giấy độc thân"),))
    headings = [*HEADINGS[:3], "Tên VBQPPL quy định việc bãi bỏ TTHC", "Mã TTHC mới"]
    row = [1, "1.004873", "Giấy độc thân", "Nghị định số 120/2025/NĐ-CP", "1.111111"]
    path = a_sheet(tmp_path / "bai-bo.xlsx", row, headings=headings)
    weighing = weigh(read_table(path, seen=TODAY), Layers(content=known), "")
    assert [one.code for one in weighing.of(Effect.ABOLISHED)] == ["1.004873"]
    told = weighing.edits[0].fields
    assert (told["abolished"], told["renumbered_to"]) == (row[3], row[4])
    amended = "Tên VBQPPL quy định nội dung sửa đổi, bổ sung, thay thế"
    assert columns().field_of(amended) != "abolished"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF", "chỉ đọc được tệp .xlsx, .csv, .docx"),
        ("a.xlsx", b"PK\x03\x04 rest", "tệp hỏng"),
        ("a.xlsx", b"<html>", "nội dung không phải .xlsx"),
        ("a.csv", b"PK\x03\x04 rest", "không phải tệp văn bản"),
        ("a.csv", b"a\0b,c\n", "không phải tệp văn bản"),
        ("a.csv", b"a\x8d,b\n", "bảng mã lạ"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "mật khẩu hoặc kiểu cũ"),
        ("a.csv", b"", "tệp trống"),
        ("a.csv", "một,hai\nba,bốn\n".encode(), "không thấy dòng tiêu đề"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        read_table(tmp_path / name, seen=TODAY)


def test_columns_nobody_knows_and_rows_without_texts_are_told(tmp_path: Path) -> None:
    row = [1, "2.000815", "Chứng thực bản sao từ bản chính", "ô này không đọc"]
    strange = a_sheet(tmp_path / "la.xlsx", row, headings=[*HEADINGS[:3], "Việc của em"])
    told = run(tmp_path, "knowledge", "import", str(strange), "--dry-run")
    assert "Cột không nhận ra nên không đọc: “Việc của em”." in told.output
    formulas = a_sheet(tmp_path / "ct.xlsx", ["=1+1", "=A1", "=A1"], headings=HEADINGS[:3])
    assert "Không thấy dòng" in run(tmp_path, "knowledge", "import", str(formulas)).output


def test_a_workbook_under_a_documents_name_is_told_from_one(tmp_path: Path) -> None:
    a_sheet(tmp_path / "bang.xlsx").rename(tmp_path / "bang.docx")
    with pytest.raises(UnreadableFile, match=r"nội dung không phải \.docx"):
        read_table(tmp_path / "bang.docx", seen=TODAY)


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"mat\.csv: không mở được tệp"):
        read_table(tmp_path / "mat.csv", seen=TODAY)


def test_an_offices_table_is_exported_with_what_it_tells(furnished: Path) -> None:
    path = furnished / "xuat.csv"
    told = run(furnished, "knowledge", "export", str(path))
    assert told.exit_code == 0, told.output
    rows = read_table(path, seen=TODAY).stated
    assert str(len(rows)) in told.output
    assert "1.001193" in {one.code for one in rows}


def test_every_column_is_a_field_of_a_procedure() -> None:
    ours = set(make_procedure().__slots__) | {"number"}
    parts = {"source_name", "source_seen", "source_url"}
    assert set(columns().headings) - parts == ours - {"source", "sources"}


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"DATA_DIR": str(folder)})


def test_an_import_changes_the_answer_and_a_dry_run_does_not(tmp_path: Path) -> None:
    furnish_little(tmp_path)
    path = a_sheet(
        tmp_path / "bang.xlsx",
        [1, "1.001193", "Đăng ký khai sinh", "", "3.210 đồng/bản"],
    )
    asked = ("ask", "lệ phí đăng ký khai sinh")
    dry = run(tmp_path, "knowledge", "import", str(path), "--dry-run")
    assert "Chạy thử" in dry.output
    assert "→ 3.210 đồng/bản" in dry.output
    assert "3.210" not in run(tmp_path, *asked).output
    done = run(tmp_path, "knowledge", "import", str(path))
    assert done.exit_code == 0, done.output
    told = run(tmp_path, *asked).output
    assert "3.210" in told
    assert "bang.xlsx" not in told
    listed = run(tmp_path, "knowledge", "edits").output
    assert "1.001193" in listed
    assert "Phí, lệ phí" in listed
    undone = run(tmp_path, "knowledge", "edits", "--undo", "1.001193", "--undo", "9.999999")
    assert undone.exit_code == 1
    assert undone.output.startswith("Đã bỏ phần cơ quan tự sửa của 1.001193 (")
    assert "Phí, lệ phí); nội dung có trước đó" in undone.output
    assert "Cơ quan không tự sửa gì mang mã 9.999999" in undone.output
    assert "3.210" not in run(tmp_path, *asked).output
    assert "chưa tự sửa" in run(tmp_path, "knowledge", "edits").output
    assert run(tmp_path, "knowledge", "edits", "--undo", "1.001193").exit_code == 1
    changes = run(tmp_path, "knowledge", "history", "1.001193").output
    assert "Phí, lệ phí: (cơ quan không tự nêu) → 3.210 đồng/bản" in changes
    assert "Phí, lệ phí: 3.210 đồng/bản → (cơ quan không tự nêu)" in changes
    never = run(tmp_path, "knowledge", "history", "9.999999")
    assert (never.exit_code, "chưa sửa gì mang mã 9.999999" in never.output) == (1, True)


def test_an_unknown_office_is_refused_with_those_there_are(furnished: Path) -> None:
    refused = run(furnished, "knowledge", "export", str(furnished / "a.csv"), "--office", "la")
    assert refused.exit_code == 2
    assert "Không có cơ quan nào mang mã “la”" in refused.output


def an_edited_export(path: Path, known: Procedure, **changes: Any) -> TableReading:
    write_procedures(path, [replace(known, **changes)])
    return read_table(path, seen=TODAY)


FEE = Fee(status=FeeStatus.KNOWN, lines=(FeeLine(amount=9000),))
OFFICE = Office(code=OfficeCode("xa"), name="UBND xã Mẫu", province="52")
OWN = Source(name="UBND xã Mẫu", seen=TODAY)


def said_by(source: Source, *fields: str) -> tuple[FieldSource, ...]:
    return tuple(FieldSource(field=one, source=source) for one in fields)


def test_a_figure_an_office_changed_is_the_offices_word(tmp_path: Path) -> None:
    known = make_procedure(source=Source(name="Cổng", seen=date(2025, 1, 1), url="https://a.vn"))
    layers = Layers(content=Snapshot(procedures=(known,), offices=(OFFICE,)))
    reading = an_edited_export(tmp_path / "a.csv", known, fee=FEE)
    (edit,) = weigh(reading, layers, "xa").edits
    assert (edit.fields["fee"], edit.fields["sources"]) == (FEE, said_by(OWN, "fee"))
    later = replace(reading, seen=date(2027, 1, 1))
    assert weigh(later, replace(layers, edits=(edit,)), "xa").edits == []
    named = Source(name="Nghị quyết 1", seen=TODAY)
    renamed = an_edited_export(tmp_path / "b.csv", known, fee=FEE, source=named)
    assert weigh(renamed, layers, "xa").edits[0].fields["sources"] == said_by(named, "fee")


def test_each_field_keeps_the_source_and_day_of_who_stated_it(tmp_path: Path) -> None:
    known = make_procedure(papers_note="Theo Cổng")
    layers = Layers(content=Snapshot(procedures=(known,), offices=(OFFICE,)))
    first = a_sheet(tmp_path / "a.xlsx", [1, known.code, known.official_name, "", "9.000 đồng"])
    layers = replace(layers, edits=tuple(weigh(read_table(first, seen=TODAY), layers, "xa").edits))
    later = date(2027, 1, 1)
    second = a_sheet(tmp_path / "b.xlsx", [1, known.code, known.official_name, "2 ngày", ""])
    layers = replace(
        layers, edits=tuple(weigh(read_table(second, seen=later), layers, "xa").edits)
    )
    (told,) = layers.snapshot("xa").procedures
    assert told.source == told.source_of("papers") == known.source
    assert told.source_of("fee") == OWN
    assert told.source_of("times") == replace(OWN, seen=later)


def test_a_field_the_commune_states_after_the_province_is_the_communes(tmp_path: Path) -> None:
    province = Office(code=OfficeCode("tinh"), name="UBND tỉnh Mẫu", province="52")
    commune = replace(OFFICE, parent=province.code)
    known = make_procedure()
    layers = Layers(content=Snapshot(procedures=(known,), offices=(province, commune)))
    row = [1, known.code, known.official_name]
    stated = {"tinh": [*row, "3 ngày", "8.000 đồng"], "xa": [*row, "", "9.000 đồng"]}
    for office, told in stated.items():
        reading = read_table(a_sheet(tmp_path / f"{office}.xlsx", told), seen=TODAY)
        edits = (*layers.edits, *weigh(reading, layers, office).edits)
        layers = replace(layers, edits=edits)
    (seen,) = layers.snapshot("xa").procedures
    assert seen.source_of("fee") == OWN
    assert seen.source_of("times").name == province.name


def test_a_table_without_sources_speaks_for_the_office_not_the_file(tmp_path: Path) -> None:
    layers = Layers(content=Snapshot(procedures=(make_procedure(),), offices=(OFFICE,)))
    row = [1, "1.001193", "Đăng ký khai sinh", "2 ngày", "Không"]
    reading = read_table(a_sheet(tmp_path / "a.xlsx", row), seen=TODAY)
    weighing = weigh(reading, layers, "xa")
    assert weighing.edits[0].fields["sources"] == said_by(OWN, "fee", "times")
    assert weighing.rows[0].figures["times"] == ("", "2 ngày")


def test_a_row_without_a_code_is_blamed_on_itself(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "a.xlsx",
        [1, "1.001193", "Đăng ký khai sinh", "2 ngày", "Không"],
        ["", "", "Việc không có mã", "3 ngày", ""],
    )
    layers = Layers(content=Snapshot(procedures=(make_procedure(),)))
    weighing = weigh(read_table(path, seen=TODAY), layers, "")
    assert [(row.code, row.row) for row in weighing.rows] == [("1.001193", 2)]
    assert [(fault.row, fault.column) for fault in weighing.faults] == [(3, "Mã TTHC")]


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("trực tuyến 0đ", [(0, "trực tuyến")]),
        ("trực tuyến không thu; trực tiếp: 10k", [(0, "trực tuyến"), (10_000, "trực tiếp")]),
        ("10k", [(10_000, "")]),
        ("20.000 - 50.000 đồng", [(20_000, "mức thấp nhất"), (50_000, "mức cao nhất")]),
        ("20-50 nghìn đồng", [(20_000, "mức thấp nhất"), (50_000, "mức cao nhất")]),
    ],
)
def test_fees_as_provinces_write_them_are_read(cell: str, lines: list[tuple[int, str]]) -> None:
    fee = read_fee_cell(cell)
    assert [(line.amount, line.case) for line in fee.lines] == lines
    assert read_fee_cell(write_fee(fee)) == fee


@pytest.mark.parametrize(
    "cell",
    ["10 kg", "5-7", "không thu; 10.000 đồng", "-10.000 đồng", "10kk", "50.000 - 20.000 đồng"],
)
def test_a_fee_that_could_mean_anything_is_refused(cell: str) -> None:
    with pytest.raises(NotUnderstood):
        read_fee_cell(cell)


@pytest.mark.parametrize(
    ("cell", "times"),
    [
        ("ngay", [(None, "")]),
        ("5-7 ngày làm việc", [(5, "sớm nhất"), (7, "muộn nhất")]),
        ("từ 5 đến 7 ngày", [(5, "sớm nhất"), (7, "muộn nhất")]),
    ],
)
def test_times_as_provinces_write_them_are_read(
    cell: str, times: list[tuple[int | None, str]]
) -> None:
    read = read_times_cell(cell)
    assert [(one.amount, one.case) for one in read] == times
    assert read_times_cell(write_times(read)) == read


@pytest.mark.parametrize(
    "cell", ["ngày", "5-7", "-5 ngày", "ngay mai", "7-5 ngày", "5.5-7 ngày", "0-2 ngày"]
)
def test_a_time_that_could_mean_anything_is_refused(cell: str) -> None:
    with pytest.raises(NotUnderstood):
        read_times_cell(cell)


def test_a_law_is_known_by_its_title_and_year() -> None:
    assert read_legal("Luật Hộ tịch 2014\nLuật Hộ tịch năm 2014") == ("60/2014/QH13",)
    for strange in ("Luật Hộ tịch 2015", "Luật Trồng cây 2014", "Luật"):
        with pytest.raises(NotUnderstood, match="số hiệu văn bản"):
            read_legal(strange)


def test_a_number_under_a_heading_in_thousands_is_read_so_or_refused_with_the_reason(
    tmp_path: Path,
) -> None:
    headings = [*HEADINGS[:4], "Lệ phí (nghìn đồng)"]
    rows = [
        [1, "1.001193", "Đăng ký khai sinh", "", 20],
        [2, "1.000894", "Đăng ký kết hôn", "", 20000],
    ]
    reading = read_table(a_sheet(tmp_path / "a.xlsx", *rows, headings=headings), seen=TODAY)
    assert reading.stated[0].fields["fee"].lines == (FeeLine(amount=20_000),)
    assert "tiêu đề cột ghi nghìn mà ô ghi “20000”" in reading.faults[0].problem


def test_a_case_that_takes_the_place_of_all_others_is_pointed_out(tmp_path: Path) -> None:
    free = Fee(status=FeeStatus.FREE)
    layers = Layers(content=Snapshot(procedures=(make_procedure(fee=free),)))
    row = [1, "1.001193", "Đăng ký khai sinh", "2 ngày"]
    told = {
        "Quá hạn: 8.000 đồng": ("fee",),
        "Đúng hạn: không thu\nQuá hạn: 8.000 đồng": ("fee",),
        "8.000 đồng": (),
    }
    said = "CHÚ Ý: ô mới chỉ nói trường hợp riêng; phần “Không thu” không còn"
    for cell, narrowed in told.items():
        reading = read_table(a_sheet(tmp_path / "a.xlsx", [*row, cell]), seen=TODAY)
        weighing = weigh(reading, layers, "")
        assert weighing.rows[0].narrowed == narrowed, cell
        assert (said in as_text(weighing, dry_run=True)) == bool(narrowed)


def test_faults_stand_in_the_order_of_the_rows_each_once(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "a.xlsx",
        [1, "9.999999", "Việc lạ", "", ""],
        [2, "1.001193", "Đăng ký khai sinh", "hôm nào cũng được", "chắc 50"],
        ["", "", "Việc không có mã", "3 ngày", ""],
    )
    layers = Layers(content=Snapshot(procedures=(make_procedure(),)))
    rows = [fault.row for fault in weigh(read_table(path, seen=TODAY), layers, "").faults]
    assert rows == [2, 3, 3, 4]


def test_an_export_overwrites_nothing_unasked_and_says_where_it_cannot_write(
    furnished: Path,
) -> None:
    mine = furnished / "thu-tuc.csv"
    mine.write_text("đang sửa", encoding="utf-8")
    refused = run(furnished, "knowledge", "export", str(mine))
    assert refused.exit_code == 1
    assert "không ghi đè" in refused.output
    assert mine.read_text(encoding="utf-8") == "đang sửa"
    assert run(furnished, "knowledge", "export", str(mine), "--overwrite").exit_code == 0
    assert mine.stat().st_size > 10_000
    nowhere = run(furnished, "knowledge", "export", str(furnished / "khong" / "co.xlsx"))
    assert nowhere.exit_code == 1
    assert "không có thư mục" in nowhere.output
    assert "Errno" not in nowhere.output


def test_a_table_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_procedures(path, [make_procedure()])
    before = path.read_bytes()
    with pytest.raises(UnreadableFile, match="chỉ chứa"):
        write_procedures(path, [make_procedure(result="a" * 40_000)])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_stands_in_the_way_of_a_table_is_told_and_left(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a.xlsx.part"
    in_the_way.mkdir()
    with pytest.raises(UnreadableFile, match="không ghi được tệp"):
        write_procedures(tmp_path / "a.xlsx", [make_procedure()])
    assert in_the_way.is_dir()


WRITE = """
from pathlib import Path
from knowledge.office_table import write_procedures
from knowledge.testing import make_procedure
write_procedures(Path("thu-tuc.xlsx"), [make_procedure()])
"""


def test_a_folder_that_can_only_be_read_is_told_as_such(tmp_path: Path) -> None:
    inside = 'mount -t tmpfs -o ro none "$1" && cd "$1" && PYTHONPATH="$2" exec "$3" -c "$4"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside, "-"]
    values = [str(tmp_path), str(Path(__file__).parents[2]), sys.executable, WRITE]
    ended = subprocess.run([*command, *values], capture_output=True, text=True, check=False)
    if not ended.stderr.startswith("Traceback"):
        pytest.skip(f"no namespace of our own here: {ended.stderr}")
    last = ended.stderr.splitlines()[-1]
    assert "UnreadableFile: thu-tuc.xlsx: không ghi được tệp, thư mục này chỉ đọc được" in last
