"""PostgreSQL is stopped: between its last word and the end of the line nothing else breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from bot.storage.database import OUT_OF_REACH, Database, create_database
from tests.fakes.postgres import Postgres
from tests.fakes.silent_line import SilentLine, refusal, silent_line

pytestmark = pytest.mark.postgres


@pytest.fixture(name="over")
async def _over(postgres: Postgres) -> AsyncIterator[tuple[Database, SilentLine]]:
    named = make_url(postgres.url)
    async with silent_line(named.host or "127.0.0.1", named.port or 5432) as line:
        url = named.set(host="127.0.0.1", port=line.port)
        database = create_database(url.render_as_string(hide_password=False))
        yield database, line
        await database.close()


async def _farewell(line: SilentLine) -> None:
    line.say_farewell()
    # On loopback: it is with the client before the next statement is.
    await asyncio.sleep(0.1)


async def _cut_in_the_middle(database: Database, line: SilentLine) -> None:
    async with database.writing() as connection:
        await connection.execute(text("SELECT 1"))
        await _farewell(line)
        await connection.execute(text("SELECT 2"))


async def test_a_connection_that_got_the_farewell_is_replaced(
    over: tuple[Database, SilentLine],
) -> None:
    database, line = over
    await database.ping()
    await _farewell(line)
    await database.ping()


async def test_a_transaction_cut_by_the_farewell_ends_as_any_lost_one(
    over: tuple[Database, SilentLine],
) -> None:
    database, line = over
    with pytest.raises(OUT_OF_REACH):
        await _cut_in_the_middle(database, line)
    await database.ping()


async def _starting_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(refusal("57P03", "the database system is starting up"))
    writer.close()
    await writer.wait_closed()


async def test_a_server_that_is_starting_up_is_out_of_reach() -> None:
    server = await asyncio.start_server(_starting_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        database = create_database(f"postgresql+asyncpg://bot@127.0.0.1:{port}/bot?ssl=disable")
        with pytest.raises(OUT_OF_REACH):
            await database.ping()
        await database.close()


async def test_a_statement_the_server_refuses_is_no_fault_of_the_server(
    over: tuple[Database, SilentLine],
) -> None:
    database, _ = over
    with pytest.raises(ProgrammingError):
        async with database.reading() as connection:
            await connection.execute(text("SELECT nothing_of_the_kind"))
