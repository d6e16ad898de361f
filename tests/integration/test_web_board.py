"""The public board: a list, a page each, a year in figures; gone the moment it is withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.feedback.board.releases import Release, Texts
from bot.feedback.models import CaseId
from bot.web.app import create_app
from tests.conftest import NOON
from tests.fakes.house import PaperBoard, PaperHouse
from tests.integration.conftest import Web

RELEASE = Release(
    case=CaseId(3),
    office="xa",
    topic="moi_truong",
    unit="Phòng Kinh tế",
    texts=Texts(question="Rác <đầy> đầu ngõ.\n\n<script>x</script>", answer="Đã dọn & rửa."),
    version=1,
    received_at=NOON - timedelta(days=2),
    answered_at=NOON,
    prepared_by=1,
    prepared_at=NOON,
    released_at=NOON,
)


@pytest.fixture
def board() -> PaperBoard:
    return PaperBoard(is_on=True, releases=[RELEASE])


@pytest.fixture
async def web(board: PaperBoard) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(PaperHouse(board=board)))) as client:
        yield client


async def test_where_no_office_has_a_board_there_is_none(web: Web, board: PaperBoard) -> None:
    assert 'href="phan-anh"' in await (await web.get("/")).text()
    board.is_on = False
    for address in ("/phan-anh", "/phan-anh/3", "/phan-anh/so-lieu"):
        assert (await web.get(address)).status == HTTPStatus.NOT_FOUND
    async with TestClient(TestServer(create_app(PaperHouse(board=board)))) as other:
        assert "phan-anh" not in await (await other.get("/")).text()


async def test_a_case_has_question_answer_unit_and_days_and_is_kept_by_nobody(web: Web) -> None:
    answer = await web.get("/phan-anh/3")
    page = await answer.text()
    assert "Rác &lt;đầy&gt; đầu ngõ." in page
    assert "Đã dọn &amp; rửa." in page
    assert "<script>" not in page
    assert "Phòng Kinh tế, UBND xa" in page
    assert "sau 2 ngày" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_what_was_withdrawn_is_gone_and_what_was_never_shown_is_not_there(
    web: Web, board: PaperBoard
) -> None:
    gone = replace(RELEASE, texts=Texts(question="", answer=""), withdrawn_at=NOON)
    board.releases = [gone, replace(RELEASE, case=CaseId(4), released_at=None)]
    assert (await web.get("/phan-anh/3")).status == HTTPStatus.GONE
    assert (await web.get("/phan-anh/4")).status == HTTPStatus.NOT_FOUND
    assert "Chưa có việc nào được đăng." in await (await web.get("/phan-anh")).text()


async def test_the_list_is_of_a_field_and_a_year(web: Web, board: PaperBoard) -> None:
    board.releases.append(replace(RELEASE, case=CaseId(2), topic="chieu_sang"))
    shown = await (await web.get("/phan-anh?linh-vuc=chieu_sang&nam=2026")).text()
    assert 'href="/phan-anh/2"' in shown
    assert 'href="/phan-anh/3"' not in shown
    assert '<option value="chieu_sang" selected>' in shown
    assert 'href="/phan-anh/3"' not in await (await web.get("/phan-anh?nam=2025")).text()


@pytest.mark.parametrize(
    "address",
    [
        *("/phan-anh/5", "/phan-anh/x", "/phan-anh/PA-7K2M-4QXB-9", "/phan-anh/so-lieu?nam=1999"),
        *("/phan-anh?nam=1", "/phan-anh?truoc=-1", "/phan-anh?linh-vuc=x"),
    ],
)
async def test_what_is_no_address_is_not_there(web: Web, address: str) -> None:
    assert (await web.get(address)).status == HTTPStatus.NOT_FOUND


async def test_older_answers_stand_on_further_pages_of_the_same_choice(
    web: Web, board: PaperBoard
) -> None:
    board.releases = [replace(RELEASE, case=CaseId(number)) for number in range(45, 0, -1)]
    seen: list[int] = []
    address = "/phan-anh?linh-vuc=moi_truong&nam="
    while address:
        page = await (await web.get(address)).text()
        seen += [number for number in range(1, 46) if f'href="/phan-anh/{number}"' in page]
        _, older, rest = page.partition("&amp;truoc=")
        number = rest.partition('"')[0]
        address = f"/phan-anh?linh-vuc=moi_truong&nam=&truoc={number}" if older else ""
    assert sorted(seen) == list(range(1, 46))
