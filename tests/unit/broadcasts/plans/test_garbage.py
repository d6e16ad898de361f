"""Whatever stands in a document, reading it gives a plan with flags and loses no word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.plans.document import Block, Cell, Document, Paragraph, Row, Span, Table
from broadcasts.plans.reader import read_plan
from broadcasts.plans.telling import told_plan
from broadcasts.timing import read_timing

TEXTS = st.sampled_from(
    [
        "",
        "STT",
        "TT",
        "Nội dung",
        "Chủ trì",
        "Phối hợp",
        "Thời gian",
        "Tháng 1",
        "1",
        "2",
        "1.1",
        "II",
        "(1)",
        "x",
        "I. Đối với cán bộ",
        "- Mở lớp.\n- Họp dân.",
        "- Quý I.\n- Quý II.",
        "Phòng Nội vụ, UBND các xã",
        "Thường xuyên",
        "KẾ HOẠCH",
        "Số: /KH",
        "Xã X, ngày 40 tháng 13 năm 2026",
        "ngày tháng năm",
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Nội vụ",
        "Nơi nhận:",
        "TM. ỦY BAN",
        "phối hợp với",
        "Căn cứ",
        "ngày 99/99/9999",
        "của công dân",
        "Tổng cộng",
        "💥",
        "a) ",
    ]
)
CELLS = st.builds(
    lambda text, span: Cell(text=text, span=span), TEXTS, st.sampled_from(list(Span))
)
ROWS = st.builds(
    lambda cells: Row(cells=tuple(cells), place="bảng 1, dòng 1"), st.lists(CELLS, max_size=6)
)
TABLES = st.builds(
    lambda rows: Table(rows=tuple(rows), place="bảng 1"), st.lists(ROWS, max_size=6)
)
PARAGRAPHS = st.builds(lambda text: Paragraph(text=text, place="đoạn 1"), TEXTS.filter(bool))
BLOCKS = st.lists(st.one_of(TABLES, PARAGRAPHS), max_size=10)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_no_document_makes_reading_fail_or_loses_a_word(blocks: list[Block]) -> None:
    plan = read_plan(Document(name="p.txt", blocks=tuple(blocks)), 2026, read_timing)
    assert told_plan(plan)["year"] == 2026
    told = {word for one in plan.coverage for word in one.text.split()}
    assert {word for block in blocks for word in _own(block)} <= told


def _own(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split()
    cells = (cell for row in block.rows for cell in row.cells if cell.span is Span.OWN)
    return [word for cell in cells for word in cell.text.split()]
