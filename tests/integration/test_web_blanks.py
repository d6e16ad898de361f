"""Blank letters: one page that lists them with their way, and a Word file each, empty."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO

import docx
import pytest

from bot.feedback.blanks import blank_address, blanks
from bot.feedback.kinds import Kind
from tests.fakes.never import never_said
from tests.integration.conftest import Web

ITEMS = {
    # Luật Khiếu nại, art. 8: who, whom, what and why, papers, demand, signature.
    "don-khieu-nai": ("Họ và tên", "Địa chỉ", "bị khiếu nại", "lý do", "Yêu cầu", "Tài liệu"),
    # Luật Tố cáo, art. 23: who and how to reach, who did it, what, other information.
    "don-to-cao": (
        "Họ và tên",
        "Địa chỉ",
        "Cách liên hệ",
        "Hành vi",
        "Người bị tố cáo",
        "liên quan",
    ),
    # Nghị định 20/2008, art. 7: clear content; name, address, telephone or mail.
    "don-phan-anh-kien-nghi": ("Họ và tên", "Địa chỉ", "Số điện thoại", "Việc phản ánh"),
}


def test_each_letter_has_its_items() -> None:
    assert set(ITEMS) == set(blanks())


@pytest.mark.parametrize("name", sorted(ITEMS))
async def test_a_letter_is_fetched_empty_and_holds_what_its_law_asks_for(
    paper_web: Web, name: str
) -> None:
    answer = await paper_web.get(f"/bieu-mau/{name}.docx")
    assert answer.status == HTTPStatus.OK
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}.docx"
    document = docx.Document(BytesIO(await answer.read()))
    cells = [cell.text for table in document.tables for cell in table._cells]
    text = "\n".join((*(one.text for one in document.paragraphs), *cells))
    for item in (*ITEMS[name], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "điểm chỉ"):
        assert item in text
    assert never_said(text) == []
    assert not any(sign.isdigit() for sign in text.replace("năm 20", ""))
    assert document.core_properties.author == ""


async def test_the_page_lists_the_letters_with_their_way(paper_web: Web) -> None:
    answer = await paper_web.get("/bieu-mau")
    page = await answer.text()
    assert answer.status == HTTPStatus.OK
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for name, blank in blanks().items():
        assert f'href="/bieu-mau/{name}.docx"' in page
        assert blank.about in page
    assert "không phải nơi nộp khiếu nại, tố cáo" in page
    assert "90 ngày" in page
    assert "UBND phường Mẫu: 024 1234 5678" in page
    assert "Khung trò chuyện này không phải nơi nộp" not in page
    assert never_said(page) == []
    assert "<script" not in page


@pytest.mark.parametrize("name", ["don", "don-khieu-nai.pdf", "..%2fdon-to-cao", "DON-TO-CAO"])
async def test_no_other_letter_is_there(paper_web: Web, name: str) -> None:
    assert (await paper_web.get(f"/bieu-mau/{name}.docx")).status == HTTPStatus.NOT_FOUND


def test_the_address_told_in_a_chat_is_the_one_served() -> None:
    told = blank_address(Kind.DENUNCIATION, "https://xa.example.vn/")
    assert told == "https://xa.example.vn/bieu-mau/don-to-cao.docx"
