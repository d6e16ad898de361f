"""Plans invented for these tests, as files of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

FILES = Path(__file__).with_name("files")
Rows = Sequence[Sequence[str]]


def ward_plan(path: Path) -> Path:
    """A ward's plan: head in a table, numbers by Word, headings over two rows, merged cells."""
    book = docx.Document()
    _head(
        book,
        "ỦY BAN NHÂN DÂN\nPHƯỜNG HÒA LÂM",
        "Số: 45/KH-UBND",
        "Hòa Lâm, ngày 12 tháng 01 năm 2026",
    )
    for text in ("KẾ HOẠCH", "Truyền thông cải cách hành chính phường Hòa Lâm năm 2026"):
        book.add_paragraph(text)
    book.add_paragraph("Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND thành phố;")
    book.add_paragraph("I. MỤC ĐÍCH")
    book.add_paragraph("Người dân biết thủ tục làm ở đâu.", style="List Bullet")
    book.add_paragraph("II. CÁC HOẠT ĐỘNG")
    table = book.add_table(rows=0, cols=6)
    _rows(
        table,
        (
            ("STT", "Nội dung công việc", "Đơn vị thực hiện", "", "Thời gian", "Ghi chú"),
            ("", "", "Chủ trì", "Phối hợp", "", ""),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            ("I. Đối với cán bộ, công chức", "", "", "", "", ""),
            (
                "",
                "Quán triệt văn bản mới",
                "Phòng Nội vụ",
                "Văn phòng HĐND và UBND phường",
                "Thường xuyên",
                "",
            ),
            (
                "",
                "Mở lớp kỹ năng trả lời phản ánh",
                "Phòng Nội vụ; Trung tâm Chính trị",
                "",
                "Quý II/2026",
                "02 lớp",
            ),
            ("II. Đối với người dân, doanh nghiệp", "", "", "", "", ""),
            (
                "",
                "- Phát tờ rơi.\n- Ngày hội dịch vụ công.",
                "Công an phường",
                "Các khu phố",
                "- Tháng 3.\n- 01 lần/quý",
                "",
            ),
            (
                "",
                "Đăng tin trên trang điện tử",
                "Văn phòng HĐND và UBND phường",
                "Các khu phố",
                "02 tin/tháng",
                "",
            ),
            ("", "Niêm yết thủ tục", "Trung tâm Phục vụ hành chính công", "", "", ""),
        ),
    )
    _merge(table, ((0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1), (0, 4, 1, 4), (0, 5, 1, 5)))
    _merge(table, ((3, 0, 3, 5), (6, 0, 6, 5), (8, 4, 9, 4)))
    for place in (4, 5, 7, 8, 9):
        _number(table.cell(place, 0).paragraphs[0])
    book.add_paragraph("III. TỔ CHỨC THỰC HIỆN")
    book.add_paragraph("1. Phòng Nội vụ")
    book.add_paragraph("Báo cáo kết quả định kỳ 6 tháng và năm.")
    book.add_paragraph("Nơi nhận:")
    book.add_paragraph("- Lưu: VT.")
    book.save(str(path))
    return path


def department_plan(path: Path) -> Path:
    """A department's plan: no numbers, one column for both sides, a column nobody knows."""
    book = docx.Document()
    _head(
        book,
        "UBND TỈNH ĐẠI AN\nSỞ TƯ PHÁP",
        "Số:      /KH-STP",
        "Đại An, ngày      tháng 02 năm 2026",
    )
    book.add_paragraph("KẾ HOẠCH")
    book.add_paragraph("Tuyên truyền cải cách hành chính năm 2026 của Sở Tư pháp")
    book.add_paragraph("I. ĐỐI TƯỢNG")
    book.add_paragraph("Công chức, viên chức thuộc Sở Tư pháp.")
    table = book.add_table(rows=0, cols=5)
    _rows(
        table,
        (
            ("Nhiệm vụ", "Sản phẩm", "Tiến độ", "Đơn vị chủ trì, phối hợp", "Mức ưu tiên"),
            (
                "Xây dựng bộ câu hỏi",
                "Bộ 50 câu hỏi",
                "Trước 31/5/2026",
                "Chủ trì: Văn phòng Sở; phối hợp: Phòng Hộ tịch, Thanh tra Sở",
                "Cao",
            ),
            ("Tọa đàm chuyên đề", "Biên bản", "vào dịp thích hợp", "Phòng Hộ tịch, Thanh tra", ""),
        ),
    )
    book.save(str(path))
    return path


def duties_plan(path: Path) -> Path:
    """A plan in prose: units as headings that Word numbers, deadlines in sentences."""
    book = docx.Document()
    book.add_paragraph("KẾ HOẠCH")
    book.add_paragraph("Truyền thông cải cách hành chính xã Nậm Lành năm 2026")
    book.add_paragraph("UBND xã Nậm Lành ban hành Kế hoạch truyền thông như sau:")
    book.add_paragraph("I. TỔ CHỨC THỰC HIỆN")
    for unit, told in (
        (
            "Công chức Văn hóa - Xã hội",
            ("Chủ trì, phối hợp với Đoàn xã, Hội Nông dân tổ chức hội thi trước 30/9/2026.",),
        ),
        ("Đài Truyền thanh xã", ("Phát tối thiểu 03 bài/tháng.", "Lưu bản ghi các bài đã phát.")),
    ):
        heading = book.add_paragraph(unit)
        _number(heading)
        for text in told:
            book.add_paragraph(text)
    book.add_paragraph("Trên đây là Kế hoạch truyền thông năm 2026./.")
    book.save(str(path))
    return path


def months_sheet(path: Path) -> Path:
    """A sheet with a column for each month, ticked, below a head in merged cells."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "KH 2026"
    sheet["A1"] = "BAN QUẢN LÝ CHỢ TRUNG TÂM"
    sheet["A2"] = "Số: 07/KH-BQL"
    sheet["A3"] = "KẾ HOẠCH"
    sheet["A4"] = "Truyền thông thủ tục hành chính năm 2026"
    months = [str(month) for month in range(1, 13)]
    sheet.append(["TT", "Hoạt động", "Phụ trách", "Tháng", *[None] * 11])
    sheet.append([None, None, None, *months])
    sheet.append([1, "Phát loa chợ", "Tổ Hành chính", *["x"] * 3, *[None] * 9])
    sheet.append([2, "Họp tiểu thương", "Tổ Hành chính", *[None] * 5, "X", *[None] * 5, "x"])
    sheet.append([3, "Dán thông báo", None, *[None] * 12])
    for block in ("A1:C1", "A5:A6", "B5:B6", "C5:C6", "D5:O5"):
        sheet.merge_cells(block)
    book.save(path)
    return path


def one_cell_sheet(path: Path, head: str) -> Path:
    """A sheet whose number and day stand in one cell."""
    book = Workbook()
    sheet: Any = book.active
    for text in ("UBND XÃ AN NHƠN", head, "KẾ HOẠCH", "Truyền thông năm 2026"):
        sheet.append([text])
    sheet.append(["STT", "Nội dung", "Chủ trì", "Thời gian"])
    sheet.append([1, "Phát loa", "Văn phòng", "02 số/tháng"])
    book.save(path)
    return path


def dates_sheet(path: Path) -> Path:
    """A sheet with begin and end of each activity; one number over three rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["STT", "Nội dung", "Đơn vị chủ trì", "Ngày bắt đầu", "Ngày kết thúc"])
    sheet.append([1, "Viết bài giới thiệu", "Phòng Kinh tế", "01/3/2026", "31/3/2026"])
    sheet.append([None, "Quay phim ngắn", None, "01/4/2026", "15/4/2026"])
    sheet.append([None, "Chiếu phim ở nhà văn hóa", None, "20/4/2026", "30/4/2026"])
    sheet.append([2, "Tổng kết", "Văn phòng", None, "15/12/2026"])
    for block in ("A2:A4", "C2:C4"):
        sheet.merge_cells(block)
    book.save(path)
    return path


def text_plan(path: Path) -> Path:
    """Plain text with tabs; a row broken between two pages."""
    path.write_text(
        "UBND HUYỆN YÊN BÌNH\nSố: 9/KH-UBND\nYên Bình, ngày 02 tháng 3 năm 2026\n\n"
        "**KẾ HOẠCH**\n\n"
        "Tuyên truyền cải cách hành chính năm 2026\n\nTT\tNội dung\tChủ trì\tThời hạn\n"
        "1\tIn sổ tay hướng dẫn thủ\tPhòng Nội\tQuý I\n\n"
        "\ttục cho người cao tuổi\tvụ huyện\t\nTT\tNội dung\tChủ trì\tThời hạn\n"
        "2\tHội nghị tổng kết\tVăn phòng HĐND và UBND huyện\tTháng 12\n",
        encoding="utf-8",
    )
    return path


def _head(book: Any, office: str, number: str, day: str) -> None:
    table = book.add_table(rows=2, cols=2)
    table.cell(0, 0).text = office
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = number
    table.cell(1, 1).text = day


def _rows(table: Any, rows: Rows) -> None:
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            first, *more = text.split("\n")
            cell.text = first
            for line in more:
                cell.add_paragraph(line)


def _merge(table: Any, blocks: Sequence[tuple[int, int, int, int]]) -> None:
    for top, left, bottom, right in blocks:
        text = table.cell(top, left).text
        merged = table.cell(top, left).merge(table.cell(bottom, right))
        merged.text = text


def _number(paragraph: Any) -> None:
    """Let Word count a paragraph, as it does the rows of a table."""
    numbers = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", "5")):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        numbers.append(element)
    paragraph._p.get_or_add_pPr().append(numbers)


def labelled_plan(path: Path) -> Path:
    """A plan in prose whose activities have labelled lines."""
    path.write_text(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 45/KH-SKHCN\nLâm Sơn, ngày 20 tháng 01 năm 2026\n"
        "KẾ HOẠCH\nThông tin, tuyên truyền cải cách hành chính năm 2026\n"
        "I. NỘI DUNG, NHIỆM VỤ\n1. Mở hội nghị tuyên truyền\n"
        "a) Nội dung: Phổ biến văn bản mới.\nb) Thời gian thực hiện: Quý II/2026.\n"
        "c) Đơn vị chủ trì: Văn phòng Sở.\nd) Đơn vị phối hợp: Thanh tra Sở.\n"
        "2. Giữ chuyên mục trên trang thông tin điện tử\n"
        "- Đơn vị thực hiện: Trung tâm Thông tin.\n- Thời gian: 02 tin/tuần.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở theo dõi; thực hiện thường xuyên.\n",
        encoding="utf-8",
    )
    return path


def numbered_text(path: Path) -> Path:
    """A table with sections in Roman numbers, entries below entries, and a total."""
    path.write_text(
        "KẾ HOẠCH\nTruyền thông năm 2026\n(Kèm theo Quyết định số 77/QĐ-SYT ngày 14/01/2026)\n\n"
        "TT\tNHIỆM VỤ\tTHỜI GIAN\tCHỦ TRÌ\tKINH PHÍ\nI\tCho người dân\n"
        "1\tĐăng tin\tHàng tháng\tVăn phòng Sở\t\n1.1\tHỏi đáp\t02 lần/tháng\t\t\n"
        "1.2\tPhóng sự\tQuý II\tBan Biên tập\t\n2\tTờ rơi\tTrước 30/9\tPhòng Y tế\t70\n"
        "\tTổng cộng\t\t\t70\n",
        encoding="utf-8",
    )
    return path
