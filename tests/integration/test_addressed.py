"""Citizens' files by address: from known hosts alone, whole or clearly not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.addressed import Addressed
from bot.channels.errors import Missing, NotDownloaded

MOST = 50_000
FILES = {"whole": b"x" * MOST, "large": b"x" * (MOST + 1)}


class Shop:
    """Gives files, refuses and hangs."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refusal = 0
        self.slowness = 0.0
        self.breaks = False

    async def give(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if self.refusal:
            return web.Response(status=self.refusal, headers={"Location": "/whole"})
        content = FILES.get(request.match_info["name"])
        if content is None:
            return web.Response(status=404)
        answer = web.StreamResponse()
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        await answer.write(content[:100])
        await asyncio.sleep(self.slowness)
        if self.breaks and request.transport:
            request.transport.abort()
            return answer
        await answer.write(content[100:])
        return answer


@pytest.fixture
async def shop() -> Shop:
    return Shop()


@pytest.fixture
async def url(shop: Shop) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{name}", shop.give)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def files(url: str) -> AsyncIterator[Addressed]:
    made = Addressed(["zdn.vn", url.removeprefix("http://")], seconds=0.5)
    yield made
    await made.close()


async def _missing(files: Addressed, address: str) -> Missing:
    with pytest.raises(NotDownloaded) as raised:
        await files.download(address, most=MOST)
    assert raised.value.__cause__ is None
    assert address not in str(raised.value)
    return raised.value.why


async def test_a_file_of_just_the_most_comes_and_a_larger_one_does_not(
    files: Addressed, url: str
) -> None:
    assert await files.download(f"{url}/whole", most=MOST) == FILES["whole"]
    assert await _missing(files, f"{url}/large") is Missing.LARGE


@pytest.mark.parametrize(
    "address",
    [
        "{url}.evil.vn/whole",
        "http://zdn.vn/whole",
        "https://zdn.vn:8443/whole",
        "https://evilzdn.vn/whole",
        "https://zdn.vn.evil.vn/whole",
        "https://zdn.vn@evil.vn/whole",
        "https://nam:mat@zdn.vn/whole",
        "https://127.0.0.1/whole",
        "http://localhost:1/whole",
        "http://[::1]/whole",
        "file:///etc/passwd",
        "ftp://zdn.vn/whole",
        "https://",
        "http://[",
        "https://zdn.vn:99999/x",
        "whole",
        " ",
    ],
)
async def test_no_other_place_is_ever_asked(
    files: Addressed, shop: Shop, url: str, address: str
) -> None:
    assert await _missing(files, address.format(url=url)) is Missing.GONE
    assert shop.asked == []


@pytest.mark.parametrize(
    ("status", "why"),
    [(404, Missing.GONE), (410, Missing.GONE), (302, Missing.UNREACHABLE),
     (403, Missing.UNREACHABLE), (500, Missing.UNREACHABLE), (429, Missing.UNREACHABLE)],
)  # fmt: skip
async def test_a_refusal_is_told_and_no_other_address_followed(
    files: Addressed, shop: Shop, url: str, status: int, why: Missing
) -> None:
    shop.refusal = status
    assert await _missing(files, f"{url}/whole") is why
    assert shop.asked == ["/whole"]


async def test_a_line_that_breaks_or_hangs_gives_no_half_file(
    files: Addressed, shop: Shop, url: str
) -> None:
    shop.breaks = True
    assert await _missing(files, f"{url}/whole") is Missing.UNREACHABLE
    shop.slowness = 5.0
    assert await _missing(files, f"{url}/whole") is Missing.UNREACHABLE
