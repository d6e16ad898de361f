"""The announcer's sheet, opened again: big letters, a sentence a row, doubts marked."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.documents.loudspeaker import Sheet, loudspeaker_docx
from broadcasts.speaking import News, Part, ScriptPage, script, script_page

PLAIN = News(title="Lịch tiếp dân", body="Mời bà con đến dự.", office="UBND xã")
DOUBTFUL = News(title="Tin", body="Theo XYZT và 5/12 & CA.\nGiá 12,345 đồng.", office="UBND xã")


def paged(news: News) -> ScriptPage:
    return script_page(script(news), station="Đài xã", slot="17 giờ, 15/12/2026")


def opened(news: News) -> Document:
    return docx.Document(BytesIO(loudspeaker_docx(paged(news))))


def test_each_sentence_has_its_row_with_room_for_notes() -> None:
    page = paged(PLAIN)
    table, aired = opened(PLAIN).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "Lịch tiếp dân", "Ghi chú"]
    assert rows[1:] == [
        [str(number), sentence.text, ""]
        for number, sentence in enumerate(page.script.sentences, start=1)
    ]
    assert [cell.text for cell in aired.rows[0].cells] == ["Ngày", "Giờ", "Người phát", "Chữ ký"]
    assert len(aired.rows) == 5


def test_the_head_tells_where_when_and_how_long() -> None:
    page = paged(PLAIN)
    lines = [paragraph.text for paragraph in opened(PLAIN).paragraphs]
    assert lines[0] == "KỊCH BẢN LOA TRUYỀN THANH"
    assert "Nơi phát: Đài xã" in lines
    assert "Giờ phát: 17 giờ, 15/12/2026" in lines
    assert any(f"{page.script.syllables} tiếng" in line for line in lines)


def test_letters_are_big_enough_to_be_read_at_arms_length() -> None:
    rows = opened(PLAIN).tables[0].rows
    runs = [run for row in list(rows)[1:] for run in row.cells[1].paragraphs[0].runs]
    assert {run.font.size for run in runs} == {Pt(18)}
    for style in Sheet.load().styles.values():
        assert style.range[0] <= style.size <= style.range[1]


def test_the_head_of_the_table_is_repeated_and_sentences_are_never_torn() -> None:
    rows = opened(PLAIN).tables[0].rows
    assert ["w:tblHeader" in row._tr.xml for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all("w:cantSplit" in row._tr.xml for row in rows)


def test_the_title_of_the_news_stands_out() -> None:
    sentences = script(PLAIN).sentences
    at = next(place for place, one in enumerate(sentences, start=1) if one.part is Part.TITLE)
    row = opened(PLAIN).tables[0].rows[at]
    assert row.cells[1].paragraphs[0].runs[-1].bold


def test_what_is_doubtful_is_told_first_and_marked_where_it_stands() -> None:
    document = opened(DOUBTFUL)
    review, sentences, _ = document.tables
    told = review.cell(0, 0).text
    assert told.startswith("CẦN XEM LẠI TRƯỚC KHI ĐỌC")
    assert all(f"“{found}”" in told for found in ("XYZT", "5/12", "CA", "12,345"))
    marked = [
        run.text
        for row in sentences.rows
        for run in row.cells[1].paragraphs[0].runs
        if run.font.highlight_color is WD_COLOR_INDEX.YELLOW
    ]
    assert marked == [
        "Theo XYZT và năm trên mười hai và CA.",
        "Giá mười hai phẩy ba bốn năm đồng.",
    ]


@pytest.mark.parametrize(
    ("body", "marked"),
    [("Theo XYZT và SARS ấy.", ["XYZT", "SARS"]), ("XYZT ấy.", ["XYZT"]), ("Theo lệ ấy.", [])],
)
def test_only_what_was_left_as_it_was_is_marked(body: str, marked: list[str]) -> None:
    table = opened(News(title="Tin", body=body, office="UBND xã")).tables[-2]
    found = [run for row in table.rows for run in row.cells[1].paragraphs[0].runs]
    assert [run.text for run in found if run.font.highlight_color] == marked


def test_without_doubts_nothing_is_told_first() -> None:
    assert len(opened(PLAIN).tables) == 2


def test_the_file_tells_what_it_is_and_nothing_of_another_day() -> None:
    told = opened(PLAIN).core_properties
    assert told.title == "KỊCH BẢN LOA TRUYỀN THANH: Lịch tiếp dân"
    assert (told.author, told.comments, told.created) == ("Đài xã", "", None)


@settings(max_examples=5)
@given(st.text(max_size=40))
def test_any_text_at_all_makes_a_sheet(text: str) -> None:
    page = script_page(script(News(title=text, body=text, office=text)), station=text, slot=text)
    assert docx.Document(BytesIO(loudspeaker_docx(page))).tables
