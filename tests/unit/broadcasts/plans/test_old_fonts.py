"""Words typed for a font from before Unicode are named; sound words never are."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from broadcasts.plans.document import Document, Paragraph
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.files import read_document
from broadcasts.plans.reading.old_fonts import check_fonts

TCVN3 = "Tuyªn truyÒn c¶i c¸ch hµnh chÝnh trªn hÖ thèng loa truyÒn thanh cña x·"
VNI = "Tuyeân truyeàn caûi caùch haønh chính treân heä thoáng loa truyeàn thanh cuûa xaõ"


@pytest.mark.parametrize(("text", "kind"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_a_table_in_an_old_font_is_told_with_its_place(
    tmp_path: Path, text: str, kind: str
) -> None:
    book = docx.Document()
    book.add_paragraph("KẾ HOẠCH truyền thông năm 2026")
    table = book.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "STT", "Nội dung"
    table.cell(1, 0).text, table.cell(1, 1).text = "1", text
    book.save(str(tmp_path / "p.docx"))
    with pytest.raises(PlanUnreadable, match=rf"{kind}.*bảng 1, dòng 2.*Unicode.*nộp lại"):
        read_document(tmp_path / "p.docx")


@pytest.mark.parametrize(
    "text",
    [
        "KE HOACH tuyen truyen cai cach hanh chinh nam 2026",
        "Thành phần: Hoà, Thuý, Loan, Khoá, Quý, Quế, Hoè, Thoát, Toán, Khoét",
        "Müller à Niño café 10µm §1 «a» voilà",
        "Zalo®, Facebook®, YouTube®, Viber®, Android®, VNeID®",
        "• Hàng quý • Hàng tháng · Ban Tôn giáo · Khối Đoàn",
        "Toà án, hoà giải, thoả thuận, xoá đói, goá, khoá, loá, hoá, toả",
        "Ban Toàn quyền, Hoàn thành, Hoán cải, Thoáng, Ngoài, Xoài, Loài, Hoài, Đoái",
    ],
)
def test_sound_words_are_no_old_font(text: str) -> None:
    paragraphs = tuple(Paragraph(text=one, place="đoạn 1") for one in (text, *text.split(", ")))
    check_fonts(Document(name="p.txt", blocks=paragraphs))
