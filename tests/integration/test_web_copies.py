"""A copy of one's own data over real HTTP: to the session it was asked in, and to nobody else."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from bot.casework.attaching import FitFile
from tests.fakes.house import PaperHouse
from tests.integration.conftest import Web

PAGE = b"<!doctype html><p>co quan giu"
PICTURE = FitFile(name='Sơ đồ "1".png', media="image/png", content=b"\x89PNG so do")


@pytest.fixture
def paper() -> PaperHouse:
    house = PaperHouse()
    house.copies.made[3] = ("s1", PAGE)
    house.answer_files.made[3] = ("s1", PICTURE)
    return house


async def asked(
    web: Web, number: int, /, way: str = "ban-sao", **form: str
) -> tuple[int, bytes, dict[str, str]]:
    async with web.post(f"/chat/{way}/{number}", data=form) as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def test_the_session_alone_opens_its_copy(paper_web: Web) -> None:
    status, content, headers = await asked(paper_web, 3, session="s1")
    assert (status, content) == (HTTPStatus.OK, PAGE)
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("number", "session", "status"),
    [
        (3, "s2", HTTPStatus.NOT_FOUND),
        (4, "s1", HTTPStatus.NOT_FOUND),
        (3, "", HTTPStatus.BAD_REQUEST),
        (3, "không phải mã", HTTPStatus.BAD_REQUEST),
    ],
)
async def test_anybody_else_is_refused(
    paper_web: Web, number: int, session: str, status: HTTPStatus
) -> None:
    got, content, _ = await asked(paper_web, number, session=session)
    assert got == status
    assert PAGE not in content


async def test_no_address_opens_it(paper_web: Web) -> None:
    async with paper_web.get("/chat/ban-sao/3?session=s1") as answer:
        assert answer.status == HTTPStatus.METHOD_NOT_ALLOWED
    assert (await asked(paper_web, 3))[0] == HTTPStatus.BAD_REQUEST
    assert (await asked(paper_web, 3, session="s1", more="x"))[0] == HTTPStatus.BAD_REQUEST


async def test_a_file_of_an_answer_is_kept_by_the_browser_and_never_shown(paper_web: Web) -> None:
    status, content, headers = await asked(paper_web, 3, way="tra-loi", session="s1")
    assert (status, content) == (HTTPStatus.OK, PICTURE.content)
    kept = "attachment; filename*=UTF-8''S%C6%A1%20%C4%91%E1%BB%93%20%221%22.png"
    assert headers["Content-Disposition"] == kept
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(("number", "session"), [(3, "s2"), (4, "s1"), (3, "")])
async def test_a_file_of_an_answer_is_refused_to_anybody_else(
    paper_web: Web, number: int, session: str
) -> None:
    status, content, _ = await asked(paper_web, number, way="tra-loi", session=session)
    assert status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}
    assert PICTURE.content not in content
