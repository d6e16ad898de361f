"""An embedded database has one server; a database that is away is told as such, and comes back."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine, ExceptionContext, event, insert, select, update
from typer.testing import CliRunner

from bot.__main__ import app
from bot.bootstrap import build
from bot.conversation.desk import Desk
from bot.conversation.edition import Edition
from bot.intake.backlog import MOST_WAITING
from bot.settings import Settings
from bot.storage.errors import AlreadyServed, Unusable
from bot.storage.inbox_rows import insert_messages
from bot.storage.leases import hold, vacate
from bot.storage.opening import open_database
from bot.storage.tables import daily_turns
from bot.upkeep.ticking import LEADER
from bot.web.app import create_app
from knowledge.repository import SqlSnapshotStore
from tests.factories import a_citizen, a_message
from tests.fakes.furnished import settled
from tests.fakes.program import PATIENCE


async def test_a_second_server_is_refused_until_the_first_is_gone(
    tmp_path: Path, desk: Desk
) -> None:
    settings = settled(tmp_path)
    async with build(settings, desk=desk):
        with pytest.raises(AlreadyServed, match=r"\d+"):
            async with build(settings, desk=desk):
                pass
    async with build(settings, desk=desk):
        pass


async def test_commands_work_beside_a_server(tmp_path: Path, desk: Desk) -> None:
    async with build(settled(tmp_path), desk=desk):
        told = await asyncio.to_thread(
            CliRunner().invoke, app, ["migrate", "--check"], env={"DATA_DIR": str(tmp_path)}
        )
    assert told.exit_code == 0, told.output


def test_migrate_tells_whether_the_database_is_behind(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path / "new")}
    for options, code in ((["--check"], 1), ([], 0), (["--check"], 0)):
        assert CliRunner().invoke(app, ["migrate", *options], env=environment).exit_code == code


def test_looking_whether_the_database_is_behind_makes_nothing(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path / "new")}
    assert CliRunner().invoke(app, ["migrate", "--check"], env=environment).exit_code == 1
    assert not (tmp_path / "new").exists()


async def test_who_reads_and_writes_sees_what_another_wrote_before(tmp_path: Path) -> None:
    async with open_database(Settings(data_dir=tmp_path)) as database:
        nothing = {"day": "2026-11-20", "channel": "web", "outcome": "answered", "turns": 0}
        async with database.writing() as connection:
            await connection.execute(insert(daily_turns).values(nothing))

        async def count_one_more() -> None:
            async with database.writing() as connection:
                seen = (await connection.execute(select(daily_turns.c.turns))).scalar_one()
                await connection.execute(update(daily_turns).values(turns=seen + 1))

        await asyncio.gather(*(count_one_more() for _ in range(10)))
        async with database.reading() as connection:
            assert (await connection.execute(select(daily_turns.c.turns))).scalar_one() == 10


async def test_while_the_database_is_held_a_message_is_refused_and_later_taken(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    said = {"session": "s1", "text": "chào"}
    async with (
        build(settled(tmp_path), desk=desk) as house,
        TestClient(TestServer(create_app(house))) as web,
        house.working(),
    ):
        holder = sqlite3.connect(tmp_path / "hanhchinh.sqlite3", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        async with web.post("/chat/messages", json=said) as refused:
            assert refused.status == 503
            assert int(refused.headers["Retry-After"]) > 0
        holder.execute("ROLLBACK")
        holder.close()
        async with asyncio.timeout(PATIENCE):
            # Now and then it is still refused: so short of patience, one's own work is enough.
            while (answer := await web.post("/chat/messages?wait=5", json=said)).status == 503:
                answer.close()
        assert answer.status == 200
        assert (await answer.json())["replies"]


@contextmanager
def _held(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Write to the embedded database as somebody else does, until the rollback."""
    monkeypatch.setattr("bot.storage.database.SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    holder = sqlite3.connect(settings.embedded_file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield holder
    holder.close()


async def test_a_start_beside_somebody_who_writes_asks_for_its_turn_again(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settled(tmp_path)
    refused: list[object] = []

    def let_it_in(context: ExceptionContext) -> None:
        refused.append(context.original_exception)
        holder.rollback()

    with _held(settings, monkeypatch) as holder:
        event.listen(Engine, "handle_error", let_it_in)
        try:
            async with build(settings, desk=desk):
                pass
        finally:
            event.remove(Engine, "handle_error", let_it_in)
    assert [str(one) for one in refused] == ["database is locked"]


async def test_a_start_that_never_gets_its_turn_says_that_somebody_else_writes(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settled(tmp_path)
    with (
        _held(settings, monkeypatch),
        pytest.raises(Unusable, match=r"đang được một chương trình khác ghi.*Hãy đợi"),
    ):
        async with build(settings, desk=desk):
            pass


async def test_with_too_many_waiting_from_before_the_first_who_comes_is_told_to_come_again(
    tmp_path: Path, desk: Desk
) -> None:
    settings = Settings(data_dir=tmp_path)
    async with open_database(settings) as database, database.writing() as connection:
        told = (
            a_message("hi", external_id=str(number), address=a_citizen(f"s{number}"))
            for number in range(MOST_WAITING)
        )
        await insert_messages(connection, list(told))
    async with (
        build(settings, desk=desk) as house,
        TestClient(TestServer(create_app(house))) as web,
        house.working(),
        web.post("/chat/messages", json={"session": "new", "text": "chào"}) as refused,
    ):
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0


async def test_it_is_told_who_leads_and_that_nobody_does(tmp_path: Path, desk: Desk) -> None:
    async with (
        build(settled(tmp_path), desk=desk) as house,
        TestClient(TestServer(create_app(house))) as web,
    ):

        async def told() -> tuple[str, float | None]:
            async with web.get("/readyz") as answer:
                leader = (await answer.json())["leader"]
            return leader, house.registry.get_sample_value("bot_leads")

        assert await told() == ("nobody", 0)
        # Not at work: its own ticking would take the lease back at once.
        await house.ticking.lease.renew()
        assert await told() == ("this", 1)
        await vacate(house.database, LEADER)
        assert (await told())[0] == "nobody"
        far = timedelta(seconds=60)
        await hold(house.database, LEADER, "b", now=house.clock.now(), length=far)
        assert (await told())[0] == "another"


class FailingEdition(Edition):
    async def renewing(self, _stopping: asyncio.Event) -> None:
        raise ValueError("broken")


async def test_a_worker_that_fails_makes_it_unready_and_is_told_when_all_is_put_away(
    tmp_path: Path, desk: Desk
) -> None:
    async with build(settled(tmp_path), desk=desk) as house:
        edition = FailingEdition(SqlSnapshotStore(house.database), house.conversation, office="")
        working = replace(house, edition=edition, tasks=[])
        at_work = working.working()
        await at_work.__aenter__()
        await asyncio.wait_for(working.broken.wait(), PATIENCE)
        assert (await working.readiness())["work"] == "stopped"
        async with TestClient(TestServer(create_app(working))) as web:
            said = {"session": "s1", "text": "chào"}
            async with web.post("/chat/messages", json=said) as refused:
                assert refused.status == 503
        with pytest.raises(ValueError, match="broken"):
            await at_work.__aexit__(None, None, None)
        assert all(task.done() for task in working.tasks)


BREAKING = """
from bot.__main__ import app
from bot.conversation.edition import Edition

async def renewing(self, stopping):
    raise ValueError("broken")

Edition.renewing = renewing
app(["serve"])
"""


async def test_a_program_one_of_whose_tasks_failed_says_so_and_ends(
    furnished: Path, unused_tcp_port: int
) -> None:
    environment = {"PATH": os.defpath, "DATA_DIR": str(furnished), "PORT": str(unused_tcp_port)}
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BREAKING, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await asyncio.wait_for(program.communicate(), PATIENCE)
    assert program.returncode == 1
    assert b'"task_failed"' in told
    assert b'"task": "renewing"' in told
