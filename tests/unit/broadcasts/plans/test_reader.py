"""Whole plans, invented for these tests, read from files of every kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadcasts.plans.comparing import flat
from broadcasts.plans.document import Document, Paragraph
from broadcasts.plans.models import Entry, EntryKind, Flag, Plan, PlanReaders, Use
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.plans.telling import told_plan
from broadcasts.timing import TimingKind, read_timing
from tests.unit.broadcasts.plans import making


def _read(path: Path, year: int = 2026) -> Plan:
    return read_plan(read_document(path), year, read_timing)


def _codes(flags: tuple[Flag, ...]) -> list[str]:
    return [flag.code for flag in flags]


def _entry(plan: Plan, no: str) -> Entry:
    return next(one for one in plan.entries if one.no == no)


def test_a_word_plan_with_merged_cells_and_numbers_by_word(tmp_path: Path) -> None:
    plan = _read(making.ward_plan(tmp_path / "p.docx"))
    assert (plan.number, str(plan.date)) == ("45/KH-UBND", "2026-01-12")
    assert plan.issuer == "Ủy ban nhân dân phường Hòa Lâm"
    assert plan.title == "Kế hoạch Truyền thông cải cách hành chính phường Hòa Lâm năm 2026"
    assert [one.no for one in plan.entries] == ["1", "2", "3", "4", "5"]
    assert [one.text for one in plan.purposes] == ["Người dân biết thủ tục làm ở đâu."]
    assert len(plan.basis) == 1


@pytest.mark.parametrize(
    "head",
    [
        "Số: 12/KH-UBND ngày 05/01/2026",
        "Số 12/KH-UBND ngày 05 tháng 01 năm 2026",
        "Số: 12/KH-UBND    An Nhơn, ngày 5 tháng 1 năm 2026",
        "Số: 12/KH-UBND\nAn Nhơn, ngày 05/01/2026",
    ],
)
def test_a_number_and_a_day_in_one_cell_are_both_read(tmp_path: Path, head: str) -> None:
    plan = _read(making.one_cell_sheet(tmp_path / "p.xlsx", head))
    assert (plan.number, str(plan.date)) == ("12/KH-UBND", "2026-01-05")


@pytest.mark.parametrize(
    "head",
    ["Số: 12/KH-UBND ngày 05/01", "Số lượng 05/01/2026", "Thực hiện từ, ngày 05/01/2026 đến"],
)
def test_a_day_that_is_not_the_heads_is_asked_for(tmp_path: Path, head: str) -> None:
    plan = _read(making.one_cell_sheet(tmp_path / "p.xlsx", head))
    assert plan.date is None
    assert "date_missing" in _codes(plan.flags)


TAIL = ("III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng", "Theo dõi việc thực hiện kế hoạch.")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("STT", "Nội dung", "Cơ quan chủ Cơ quan phối Thời gian trì hợp"), True),
        (("STT Nội dung Chủ trì Thời gian thực hiện",), True),
        (("Số TT", "Hoạt động", "Thời hạn"), True),
        (("TT Tin học", "Phường mở lớp."), False),
        (("Nội dung và thời gian do đơn vị chủ trì chọn.",), False),
    ],
)
def test_a_table_without_lines_is_told_rather_than_guessed(
    lines: tuple[str, ...], *, told: bool
) -> None:
    texts = ("KẾ HOẠCH", "Truyền thông năm 2026", "II. HOẠT ĐỘNG", *lines, *TAIL)
    blocks = [Paragraph(text=one, place=f"đoạn {at}") for at, one in enumerate(texts, 1)]
    plan = read_plan(Document(name="p.pdf", blocks=tuple(blocks)), 2026, read_timing)
    found = [one.text for one in plan.flags if one.code == "unruled_table"]
    assert len(found) == told
    assert all("(đoạn 4)" in one and ".docx" in one for one in found)
    assert ("no_table" in _codes(plan.flags)) is not told


def test_headings_over_two_rows_tell_who_leads_and_who_helps(tmp_path: Path) -> None:
    first = _entry(_read(making.ward_plan(tmp_path / "p.docx")), "1")
    assert first.lead == ("Phòng Nội vụ",)
    assert first.cooperating == ("Văn phòng HĐND và UBND phường",)


def test_rows_of_sections_tell_whom_entries_are_for(tmp_path: Path) -> None:
    plan = _read(making.ward_plan(tmp_path / "p.docx"))
    official, citizen = PlanReaders.OFFICIAL, PlanReaders.CITIZEN
    assert [one.audience for one in plan.entries] == [official] * 2 + [citizen] * 3
    assert _entry(plan, "1").section == "I. Đối với cán bộ, công chức"


def test_a_cell_with_two_activities_has_two_entries_below(tmp_path: Path) -> None:
    third = _entry(_read(making.ward_plan(tmp_path / "p.docx")), "3")
    assert [(one.no, one.content, one.time_text) for one in third.entries] == [
        ("3.1", "Phát tờ rơi.", "Tháng 3."),
        ("3.2", "Ngày hội dịch vụ công.", "01 lần/quý"),
    ]
    assert third.entries[1].timing.kind is TimingKind.RECURRING
    assert third.entries[0].lead == ("Công an phường",)
    assert third.source == "bảng 2, dòng 8"
    assert third.entries[1].source == "bảng 2, dòng 8, ý 2"


def test_a_time_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    plan = _read(making.ward_plan(tmp_path / "p.docx"))
    assert _entry(plan, "4").time_text == _entry(plan, "5").time_text == "02 tin/tháng"


def test_duties_beside_a_table_are_kept_apart(tmp_path: Path) -> None:
    plan = _read(making.ward_plan(tmp_path / "p.docx"))
    assert [(one.kind, one.lead, one.time_text) for one in plan.duties] == [
        (EntryKind.DUTY, ("Phòng Nội vụ",), "định kỳ 6 tháng và năm")
    ]


def test_blanks_of_the_head_are_flagged_and_not_made_up(tmp_path: Path) -> None:
    plan = _read(making.department_plan(tmp_path / "p.docx"))
    assert (plan.number, plan.date, plan.issuer) == ("/KH-STP", None, "Sở Tư pháp")
    assert {"number_blank", "date_blank"} <= set(_codes(plan.flags))


def test_columns_in_other_words_and_unknown_ones(tmp_path: Path) -> None:
    plan = _read(making.department_plan(tmp_path / "p.docx"))
    first, second = plan.entries
    assert first.lead == ("Văn phòng Sở",)
    assert first.cooperating == ("Phòng Hộ tịch", "Thanh tra Sở")
    assert (first.product, first.others) == ("Bộ 50 câu hỏi", {"Mức ưu tiên": "Cao"})
    assert "unknown_column" in _codes(plan.flags)
    assert set(_codes(second.flags)) == {"units_unclear", "lead_inferred", "timing_unclear"}
    assert first.audience is PlanReaders.OFFICIAL


def test_a_plan_without_a_table_is_read_by_the_duties_of_units(tmp_path: Path) -> None:
    plan = _read(making.duties_plan(tmp_path / "p.docx"))
    assert "no_table" in _codes(plan.flags)
    assert [one.no for one in plan.entries] == ["1", "2.1", "2.2"]
    first = plan.entries[0]
    assert first.lead == ("Công chức Văn hóa - Xã hội",)
    assert first.cooperating == ("Đoàn xã", "Hội Nông dân")
    assert first.timing.kind is TimingKind.ONCE_BY_DEADLINE
    assert _codes(plan.entries[2].flags) == ["no_time"]
    assert (plan.number, plan.issuer) == (None, "UBND xã Nậm Lành")
    assert "issuer_from_prose" in _codes(plan.flags)


def test_a_sheet_with_a_column_for_each_month(tmp_path: Path) -> None:
    plan = _read(making.months_sheet(tmp_path / "p.xlsx"))
    assert (plan.number, plan.issuer) == ("07/KH-BQL", "Ban Quản lý chợ trung tâm")
    assert [one.time_text for one in plan.entries] == [
        "Tháng 1, Tháng 2, Tháng 3",
        "Tháng 6, Tháng 12",
        "",
    ]
    assert set(_codes(plan.entries[2].flags)) == {"no_lead", "no_time"}
    assert plan.entries[0].source == "trang tính “KH 2026”, dòng 7"


def test_one_number_over_three_rows_is_one_entry_with_three(tmp_path: Path) -> None:
    plan = _read(making.dates_sheet(tmp_path / "p.xlsx"))
    first, second = plan.entries
    assert [one.content for one in first.entries] == [
        "Viết bài giới thiệu",
        "Quay phim ngắn",
        "Chiếu phim ở nhà văn hóa",
    ]
    assert first.entries[1].time_text == "từ 01/4/2026 đến 15/4/2026"
    assert all(one.lead == ("Phòng Kinh tế",) for one in first.entries)
    assert second.time_text == "đến 15/12/2026"


def test_a_text_row_broken_between_pages_is_joined_and_repeated_headings_dropped(
    tmp_path: Path,
) -> None:
    plan = _read(making.text_plan(tmp_path / "p.txt"))
    first, second = plan.entries
    assert first.content == "In sổ tay hướng dẫn thủ tục cho người cao tuổi"
    assert first.lead == ("Phòng Nội vụ huyện",)
    assert first.source == "bảng 1, dòng 2; bảng 1, dòng 3"
    assert second.lead == ("Văn phòng HĐND và UBND huyện",)


def test_a_pdf_with_a_table_over_three_pages() -> None:
    plan = _read(making.FILES / "table.pdf")
    assert (plan.number, str(plan.date)) == ("214/KH-UBND", "2026-01-26")
    assert plan.issuer == "Ủy ban nhân dân xã Sông Tranh"
    assert [one.no for one in plan.entries] == ["1", "2", "3", "4", "5", "6"]
    broken = _entry(plan, "4")
    assert broken.lead == (
        "Văn phòng HĐND và UBND xã",
        "Trung tâm Văn hóa – Thông tin – Thể thao xã",
    )
    assert broken.content.endswith(
        "cách trả lời phản ánh, kiến nghị và cách giữ gìn thông tin của người nộp hồ sơ"
    )
    assert [one.time_text for one in _entry(plan, "2").entries] == [
        "Trong quý I.",
        "Trước 30/6/2026.",
        "01 lần/quý.",
    ]
    assert _entry(plan, "3").cooperating == ("Các cơ quan, đơn vị, UBND các xã, phường lân cận",)
    assert [one.readers for one in plan.audiences] == [PlanReaders.OFFICIAL, PlanReaders.CITIZEN]
    assert plan.flags == ()


def test_a_pdf_without_a_table() -> None:
    plan = _read(making.FILES / "duties.pdf", 2027)
    assert plan.issuer == "Trung tâm Y tế khu vực Bắc Sơn"
    assert [one.no for one in plan.entries] == ["1.1", "1.2", "2", "3"]
    assert plan.entries[0].time_text == "hoàn thành trước ngày 31/3/2027"
    assert plan.entries[0].cooperating == (
        "Phòng Điều dưỡng",
        "Khoa Khám bệnh",
        "các trạm y tế xã",
    )
    assert plan.entries[3].lead == ("Công đoàn cơ sở", "Đoàn Thanh niên")


def test_activities_in_prose_are_read_by_their_labelled_lines(tmp_path: Path) -> None:
    plan = _read(making.labelled_plan(tmp_path / "p.txt"))
    assert plan.issuer == "Sở Khoa học và Công nghệ"
    assert "no_table_labelled" in _codes(plan.flags)
    first, second = plan.entries
    assert first.content == "Mở hội nghị tuyên truyền\nPhổ biến văn bản mới."
    assert (first.lead, first.cooperating) == (("Văn phòng Sở",), ("Thanh tra Sở",))
    assert (first.no, first.source) == ("1", "mục I.1, đoạn 7")
    assert second.timing.kind is TimingKind.RECURRING
    assert [one.time_text for one in plan.duties] == ["thực hiện thường xuyên"]


def test_entries_below_entries_keep_their_numbers_and_inherit_the_unit(tmp_path: Path) -> None:
    plan = _read(making.numbered_text(tmp_path / "p.txt"))
    assert (plan.number, str(plan.date)) == ("77/QĐ-SYT", "2026-01-14")
    first, second = plan.entries
    assert (first.time_text, first.section) == ("Hàng tháng", "I Cho người dân")
    assert [(one.no, one.lead) for one in first.entries] == [
        ("1.1", ("Văn phòng Sở",)),
        ("1.2", ("Ban Biên tập",)),
    ]
    assert (second.no, second.budget) == ("2", "70")
    assert "Tổng cộng" not in " ".join(one.content for one in plan.entries)


MADE: list[tuple[str, Callable[[Path], Path]]] = [
    ("a.docx", making.ward_plan),
    ("b.docx", making.department_plan),
    ("c.docx", making.duties_plan),
    ("d.xlsx", making.months_sheet),
    ("e.xlsx", making.dates_sheet),
    ("f.txt", making.text_plan),
    ("g.txt", making.labelled_plan),
    ("h.txt", making.numbered_text),
]


@pytest.mark.parametrize(("name", "make"), MADE, ids=[name for name, _ in MADE])
def test_every_word_of_the_document_is_accounted_for(
    name: str, make: Callable[[Path], Path], tmp_path: Path
) -> None:
    document = read_document(make(tmp_path / name))
    plan = read_plan(document, 2026, read_timing)
    told = " ".join(one.text for one in plan.coverage).split()
    assert set(_words(document)) == {one for one in told if one != "|"}


@pytest.mark.parametrize(("name", "make"), MADE, ids=[name for name, _ in MADE])
def test_every_row_of_the_table_stands_in_an_entry(
    name: str, make: Callable[[Path], Path], tmp_path: Path
) -> None:
    plan = _read(make(tmp_path / name))
    sources = {place for entry in flat(plan.entries) for place in entry.source.split("; ")}
    rows = {one.source for one in plan.coverage if one.use is Use.ENTRY and "dòng" in one.source}
    assert rows <= sources


def test_the_told_plan_has_the_agreed_names(tmp_path: Path) -> None:
    told = told_plan(_read(making.ward_plan(tmp_path / "p.docx")))
    assert list(told)[:4] == ["number", "date", "issuer", "entries"]
    assert {
        "no",
        "content",
        "forms",
        "lead",
        "cooperating",
        "time_text",
        "timing",
        "audience",
        "entries",
        "flags",
        "source",
        "note",
    } <= set(told["entries"][0])
    assert {"kind", "start", "end", "count", "per", "note"} <= set(told["entries"][0]["timing"])


def _words(document: Document) -> list[str]:
    told: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            told += block.text.split()
        else:
            told += " ".join(cell.text for row in block.rows for cell in row.cells).split()
    return told
