"""Messages a second: webhook → stored → 200 beside a bare aiohttp handler, and end to end.

python -m benchmarks.intake [MESSAGES] [--postgres]
"""

from __future__ import annotations

import asyncio
import gc
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
from tests.fakes.postgres import start_postgres

AT_ONCE = 64
POSTGRES_PORT = 19_432


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


async def _with_house(
    measure: Callable[[House, str], Awaitable[None]], database_url: str = ""
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "CHAT_RATE_PER_MINUTE": "600"}
        settings = Settings.from_env({**environment, "DATABASE_URL": database_url})
        async with build(settings) as house, TestServer(create_app(house)) as server:
            # As the program does that serves: the collector need not look at what stays.
            gc.freeze()
            await measure(house, str(server.make_url("/chat/messages")))


async def main(count: int, database_url: str = "") -> None:
    kind = "PostgreSQL" if database_url else "SQLite"
    bare = await _bare(count)
    print(f"bare aiohttp handler     {bare:8.0f}/s  (client in the same process)")

    async def stored(house: House, url: str) -> None:
        writing = asyncio.create_task(house.inbox.writing())
        rate = await _post_all(url, count)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        print(f"webhook → stored → 202   {rate:8.0f}/s  {rate / bare:.2f} of bare ({kind})")

    async def answered(house: House, url: str) -> None:
        before = await _replies(house)
        started = time.perf_counter()
        async with house.working():
            await _post_all(url, count)
            while True:
                if await _replies(house) - before >= count:
                    break
                await asyncio.sleep(0.05)
        rate = count / (time.perf_counter() - started)
        print(f"message → reply in outbox{rate:8.0f}/s  ({kind})")

    await _with_house(answered, database_url)
    await _with_house(stored, database_url)


async def _replies(house: House) -> int:
    async with house.database.reading() as connection:
        counted = await connection.execute(select(func.count()).select_from(outbox))
        return counted.scalar_one()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    server = start_postgres(POSTGRES_PORT) if "--postgres" in sys.argv else None
    asyncio.run(main(numbers[0] if numbers else 2000, server.url if server else ""))
    if server:
        server.stop()
