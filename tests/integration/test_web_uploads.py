"""Photos over real HTTP: who may hand one over, and everything a hostile sender could try."""

from __future__ import annotations

import asyncio
import io
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot.casework.attaching import MOST_BYTES
from bot.casework.unfit import NotAttachable, Unfit
from bot.messages import MessageKind, Position
from bot.settings import Settings
from bot.storage.errors import Unavailable
from bot.web.app import ORDINARY, UPLOADS_EACH, create_app
from bot.web.patience import Patience
from tests.fakes.house import PaperHouse
from tests.fakes.photos import a_photo, tells_where
from tests.integration.conftest import Web

BOUNDARY = "ranh-gioi"
QUICK = Patience(head=5, body=0.3, upload=0.3, linger=0.1)


@pytest.fixture
def paper() -> PaperHouse:
    house = PaperHouse()
    house.photos.useful.add("s1")
    return house


def _form(content: bytes, session: str = "s1", name: str = "anh.jpg") -> FormData:
    form = FormData()
    form.add_field("session", session)
    form.add_field("file", io.BytesIO(content), filename=name, content_type="image/jpeg")
    return form


async def _handed(web: Web, form: FormData | bytes, **headers: str) -> tuple[int, Any]:
    async with web.post("/chat/files", data=form, headers=headers) as answer:
        return answer.status, await answer.json()


def _written(*parts: tuple[str, bytes]) -> bytes:
    """Write a form by hand, each part with its head as given."""
    told = [f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + body + b"\r\n" for head, body in parts]
    return b"".join(told) + f"--{BOUNDARY}--\r\n".encode()


def _part(name: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}'


BY_HAND = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


async def test_a_photo_is_kept_without_where_it_was_taken(
    paper: PaperHouse, paper_web: Web
) -> None:
    assert await _handed(paper_web, _form(a_photo())) == (201, {"file": 1})
    ((session, content),) = paper.photos.kept
    assert session == "s1"
    assert not tells_where(content)


async def test_a_kept_photo_and_a_place_are_said_like_words(
    paper: PaperHouse, paper_web: Web
) -> None:
    await _handed(paper_web, _form(a_photo()))
    for said in ({"file": 1, "album": "a1"}, {"place": {"lat": 21.0285111, "lon": 105.85}}):
        async with paper_web.post("/chat/messages", json={"session": "s1", **said}) as answer:
            assert answer.status == 202
    photo, place = paper.inbox.stored.values()
    assert photo.attachment
    assert (photo.kind, photo.text, photo.album) == (MessageKind.PHOTO, "", "a1")
    assert photo.attachment.reference == "1"
    assert place.kind is MessageKind.LOCATION
    assert place.position == Position(latitude=21.02851, longitude=105.85)


@pytest.mark.parametrize(
    "said",
    [
        {"file": 1, "session": "s2"},
        {"file": 2},
        {"file": 0},
        {"file": "1"},
        {"file": True},
        {"file": 2**60},
        {"file": 1, "text": "xem"},
        {"file": 1, "album": 7},
        {"file": 1, "place": {"lat": 1, "lon": 1}},
        {"place": {"lat": 91, "lon": 0}},
        {"place": {"lat": "21", "lon": "105"}},
        {"place": [21, 105]},
        {"place": {"lat": 21}},
    ],
)
async def test_what_is_no_photo_of_ones_own_and_no_place_is_refused(
    paper: PaperHouse, paper_web: Web, said: dict[str, Any]
) -> None:
    await _handed(paper_web, _form(a_photo()))
    async with paper_web.post("/chat/messages", json={"session": "s1", **said}) as answer:
        assert answer.status == 400
        assert "Hãy" in (await answer.json())["error"]
    assert paper.inbox.stored == {}


async def test_a_photo_nobody_asked_for_is_refused_unread(paper: PaperHouse) -> None:
    async with TestClient(TestServer(create_app(paper, QUICK))) as web:
        # The photo never comes: who waits for it would be too slow.
        status, told = await _pieces(web, [_begun("s9")], declared=5_000_000)
    assert status == 409
    assert "phản ánh" in told["error"]


def _begun(session: str = "s1") -> bytes:
    """A form up to the first bytes of its photo."""
    told = f"--{BOUNDARY}\r\n{_part('session')}\r\n\r\n{session}\r\n--{BOUNDARY}\r\n"
    return (told + _part("file", '; filename="a.jpg"') + "\r\n\r\n").encode() + b"x" * 500


async def _pieces(web: Web, pieces: list[bytes], declared: int) -> tuple[int, Any]:
    """Send a body piece by piece, and no more of it than ``pieces``; give the answer."""

    async def sent() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece
            await asyncio.sleep(0.02)
        await asyncio.sleep(1)

    headers = BY_HAND | {"Content-Length": str(declared)}
    async with web.post("/chat/files", data=sent(), headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_photo_that_comes_too_slowly_is_not_waited_for(paper: PaperHouse) -> None:
    async with TestClient(TestServer(create_app(paper, QUICK))) as web:
        status, told = await _pieces(web, [_begun(), *[b"x" * 200] * 30], declared=99_999)
    assert status == 408
    assert "đường truyền" in told["error"]
    assert paper.photos.kept == []


@pytest.mark.parametrize("declared", [MOST_BYTES + 20_000, 10**12])
async def test_what_says_that_it_is_too_large_is_not_read(
    paper: PaperHouse, declared: int
) -> None:
    async with TestClient(TestServer(create_app(paper, QUICK))) as web:
        status, told = await _pieces(web, [b"--"], declared=declared)
    assert (status, told["error"]) == (413, str(NotAttachable(Unfit.LARGE)))


async def test_a_little_too_large_is_noticed_while_it_is_read(
    paper: PaperHouse, paper_web: Web
) -> None:
    status, _ = await _handed(paper_web, _form(b"\xff" * (MOST_BYTES + 1)))
    assert status == 413
    assert paper.photos.kept == []


async def test_a_stream_of_no_told_length_is_refused(paper: PaperHouse, paper_web: Web) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    async with paper_web.post("/chat/files", data=endless(), headers=BY_HAND) as answer:
        assert answer.status == 411
    assert paper.photos.kept == []


def _bomb() -> bytes:
    """A drawing of a few kilobytes that says it has three hundred million signs."""
    made = io.BytesIO()
    Image.new("1", (64, 64)).save(made, "PNG")
    drawn = bytearray(made.getvalue())
    drawn[16:24] = (20_000).to_bytes(4) + (15_000).to_bytes(4)
    drawn[29:33] = zlib.crc32(bytes(drawn[12:29])).to_bytes(4)
    return bytes(drawn)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unfit.EMPTY),
        (b"%PDF-1.7 \xff\xd8\xff", Unfit.NO_PHOTO),
        (b"PK\x03\x04 a package", Unfit.NO_PHOTO),
        (b"<html><script>alert(1)</script>", Unfit.NO_PHOTO),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Unfit.NO_PHOTO),
        (b"MZ\x90\0", Unfit.NO_PHOTO),
        (b"GIF89a\x01\0\x01\0\0\0\0;", Unfit.NO_PHOTO),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", Unfit.HEIC),
        (b"\xff\xd8\xff\xe0 no more", Unfit.BROKEN),
        (a_photo()[:300], Unfit.BROKEN),
        (_bomb(), Unfit.PIXELS),
    ],
)
async def test_what_is_no_photo_says_what_to_send_instead(
    paper: PaperHouse, paper_web: Web, content: bytes, why: Unfit
) -> None:
    status, told = await _handed(paper_web, _form(content))
    assert (status, told) == (422, {"error": str(NotAttachable(why))})
    assert paper.photos.kept == []


@pytest.mark.parametrize(
    "behind", [b"<script>alert(1)</script>", b"%PDF-1.7", b"PK\x03\x04<?php system('id');"]
)
async def test_of_a_photo_that_is_something_else_too_the_photo_alone_is_kept(
    paper: PaperHouse, paper_web: Web, behind: bytes
) -> None:
    assert (await _handed(paper_web, _form(a_photo() + behind)))[0] == 201
    assert behind not in paper.photos.kept[0][1]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\a.exe", "x" * 3000, '"; evil="', "ảnh.jpg"]
)
@pytest.mark.usefixtures("paper")
async def test_the_name_of_a_photo_means_nothing(paper_web: Web, name: str) -> None:
    assert (await _handed(paper_web, _form(a_photo(), name=name)))[0] == 201


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b"session=s1", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"\xff\xd8", {"Content-Type": "image/jpeg"}, 415),
        (b"x", {"Content-Type": "multipart/form-data"}, 400),
        (b"x", {"Content-Type": "multipart/form-data; boundary=" + "b" * 100}, 400),
        (b"x", BY_HAND | {"Content-Encoding": "gzip"}, 415),
        (b"", BY_HAND, 400),
        (b"nothing of a form", BY_HAND, 400),
        (_written((_part("file"), b"x")), BY_HAND, 400),
        (_written((_part("session"), b"s1")), BY_HAND, 400),
        (_written((_part("session"), b"")), BY_HAND, 400),
        (_written((_part("session"), b"\xff\xfe")), BY_HAND, 400),
        (_written((_part("session"), b"s" * 129)), BY_HAND, 400),
        (_written((_part("session"), b"s1"), (_part("photo"), b"x")), BY_HAND, 400),
        (_written((_part("session"), b"s1"), (_part("session"), b"x")), BY_HAND, 400),
        (_written((_part("session"), b"s1"), (_part("file"), b"x"))[:-20], BY_HAND, 422),
        (_written(("Content-Type: multipart/mixed; boundary=z", b"--z--")), BY_HAND, 400),
        (_written(("X: " + "y" * 9000, b"s1")), BY_HAND, 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused_in_words(
    paper: PaperHouse, paper_web: Web, form: bytes, headers: dict[str, str], status: int
) -> None:
    found, told = await _handed(paper_web, form, **headers)
    assert (found, bool(told["error"])) == (status, True)
    assert paper.photos.kept == []


async def test_a_part_that_is_packed_is_not_unpacked(paper: PaperHouse, paper_web: Web) -> None:
    packed = zlib.compress(b"\0" * 10_000_000)
    more = '; filename="a.jpg"\r\nContent-Encoding: deflate\r\nContent-Transfer-Encoding: base64'
    form = _written((_part("session"), b"s1"), (_part("file", more), packed))
    status, _ = await _handed(paper_web, form, **BY_HAND)
    assert status == 422
    assert paper.photos.kept == []


async def test_photos_count_as_messages_do() -> None:
    house = PaperHouse(settings=Settings.from_env({"CHAT_RATE_PER_MINUTE": "2"}))
    house.photos.useful |= {"s1", "s2"}
    async with TestClient(TestServer(create_app(house, ORDINARY))) as web:
        statuses = [(await _handed(web, _form(a_photo())))[0] for _ in range(3)]
        assert statuses == [201, 201, 429]
        assert (await _handed(web, _form(a_photo(), "s2")))[0] == 201


async def test_one_session_hands_over_few_photos_at_once(paper: PaperHouse) -> None:
    patience = Patience(upload=1.0, linger=0.1)
    async with TestClient(TestServer(create_app(paper, patience))) as web:
        waiting = [_pieces(web, [_begun()], 9_999) for _ in range(UPLOADS_EACH + 1)]
        statuses = sorted([one for one, _ in await asyncio.gather(*waiting)])
        assert statuses == [408] * UPLOADS_EACH + [429]
        assert (await _handed(web, _form(a_photo())))[0] == 201


async def test_a_database_out_of_reach_asks_to_come_again(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.photos.fault = Unavailable("gone")
    async with paper_web.post("/chat/files", data=_form(a_photo())) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
