"""Messages a second: webhook → stored → 200 beside a bare aiohttp handler, and end to end.

python -m benchmarks.intake [MESSAGES]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.bootstrap import House, build
from bot.settings import Settings
from bot.storage.tables import outbox
from bot.web.app import create_app

AT_ONCE = 64


async def _post_all(url: str, count: int) -> float:
    started = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as http:

        async def one(number: int) -> None:
            body = {"session": f"s{number}", "text": "làm giấy khai sinh cho con cần gì"}
            async with http.post(url, json=body) as answer:
                await answer.read()

        await asyncio.gather(*map(one, range(count)))
    return count / (time.perf_counter() - started)


async def _bare(count: int) -> float:
    async def ok(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/chat/messages", ok)
    async with TestServer(app) as server:
        return await _post_all(str(server.make_url("/chat/messages")), count)


async def _with_house(measure: Callable[[House, str], Awaitable[None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_env({"DATA_DIR": folder, "CHAT_RATE_PER_MINUTE": "600"})
        async with build(settings) as house, TestServer(create_app(house)) as server:
            await measure(house, str(server.make_url("/chat/messages")))


async def main(count: int) -> None:
    bare = await _bare(count)
    print(f"bare aiohttp handler     {bare:8.0f}/s  (client in the same process)")

    async def stored(house: House, url: str) -> None:
        writing = asyncio.create_task(house.inbox.writing())
        rate = await _post_all(url, count)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        print(f"webhook → stored → 202   {rate:8.0f}/s  {rate / bare:.2f} of bare (SQLite)")

    async def answered(house: House, url: str) -> None:
        started = time.perf_counter()
        async with house.working():
            await _post_all(url, count)
            while True:
                async with house.database.reading() as connection:
                    done = select(func.count()).select_from(outbox)
                    if (await connection.execute(done)).scalar_one() >= count:
                        break
                await asyncio.sleep(0.05)
        print(
            f"message → reply in outbox{count / (time.perf_counter() - started):8.0f}/s  (SQLite)"
        )

    await _with_house(stored)
    await _with_house(answered)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
