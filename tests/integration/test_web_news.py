"""The public news: a list, a page each, files that a post shows, and a feed that readers know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from xml.etree import ElementTree as ET

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.web.app import create_app
from bot.web.atom import NAMESPACE
from broadcasts.models import Button
from broadcasts.posts import Post, PostedFile
from tests.conftest import NOON
from tests.fakes.house import PaperHouse, PaperNews
from tests.integration.conftest import Web

PHOTO = PostedFile(id=7, name="ảnh 1.jpg", media="image/jpeg", size=3)
PAPER = PostedFile(id=8, name="kế hoạch.pdf", media="application/pdf", size=2048)
POST = Post(
    id=3,
    office="xa",
    title="Nộp hồ sơ <trực tuyến> & nhận kết quả tại nhà",
    body="Từ ngày 01/12/2026.\n\n<script>alert(1)</script>",
    posted_at=NOON,
    changed_at=NOON,
    buttons=(Button(label="Nộp ngay", address="https://dichvucong.gov.vn/?a=1&b=2"),),
    picture=PHOTO,
    files=(PAPER,),
)


@pytest.fixture
def board() -> PaperNews:
    return PaperNews([POST], {PHOTO.id: b"jpg", PAPER.id: b"%PDF-"})


@pytest.fixture
async def web(board: PaperNews) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(PaperHouse(news=board)))) as client:
        yield client


async def test_the_list_shows_title_day_office_and_how_it_begins(web: Web) -> None:
    answer = await web.get("/tin-tuc")
    page = await answer.text()
    assert answer.status == HTTPStatus.OK
    assert "Nộp hồ sơ &lt;trực tuyến&gt; &amp; nhận kết quả tại nhà" in page
    assert "Từ ngày 01/12/2026." in page
    assert "UBND xa" in page
    assert "<script>" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_post_has_its_words_links_picture_and_files(web: Web) -> None:
    page = await (await web.get("/tin-tuc/3")).text()
    assert "&lt;script&gt;" in page
    assert 'href="https://dichvucong.gov.vn/?a=1&amp;b=2"' in page
    assert 'src="/tin-tuc/3/tep/7" alt="Ảnh kèm tin"' in page
    assert "kế hoạch.pdf</a> (2 KB)" in page


async def test_a_picture_has_its_authors_words_for_who_does_not_see_it(
    web: Web, board: PaperNews
) -> None:
    board.posts[:] = [replace(POST, depicted="Quầy <số> 3")]
    assert 'alt="Quầy &lt;số&gt; 3"' in await (await web.get("/tin-tuc/3")).text()


async def test_a_picture_is_shown_and_a_document_is_kept(web: Web) -> None:
    photo, paper = await web.get("/tin-tuc/3/tep/7"), await web.get("/tin-tuc/3/tep/8")
    assert await photo.read() == b"jpg"
    assert photo.headers["Content-Disposition"].startswith("inline;")
    assert paper.headers["Content-Disposition"].startswith("attachment;")
    assert (
        "filename*=UTF-8''k%E1%BA%BF%20ho%E1%BA%A1ch.pdf" in paper.headers["Content-Disposition"]
    )
    assert paper.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["/tin-tuc/4", "/tin-tuc/3/tep/9", "/tin-tuc/4/tep/7", "/tin-tuc/x", "/tin-tuc?truoc=-1"],
)
async def test_what_is_not_shown_is_not_there(web: Web, address: str) -> None:
    assert (await web.get(address)).status == HTTPStatus.NOT_FOUND


async def test_older_news_stands_on_further_pages(web: Web, board: PaperNews) -> None:
    board.posts = [replace(POST, id=number, title=f"Tin {number}.") for number in range(45, 0, -1)]
    seen, address = [], "/tin-tuc"
    while address:
        page = await (await web.get(address)).text()
        seen += [number for number in range(1, 46) if f">Tin {number}.<" in page]
        _, older, rest = page.partition('href="/tin-tuc?truoc=')
        address = f"/tin-tuc?truoc={rest.partition(chr(34))[0]}" if older else ""
    assert sorted(seen) == list(range(1, 46))


async def test_no_news_is_said(web: Web, board: PaperNews) -> None:
    board.posts = []
    assert "Chưa có tin nào." in await (await web.get("/tin-tuc")).text()


async def test_the_feed_is_atom_and_is_not_sent_twice(web: Web, board: PaperNews) -> None:
    board.posts = [
        replace(POST, body="chuông\x07 reo\uffff", changed_at=NOON + timedelta(hours=1))
    ]
    answer = await web.get("/tin-tuc/atom.xml")
    feed = ET.fromstring(await answer.read())
    names = {"a": NAMESPACE}
    (entry,) = feed.findall("a:entry", names)
    site = str(web.make_url("")).rstrip("/")
    assert answer.content_type == "application/atom+xml"
    assert feed.findtext("a:updated", None, names) == (NOON + timedelta(hours=1)).isoformat()
    assert entry.findtext("a:id", None, names) == f"{site}/tin-tuc/3"
    assert entry.findtext("a:title", None, names) == POST.title
    assert entry.findtext("a:content", None, names) == "chuông reo"
    told = entry.findall("a:link[@rel='enclosure']", names)
    assert [(one.get("href"), one.get("type"), one.get("length")) for one in told] == [
        (f"{site}/tin-tuc/3/tep/7", "image/jpeg", "3"),
        (f"{site}/tin-tuc/3/tep/8", "application/pdf", "2048"),
    ]
    again = await web.get("/tin-tuc/atom.xml", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == HTTPStatus.NOT_MODIFIED
