"""A flood of the console: one session is held back, and citizens' connections stay free."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from bot.console.actor import Actor
from bot.console.crowd import AT_ONCE, CONNECTIONS, MOST, MOST_HEAVY
from bot.console.keys import CONSOLE
from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Found, Gate, Room
from bot.officials.models import Role
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown, console_client


class Slow:
    """Pages that are not done until they are let go, one of them heavy."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.busy = asyncio.Event()
        self.at_work: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.begun: Counter[str] = Counter()
        self.let_in: list[web.Request] = []
        self.room = Room("slow")

        @self.room.page("/slow", Gate.OWN, queries=1)
        async def slow(request: web.Request, _: Actor) -> web.StreamResponse:
            async with request.app[CONSOLE].database.reading() as connection:
                await connection.execute(text("SELECT 1"))
                return await self._works("slow")

        @self.room.page("/heavy", Gate.OWN, queries=1, of=self._let_in, heavy=True)
        async def heavy(_request: web.Request, _: Actor) -> web.StreamResponse:
            return await self._works("heavy")

    async def _let_in(self, request: web.Request) -> Found:
        self.let_in.append(request)
        return Found(office=HERE)

    async def _works(self, name: str) -> web.StreamResponse:
        self.begun[name] += 1
        self.busy.set()
        self.at_work[name] += 1
        self.most[name] = max(self.most[name], self.at_work[name])
        await self.go.wait()
        await asyncio.sleep(0)
        self.at_work[name] -= 1
        return web.Response()


async def test_one_session_waits_for_itself_and_is_told_when_it_is_too_much(
    house: ConsoleHouse,
) -> None:
    slow = Slow()
    async with console_client(house, [slow.room]) as client:
        seat = await Reception(house, client)(Role.PREPARER)
        flood = [asyncio.create_task(seat.get("/slow")) for _ in range(MOST + 5)]
        told = 0
        for one in asyncio.as_completed(flood):
            shown = await one
            if shown.status == HTTPStatus.TOO_MANY_REQUESTS:
                told += 1
                assert shown.heading == "Bạn đang mở quá nhiều trang cùng lúc"
                assert shown.headers["Retry-After"] == "5"
            if told == 5:
                slow.go.set()
        assert Counter([(await one).status for one in flood]) == {200: MOST, 429: 5}
        assert slow.most["slow"] <= AT_ONCE
        assert (await seat.get("/slow")).status == HTTPStatus.OK


async def test_the_whole_console_leaves_citizens_their_connections(house: ConsoleHouse) -> None:
    slow, pool = Slow(), house.database.engine.sync_engine.pool
    assert isinstance(pool, QueuePool)
    async with console_client(house, [slow.room]) as client:
        reception = Reception(house, client)
        seats = [await reception(Role.PREPARER) for _ in range(4)]
        flood = [asyncio.create_task(seat.get("/slow")) for seat in seats for _ in range(4)]
        await _until(lambda: slow.at_work["slow"] == CONNECTIONS)
        assert pool.checkedout() == CONNECTIONS
        async with house.database.reading() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
        slow.go.set()
        assert {(await one).status for one in flood} == {HTTPStatus.OK}
        assert slow.most["slow"] == CONNECTIONS


async def test_heavy_pages_are_made_one_after_the_other(house: ConsoleHouse) -> None:
    slow = Slow()
    async with console_client(house, [slow.room]) as client:
        reception = Reception(house, client)
        seats = [await reception(Role.PREPARER) for _ in range(3)]
        flood = [asyncio.create_task(seat.get("/heavy")) for seat in seats for _ in range(3)]
        slow.go.set()
        assert {(await one).status for one in flood} == {HTTPStatus.OK}
        assert slow.most["heavy"] == 1


async def test_of_one_session_few_heavy_pages_wait_and_the_others_are_told(
    house: ConsoleHouse,
) -> None:
    slow = Slow()
    async with console_client(house, [slow.room]) as client:
        seat = await Reception(house, client)(Role.PREPARER)
        flood = [asyncio.create_task(seat.get("/heavy")) for _ in range(MOST_HEAVY + 1)]
        (one,), _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
        assert (await one).status == HTTPStatus.TOO_MANY_REQUESTS
        slow.go.set()
        shown = [(await one).status for one in flood]
        assert shown.count(HTTPStatus.OK) == MOST_HEAVY


async def test_who_is_not_let_in_waits_in_no_line_of_heavy_pages(house: ConsoleHouse) -> None:
    slow = Slow()
    async with console_client(house, [slow.room]) as client:
        seat = await Reception(house, client)(Role.PREPARER)
        first = asyncio.create_task(seat.get("/heavy"))
        async with asyncio.timeout(10):
            await slow.busy.wait()
            stranger = await Seat(client, "made-up").get("/heavy")
        assert stranger.status == HTTPStatus.SEE_OTHER
        slow.go.set()
        assert (await first).status == HTTPStatus.OK


async def test_nothing_heavy_is_made_for_who_went_away(house: ConsoleHouse) -> None:
    slow = Slow()
    async with console_client(house, [slow.room]) as client, asyncio.timeout(20):
        reception = Reception(house, client)
        waiting: list[asyncio.Task[Shown]] = []
        for _ in range(3):
            seat = await reception(Role.PREPARER)
            waiting.append(asyncio.create_task(seat.get("/heavy")))
            await _until(lambda: len(slow.let_in) == len(waiting))
        first, leaving, last = waiting
        leaving.cancel()
        await _until(lambda: slow.let_in[1].transport is None)
        slow.go.set()
        assert [(await one).status for one in (first, last)] == [HTTPStatus.OK, HTTPStatus.OK]
        assert slow.begun["heavy"] == 2


async def _until(happened: Callable[[], bool]) -> None:
    while not happened():  # noqa: ASYNC110 - the pages are all that tell
        await asyncio.sleep(0)


def test_every_file_is_heavy() -> None:
    files = [way for way in ways_of(ROOMS) if way.path.endswith(("/file", ".xlsx"))]
    given = [way for way in files if way.method == "GET"]
    assert len(given) > 10
    assert [way.name for way in given if not way.heavy] == []


async def test_a_transaction_inside_another_needs_no_place_of_its_own(
    house: ConsoleHouse,
) -> None:
    room = Room("nested")

    @room.page("/nested", Gate.OWN, queries=2)
    async def nested(request: web.Request, _: Actor) -> web.StreamResponse:
        database = request.app[CONSOLE].database
        async with database.reading(), database.reading() as connection:
            await connection.execute(text("SELECT 1"))
        return web.Response()

    async with console_client(house, [room]) as client:
        reception = Reception(house, client)
        seats = [await reception(Role.PREPARER) for _ in range(CONNECTIONS)]
        flood = (seat.get("/nested") for seat in seats for _ in range(4))
        async with asyncio.timeout(20):
            assert {one.status for one in await asyncio.gather(*flood)} == {HTTPStatus.OK}
