"""The Word file, opened again, is an administrative document in the form of the decree."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import _Row
from docx.text.paragraph import Paragraph as Written
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.documents import (
    AdministrativeDocument,
    Align,
    Appendix,
    Authority,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Picture,
    Signing,
    Table,
)
from broadcasts.documents.writing import as_docx

RESULTS = Table(
    caption="Bảng 1. Kết quả",
    columns=(
        Column(heading="STT", align=Align.CENTRED),
        Column(heading="Nội dung", width=4),
        Column(heading="Số tin", width=2, align=Align.NUMBER, places=1),
    ),
    rows=((1, "Tin & <bài>", 1234.5), ("", "Tổng", 1234.5)),
    totals=True,
)
REPORT = AdministrativeDocument(
    issuer="Ủy ban nhân dân\nPhường An Nhơn",
    symbol="BC-UBND",
    place="An Nhơn",
    dated=date(2026, 2, 5),
    kind="Báo cáo",
    subject="Kết quả truyền thông năm 2026",
    number=7,
    grounds=("Căn cứ Luật A", "Căn cứ Luật B."),
    blocks=(
        Heading(text="Kết quả"),
        Heading(text="Chung", level=2),
        Paragraph(text="Đã làm xong."),
        Heading(text="Riêng", level=2),
        Heading(text="Loa", level=3),
        Bullets(items=("Một;", "Hai.")),
        RESULTS,
        Heading(text="Đề xuất"),
        Paragraph(text="Không có."),
    ),
    recipients=("Sở Nội vụ", "Thường trực HĐND phường."),
    signing=Signing(
        title="Phó Chủ tịch",
        name="Nguyễn Văn A",
        stead=((Authority.BEHALF, "Ủy ban nhân dân"), (Authority.DEPUTY, "Chủ tịch")),
    ),
)
SHORT = {WD_ALIGN_PARAGRAPH.CENTER: "giữa", WD_ALIGN_PARAGRAPH.JUSTIFY: "đều"}


def mm(length: Length | None) -> float:
    assert length is not None
    return float(length.mm)


def whole(row: _Row) -> bool:
    properties = row._tr.trPr
    return properties is not None and properties.find(qn("w:cantSplit")) is not None


@cache
def opened(content: AdministrativeDocument) -> Document:
    return docx.Document(BytesIO(as_docx(content)))


def paragraphs(document: Document) -> list[Written]:
    """All paragraphs in reading order, those of tables too; the drawn lines left out."""
    found: list[Written] = []
    for block in document.iter_inner_content():
        if isinstance(block, Written):
            found.append(block)
        else:
            found += [one for row in block.rows for cell in row.cells for one in cell.paragraphs]
    return [one for one in found if one.text]


def shape(paragraph: Written) -> tuple[str, float, str]:
    run = paragraph.runs[0]
    marks = "".join(mark for mark, on in (("đ", run.bold), ("n", run.italic)) if on)
    place = SHORT.get(paragraph.alignment or WD_ALIGN_PARAGRAPH.LEFT, "")
    assert run.font.size is not None
    return paragraph.text, run.font.size.pt, " ".join(filter(None, (marks, place)))


def test_the_whole_document_in_its_order() -> None:
    assert [shape(paragraph) for paragraph in paragraphs(opened(REPORT))] == [
        ("ỦY BAN NHÂN DÂN", 12, "đ giữa"),
        ("PHƯỜNG AN NHƠN", 12, "đ giữa"),
        ("Số: 07/BC-UBND", 13, "giữa"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "đ giữa"),
        ("Độc lập - Tự do - Hạnh phúc", 13, "đ giữa"),
        ("An Nhơn, ngày 05 tháng 02 năm 2026", 13, "n giữa"),
        ("BÁO CÁO", 14, "đ giữa"),
        ("Kết quả truyền thông năm 2026", 14, "đ giữa"),
        ("Căn cứ Luật A;", 14, "n đều"),
        ("Căn cứ Luật B.", 14, "n đều"),
        ("I. Kết quả", 14, "đ đều"),
        ("1. Chung", 14, "đ đều"),
        ("Đã làm xong.", 14, "đều"),
        ("2. Riêng", 14, "đ đều"),
        ("a) Loa", 14, "n đều"),
        ("- Một;", 14, "đều"),
        ("- Hai.", 14, "đều"),
        ("Bảng 1. Kết quả", 13, "n giữa"),
        ("STT", 12, "đ giữa"),
        ("Nội dung", 12, "đ giữa"),
        ("Số tin", 12, "đ giữa"),
        ("1", 12, "giữa"),
        ("Tin & <bài>", 12, ""),
        ("1.234,5", 12, ""),
        ("Tổng", 12, "đ"),
        ("1.234,5", 12, "đ"),
        ("II. Đề xuất", 14, "đ đều"),
        ("Không có./.", 14, "đều"),
        ("Nơi nhận:", 12, "đn"),
        ("- Sở Nội vụ;", 11, ""),
        ("- Thường trực HĐND phường;", 11, ""),
        ("- Lưu: VT.", 11, ""),
        ("TM. ỦY BAN NHÂN DÂN", 14, "đ giữa"),
        ("KT. CHỦ TỊCH", 14, "đ giữa"),
        ("PHÓ CHỦ TỊCH", 14, "đ giữa"),
        ("Nguyễn Văn A", 14, "đ giữa"),
    ]


def test_the_sheet_is_a4_with_the_margins_of_the_decree() -> None:
    (section,) = opened(REPORT).sections
    assert (mm(section.page_width), mm(section.page_height)) == pytest.approx((210, 297), abs=0.1)
    assert mm(section.left_margin) == pytest.approx(30, abs=0.1)
    for margin, least, most in (
        (section.top_margin, 20, 25),
        (section.bottom_margin, 20, 25),
        (section.right_margin, 15, 20),
    ):
        assert least - 0.1 <= mm(margin) <= most + 0.1


def test_the_typeface_is_times_new_roman_in_every_script() -> None:
    document = opened(REPORT)
    for name in ("Normal", "Header", "Heading 1", "Heading 2", "Heading 3"):
        fonts = document.styles[name].element.rPr.rFonts
        named = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert named == {"Times New Roman"}
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
    runs = [run for paragraph in paragraphs(document) for run in paragraph.runs]
    assert {run.font.name for run in runs} == {None}


def test_pages_are_numbered_at_the_top_from_the_second_on() -> None:
    (section,) = opened(REPORT).sections
    assert section.different_first_page_header_footer
    (number,) = section.header.paragraphs
    assert "PAGE" in number._p.xml
    assert number.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_headings_are_headings_for_those_who_walk_by_them() -> None:
    styles = {one.text: one.style.name for one in opened(REPORT).paragraphs if one.style}
    assert styles["I. Kết quả"] == "Heading 1"
    assert styles["a) Loa"] == "Heading 3"


def test_the_head_of_a_table_is_repeated_and_its_rows_are_never_torn() -> None:
    table = opened(REPORT).tables[1]
    heads = [number for number, row in enumerate(table.rows) if "w:tblHeader" in row._tr.xml]
    assert heads == [0]
    assert all(whole(row) for row in table.rows)


def test_columns_share_the_width_of_the_text_as_asked() -> None:
    table = opened(REPORT).tables[1]
    widths = [column.width.mm for column in table.columns if column.width]
    assert sum(widths) == pytest.approx(165, abs=0.2)
    assert widths[1] == pytest.approx(4 * widths[0], abs=0.2)


def test_a_narrow_column_has_room_for_its_longest_word() -> None:
    table = Table(
        columns=(Column(heading="STT"), Column(heading="Việc", width=40), Column(heading="Số")),
        rows=((1, "a", 2),),
    )
    made = opened(replace(REPORT, blocks=(table,))).tables[1]
    widths = [mm(column.width) for column in made.columns]
    assert widths[0] > widths[2] > 165 / 42
    assert sum(widths) == pytest.approx(165, abs=0.2)


def test_columns_that_cannot_all_have_room_share_the_width() -> None:
    word = "Nghiêngnghiêngnghiêngnghiêng"
    table = Table(columns=(Column(heading=word),) * 8, rows=())
    made = opened(replace(REPORT, blocks=(table,))).tables[1]
    assert sum(mm(column.width) for column in made.columns) == pytest.approx(165, abs=0.2)


def test_numbers_stand_to_the_right() -> None:
    table = opened(REPORT).tables[1]
    assert table.cell(1, 2).paragraphs[0].alignment is WD_ALIGN_PARAGRAPH.RIGHT


def test_a_line_is_drawn_under_the_issuer_the_motto_and_the_subject() -> None:
    document = opened(REPORT)
    head = [one for cell in document.tables[0].rows[0].cells for one in cell.paragraphs]
    drawn = [one for one in (*head, *document.paragraphs) if "w:pBdr" in one._p.xml]
    assert len(drawn) == 3
    lengths = [
        width - one.paragraph_format.left_indent.mm - one.paragraph_format.right_indent.mm
        for one, width in zip(drawn, (75, 90, 165), strict=True)
    ]
    assert lengths[0] < lengths[2] < lengths[1]
    assert 50 < lengths[1] < 62


def test_what_bears_a_number_is_no_draft() -> None:
    assert "DỰ THẢO" not in ZipFile(BytesIO(as_docx(REPORT))).read("word/document.xml").decode()


def test_a_draft_says_so_on_every_page_and_leaves_number_and_day_open() -> None:
    document = opened(replace(REPORT, number=None))
    texts = [paragraph.text for paragraph in paragraphs(document)]
    assert "DỰ THẢO" in texts
    assert any(text.startswith("Số:  ") and text.endswith("/BC-UBND") for text in texts)
    assert not any("ngày 05" in text for text in texts)
    (section,) = document.sections
    for header in (section.header, section.first_page_header):
        assert 'string="DỰ THẢO"' in header.paragraphs[0]._p.xml


def test_an_official_letter_has_its_subject_under_its_number() -> None:
    letter = replace(REPORT, kind="", symbol="UBND-VP", superior="UBND tỉnh", to=("Sở Nội vụ",))
    texts = [paragraph.text for paragraph in paragraphs(opened(letter))]
    assert texts[:5] == [
        "UBND TỈNH",
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG AN NHƠN",
        "Số: 07/UBND-VP",
        "V/v Kết quả truyền thông năm 2026",
    ]
    assert "Kính gửi: Sở Nội vụ" in texts
    assert "BÁO CÁO" not in texts


def test_several_addressees_stand_one_below_another() -> None:
    texts = [one.text for one in paragraphs(opened(replace(REPORT, to=("Sở A", "Sở B"))))]
    at = texts.index("Kính gửi:")
    assert texts[at + 1 : at + 3] == ["- Sở A;", "- Sở B."]


def test_the_foot_stays_with_the_last_words() -> None:
    document = opened(REPORT)
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs[-2:])
    assert whole(document.tables[-1].rows[0])


def test_the_foot_stays_with_the_last_row_of_a_table() -> None:
    last = opened(replace(REPORT, blocks=(RESULTS,))).tables[1].rows[-1]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells)


def test_a_letter_of_no_words_has_its_head_and_foot() -> None:
    assert len(opened(replace(REPORT, kind="", grounds=(), blocks=())).tables) == 2


def test_a_picture_may_stand_without_a_caption() -> None:
    document = opened(replace(REPORT, blocks=(Picture(content=png(), description="Cột"),)))
    assert len(document.inline_shapes) == 1


def test_an_appendix_begins_a_sheet_of_its_own_and_counts_its_pages() -> None:
    wide = Appendix(title="Chi tiết", blocks=(Heading(text="Tin"), RESULTS), landscape=True)
    document = opened(replace(REPORT, appendices=(wide,)))
    signed, attached = document.sections
    assert signed.orientation is WD_ORIENTATION.PORTRAIT
    assert attached.orientation is WD_ORIENTATION.LANDSCAPE
    assert (mm(attached.page_width), mm(attached.page_height)) == pytest.approx(
        (297, 210), abs=0.1
    )
    assert 'w:pgNumType w:start="1"' in attached._sectPr.xml
    assert "w:pgNumType" not in signed._sectPr.xml
    assert "PAGE" in attached.header.paragraphs[0]._p.xml
    assert sum(mm(one.width) for one in document.tables[-1].columns) == pytest.approx(252, abs=0.2)


def test_an_appendix_says_to_what_it_belongs() -> None:
    two = (Appendix(title="Một", blocks=(Heading(text="Tin"),)), Appendix(title="Hai", blocks=()))
    texts = [one.text for one in paragraphs(opened(replace(REPORT, appendices=two)))]
    belongs = (
        "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 02 năm 2026 "
        "của Ủy ban nhân dân Phường An Nhơn)"
    )
    assert texts[-7:] == ["Phụ lục I", "MỘT", belongs, "I. Tin", "Phụ lục II", "HAI", belongs]


def test_a_single_appendix_needs_no_number_and_a_letter_is_called_one() -> None:
    letter = replace(
        REPORT, kind="", appendices=(Appendix(title="Một", blocks=(), landscape=False),)
    )
    texts = [one.text for one in paragraphs(opened(letter))]
    assert texts[-3] == "Phụ lục"
    assert texts[-1].startswith("(Kèm theo Công văn số 07/BC-UBND")


def test_a_body_that_ends_with_a_list_ends_with_the_mark_too() -> None:
    document = opened(replace(REPORT, blocks=(Bullets(items=("Một;", "Hai;")),)))
    assert "- Hai./." in [one.text for one in document.paragraphs]


@pytest.mark.parametrize("blocks", [(), (RESULTS,), (Bullets(items=()),)])
def test_a_body_without_last_words_bears_no_mark(
    blocks: tuple[Table | Bullets, ...],
) -> None:
    texts = [one.text for one in paragraphs(opened(replace(REPORT, blocks=blocks)))]
    assert not [text for text in texts if text.endswith("./.")]


def test_the_file_tells_what_it_is_and_of_what_day() -> None:
    told = opened(REPORT).core_properties
    assert told.title == "Báo cáo Kết quả truyền thông năm 2026"
    assert told.author == "Ủy ban nhân dân Phường An Nhơn"
    assert (told.language, told.comments) == ("vi-VN", "")
    assert told.created is not None
    assert told.created.date() == REPORT.dated


def png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checked

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0))
    lines = chunk(b"IDAT", zlib.compress(b"\x00\x80\xff"))
    return b"\x89PNG\r\n\x1a\n" + head + lines + chunk(b"IEND", b"")


def test_a_picture_has_its_words_and_keeps_inside_the_text() -> None:
    chart = Picture(content=png(), description="Cột & đường", caption="Hình 1", width=400)
    document = opened(replace(REPORT, blocks=(chart,)))
    (shape_,) = document.inline_shapes
    assert shape_.width.mm == pytest.approx(165, abs=0.1)
    assert shape_._inline.docPr.get("descr") == "Cột & đường"
    assert "Hình 1" in [one.text for one in document.paragraphs]


def test_what_is_no_picture_is_refused() -> None:
    chart = Picture(content=b"GIF?", description="Biểu đồ")
    with pytest.raises(ValueError, match="Biểu đồ"):
        as_docx(replace(REPORT, blocks=(chart,)))


@settings(max_examples=5)
@given(st.text(max_size=30))
def test_any_text_at_all_may_stand_anywhere(text: str) -> None:
    table = Table(columns=(Column(heading=text),), rows=((text,),))
    content = replace(
        REPORT,
        issuer=text,
        subject=text,
        place=text,
        number=None,
        blocks=(Heading(text=text), Paragraph(text=text), Bullets(items=(text,)), table),
        recipients=(text,),
        signing=Signing(title=text, name=text),
    )
    assert len(opened(content).tables) == 3
