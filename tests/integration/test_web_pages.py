"""The page, its files and its errors: guarded, kept by browsers as long as they are good."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.messages import QuickReply
from bot.officials.notices import Notice, NoticeLevel
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.pages import Pages
from bot.web.wording import read_wording
from tests.conftest import NOON
from tests.fakes.house import PaperHouse
from tests.integration.conftest import Web

PERSON = {"Accept": "text/html,application/xhtml+xml"}


async def _get(web: Web, path: str, **headers: str) -> tuple[ClientResponse, str]:
    async with web.get(path, headers=headers) as answer:
        return answer, await answer.text()


async def test_the_page_shows_the_office_and_what_many_ask(paper_web: Web) -> None:
    _, page = await _get(paper_web, "/")
    assert "UBND phường Mẫu" in page
    assert '<button type="button" data-value="p:1">Đăng ký kết hôn</button>' in page


async def test_the_page_names_all_that_can_be_done(paper_web: Web) -> None:
    _, page = await _get(paper_web, "/")
    for named in ("Hỏi thủ tục", "Phản ánh – kiến nghị", "Tra cứu phản ánh đã gửi", "nhận tin"):
        assert named in page
    assert '<button type="button" data-value="b:open">Gửi phản ánh, kiến nghị</button>' in page


async def test_what_the_office_is_called_cannot_become_markup() -> None:
    paper = PaperHouse(
        office_name="<script>alert(1)</script>", suggestions=[QuickReply('"><b>', '"><i>')]
    )
    async with TestClient(TestServer(create_app(paper))) as web:
        _, page = await _get(web, "/")
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "<i>" not in page


async def test_the_page_tells_who_answers_for_how_long_and_whom_to_call() -> None:
    paper = PaperHouse(settings=Settings(retention_days=30))
    async with TestClient(TestServer(create_app(paper))) as web:
        _, page = await _get(web, "/")
    without_script = page.partition("<noscript>")[2]
    assert "trả lời tự động" in page
    assert "UBND phường Mẫu vận hành" in page
    assert "được lưu 30 ngày" in page
    assert '<a href="tel:02412345678">024 1234 5678</a>' in without_script


async def test_a_page_on_which_nobody_is_answered_says_so_and_offers_nothing() -> None:
    paper = PaperHouse(closed="Kênh này đang tạm ngừng <b>trả lời</b>.")
    async with TestClient(TestServer(create_app(paper))) as web:
        _, page = await _get(web, "/")
    assert '<p class="warning">Kênh này đang tạm ngừng &lt;b&gt;trả lời&lt;/b&gt;.</p>' in page
    assert page.count("data-open hidden") == 3
    assert re.search(r'class="choices"[^>]* data-open hidden>', page)


async def test_the_page_follows_as_soon_as_it_is_closed_and_opened() -> None:
    paper = PaperHouse()
    pages = Pages(paper, read_wording(), look_every=0)
    for closed, hidden in (("", 0), ("Đang chạy thử.", 3), ("", 0)):
        paper.closed = closed
        shown = pages.chat.body.decode()
        assert shown.count("data-open hidden") == hidden
        assert ("Đang chạy thử." in shown) == bool(closed)


@pytest.mark.parametrize("phone", ["", "(số điện thoại mẫu) 02x 0000 005"])
async def test_what_is_no_number_is_nothing_to_call(phone: str) -> None:
    async with TestClient(TestServer(create_app(PaperHouse(office_phone=phone)))) as web:
        _, page = await _get(web, "/")
    assert "tel:" not in page
    assert ("Cần gặp người" in page) == bool(phone)


async def test_the_page_allows_nothing_inline_and_nothing_from_elsewhere(paper_web: Web) -> None:
    answer, page = await _get(paper_web, "/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize(
    "path", ["/", "/embed.js", "/static/chat.js", "/healthz", "/metrics", "/nowhere", "/%00"]
)
async def test_every_answer_is_guarded(paper_web: Web, path: str) -> None:
    answer, _ = await _get(paper_web, path)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in answer.headers


async def test_only_the_page_may_be_framed_and_only_by_listed_websites() -> None:
    paper = PaperHouse(settings=Settings(embed_origins=("https://phuong.gov.vn",)))
    async with TestClient(TestServer(create_app(paper))) as web:
        page, _ = await _get(web, "/")
        health, _ = await _get(web, "/healthz")
        script, _ = await _get(web, "/embed.js")
    assert (
        "frame-ancestors 'self' https://phuong.gov.vn" in page.headers["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in page.headers
    assert health.headers["X-Frame-Options"] == "DENY"
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.fixture
async def named(paper_web: Web) -> str:
    """The address of the script as the page names it, with its fingerprint."""
    _, page = await _get(paper_web, "/")
    found = re.search(r"static/chat\.js\?v=\w+", page)
    assert found
    return "/" + found[0]


async def test_a_named_file_is_kept_for_a_year_and_another_asked_for(
    paper_web: Web, named: str
) -> None:
    kept, _ = await _get(paper_web, named)
    assert "immutable" in kept.headers["Cache-Control"]
    for path in ("/static/chat.js", "/static/chat.js?v=older", "/"):
        asked, _ = await _get(paper_web, path)
        assert asked.headers["Cache-Control"] == "no-cache"


async def test_a_file_that_has_not_changed_is_not_sent_again(paper_web: Web, named: str) -> None:
    first, body = await _get(paper_web, named)
    assert body
    again, nothing = await _get(paper_web, named, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, nothing) == (HTTPStatus.NOT_MODIFIED, "")
    other, body = await _get(paper_web, named, **{"If-None-Match": '"other"'})
    assert (other.status, bool(body)) == (HTTPStatus.OK, True)


async def test_files_are_packed_for_whoever_can_unpack(paper_web: Web, named: str) -> None:
    packed, text = await _get(paper_web, named, **{"Accept-Encoding": "gzip"})
    plain, same = await _get(paper_web, named, **{"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers
    assert text == same
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2


@pytest.mark.parametrize("name", ["nothing.js", "..%2fapp.py", "%2e%2e/app.py", ""])
async def test_nothing_else_of_the_program_can_be_fetched(paper_web: Web, name: str) -> None:
    answer, _ = await _get(paper_web, f"/static/{name}")
    assert answer.status == HTTPStatus.NOT_FOUND


async def test_errors_are_a_page_for_people_and_json_for_programs(paper_web: Web) -> None:
    page, words = await _get(paper_web, "/nowhere", **PERSON)
    assert (page.status, page.content_type) == (HTTPStatus.NOT_FOUND, "text/html")
    assert "Không có địa chỉ này" in words
    data, words = await _get(paper_web, "/nowhere")
    assert (data.status, data.content_type) == (HTTPStatus.NOT_FOUND, "application/json")
    assert "Không có địa chỉ này" in words


async def test_a_wrong_method_is_told_the_right_ones(paper_web: Web) -> None:
    async with paper_web.delete("/chat/messages") as answer:
        assert answer.status == HTTPStatus.METHOD_NOT_ALLOWED
        assert answer.headers["Allow"] == "POST"
        assert "error" in await answer.json()


@pytest.mark.parametrize("headers", [{}, PERSON])
async def test_of_a_fault_only_its_number_is_shown(
    paper: PaperHouse, paper_web: Web, headers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    paper.inbox.fault = RuntimeError("secret inside")
    body = {"session": "s1", "text": "a"}
    async with paper_web.post("/chat/messages", json=body, headers=headers) as answer:
        assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
        words = await answer.text()
    shown = re.search(r"mã ([0-9a-f]{8})", words)
    assert shown
    assert "secret" not in words
    logged = capsys.readouterr().out
    assert shown[1] in logged
    assert "secret inside" in logged


async def test_the_chat_page_follows_what_the_office_says_of_itself() -> None:
    paper = PaperHouse()
    pages = Pages(paper, read_wording(), look_every=0)
    before = pages.chat
    assert pages.chat is before
    paper.office_phone = "024 7777 8888"
    ends = NOON + timedelta(hours=1)
    storm = Notice(id="bao", level=NoticeLevel.STORM, text="Bão <9>", begins=NOON, ends=ends)
    paper.notices = [storm]
    page = pages.chat.body.decode()
    assert "024 7777 8888" in page
    assert '<p class="storm">Bão &lt;9&gt;</p>' in page
    assert pages.chat.fingerprint != before.fingerprint
