"""``python -m bot officer``: accounts are made, listed, reset and switched off from a shell."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import SystemClock
from bot.console.people.doorway import Caller, Doorway
from bot.console.people.links import look, set_by_link
from bot.console.people.sealing import Seal
from bot.officials.models import OfficerId, Purpose
from bot.settings import Settings
from bot.storage.console_tables import audit_entries
from bot.storage.credential_rows import (
    SecondFactor,
    second_factor_of,
    set_password,
    set_second_factor,
)
from bot.storage.database import Database
from bot.storage.link_rows import OpenLink
from bot.storage.opening import open_database
from tests.conftest import NOON
from tests.fakes.hashing import PlainHasher
from tests.fakes.postgres import Postgres

PASSWORD = "con mèo nằm trên mái"


def officer(folder: Path, *words: str, **more: str) -> Result:
    env = {"DATA_DIR": str(folder), "PORT": "8099", **more}
    return CliRunner().invoke(app, ["officer", *words], env=env)


def added(folder: Path, login: str = "nam", *words: str, **more: str) -> Result:
    told = officer(folder, "add", "--login", login, "--name", "Lê Nam", *words, **more)
    assert told.exit_code == 0, told.output
    return told


def token_in(told: Result) -> str:
    (found,) = re.findall(r"/console/link\?t=(\S+)", told.stdout)
    return str(found)


async def looked(folder: Path, token: str) -> OpenLink | None:
    async with open_database(Settings(data_dir=folder)) as database:
        return await look(_doorway(database), token)


def _doorway(database: Database) -> Doorway:
    return Doorway(database=database, clock=SystemClock(), hasher=PlainHasher(), seal=Seal(None))


def test_the_first_administrator_gets_a_link_and_no_password(tmp_path: Path) -> None:
    told = added(tmp_path)
    assert "Quản trị tại toàn hệ thống" in told.stdout
    assert "http://127.0.0.1:8099/console/link?t=" in told.stdout
    link = asyncio.run(looked(tmp_path, token_in(told)))
    assert link
    assert (link.login, link.purpose) == ("nam", Purpose.FIRST)
    listed = officer(tmp_path, "list")
    assert "nam\tLê Nam\tQuản trị: toàn hệ thống\tchưa có hai bước\tđang làm việc" in listed.stdout
    assert token_in(told) not in listed.output
    assert "CONSOLE_SECRET" in listed.stderr
    assert officer(tmp_path, "list", CONSOLE_SECRET="k" * 32).stderr == ""


def test_a_link_is_printed_as_the_office_is_reached(tmp_path: Path) -> None:
    told = added(tmp_path, PUBLIC_URL="https://chat.xa.vn/")
    assert "https://chat.xa.vn/console/link?t=" in told.stdout
    told = added(tmp_path, "hoa", HOST="0.0.0.0")
    assert "http://localhost:8099/console/link?t=" in told.stdout


def test_what_cannot_be_taken_is_told_in_words_of_ours(tmp_path: Path) -> None:
    told = officer(tmp_path, "add", "--login", "nam", "--name", "Lê Nam", "--role", "boss")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("Không có vai trò boss. Các vai trò: preparer (Cán bộ), ")
    told = officer(tmp_path, "add", "quantri", "Lê Nam")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Không rõ “quantri Lê Nam”" in told.stderr
    assert "--login quantri --name" in told.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Chưa có tên đăng nhập và họ tên nên chưa thêm ai."),
        ("nam\n", "Chưa có tên đăng nhập và họ tên nên chưa thêm ai."),
        ("\n\n", "Tên đăng nhập dài 3–64 ký tự"),
        ("nam\n \n", "họ tên không để trống"),
    ],
)
def test_who_types_nothing_is_told_what_is_wanted(tmp_path: Path, typed: str, told: str) -> None:
    env = {"DATA_DIR": str(tmp_path)}
    shown = CliRunner().invoke(app, ["officer", "add"], env=env, input=typed)
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert "Aborted" not in shown.output


def test_login_and_name_are_asked_for(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path)}
    shown = CliRunner().invoke(app, ["officer", "add"], env=env, input="nam\nLê Nam\n")
    assert "Đã thêm nam (Lê Nam), vai trò Quản trị tại toàn hệ thống." in shown.stdout


def test_an_officer_of_an_office_that_exists(furnished: Path) -> None:
    told = added(furnished, "hoa", "--role", "preparer", "--office", "mau-xa")
    assert "Cán bộ tại mau-xa" in told.stdout
    told = officer(furnished, "add", "--login", "bon", "--name", "Bốn", "--office", "nowhere")
    assert told.exit_code == 2
    assert "mau-xa" in told.stderr
    assert "bon\t" not in officer(furnished, "list").stdout


def test_what_cannot_be_done_is_told_in_words(tmp_path: Path) -> None:
    added(tmp_path)
    for words, wrong in (
        (["add", "--login", "NAM ", "--name", "Hai"], "đã có"),
        (["add", "--login", "n", "--name", "Hai"], "3–64 ký tự"),
        (["add", "--login", "năm", "--name", "Hai"], "3–64 ký tự"),
        (["add", "--login", "hai", "--name", " "], "họ tên không để trống"),
        (["reset", "nobody"], "Không có tài khoản nobody"),
        (["reset", "nobody", "--second"], "Không có tài khoản nobody"),
        (["off", "nobody"], "Không có tài khoản nobody"),
        (["off", "nam"], "quản trị duy nhất"),
    ):
        told = officer(tmp_path, *words)
        assert told.exit_code == 2
        assert wrong in told.stderr
    assert officer(tmp_path, "list").stdout.count("\n") == 1


def test_a_reset_makes_a_link_and_only_the_newest_counts(tmp_path: Path) -> None:
    first = token_in(added(tmp_path))
    again = token_in(officer(tmp_path, "reset", "nam"))

    async def use() -> tuple[OpenLink | None, object]:
        async with open_database(Settings(data_dir=tmp_path)) as database:
            doorway = _doorway(database)
            gone = await look(doorway, first)
            caller = Caller(address="127.0.0.1")
            return gone, await set_by_link(doorway, again, PASSWORD, caller)

    gone, used = asyncio.run(use())
    assert gone is None
    assert isinstance(used, OpenLink)
    told = officer(tmp_path, "reset", "NAM")
    assert "2 giờ" in told.stdout
    link = asyncio.run(looked(tmp_path, token_in(told)))
    assert link
    assert link.purpose == Purpose.RESET


def test_a_second_factor_is_taken_away(tmp_path: Path) -> None:
    added(tmp_path)
    made = SecondFactor(secret="plain:", step=1, recovery=("a",))

    async def second(make: SecondFactor | None = None) -> SecondFactor | None:
        async with (
            open_database(Settings(data_dir=tmp_path)) as database,
            database.writing() as connection,
        ):
            if make:
                await set_password(connection, OfficerId(1), "x", at=NOON)
                await set_second_factor(connection, OfficerId(1), make)
            return await second_factor_of(connection, OfficerId(1))

    assert asyncio.run(second(made)) == made
    assert "có hai bước" in officer(tmp_path, "list").stdout
    assert officer(tmp_path, "reset", "nam", "--second").exit_code == 0
    assert asyncio.run(second()) is None


def test_who_leaves_is_switched_off_and_stays_on_the_list(tmp_path: Path) -> None:
    added(tmp_path)
    added(tmp_path, "hoa")
    assert officer(tmp_path, "off", "hoa").exit_code == 0
    assert "hoa\tLê Nam\tQuản trị: toàn hệ thống\tchưa có hai bước\tđã tắt" in (
        officer(tmp_path, "list").stdout
    )
    assert officer(tmp_path, "reset", "hoa").exit_code == 2


def test_an_empty_list_says_how_to_begin(tmp_path: Path) -> None:
    assert "officer add" in officer(tmp_path, "list").stdout


def test_every_act_is_in_the_record_and_no_link_is(tmp_path: Path) -> None:
    told = added(tmp_path)
    added(tmp_path, "hoa")
    officer(tmp_path, "off", "hoa")
    officer(tmp_path, "reset", "nam", "--second")

    async def deeds() -> str:
        async with (
            open_database(Settings(data_dir=tmp_path)) as database,
            database.reading() as connection,
        ):
            return str((await connection.execute(select(audit_entries))).all())

    record = asyncio.run(deeds())
    for act in ("officer_added", "granted", "link_made", "officer_off", "second_reset"):
        assert act in record
    assert token_in(told) not in record


def test_what_was_not_said_is_asked_for(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path), "PORT": "8099"}
    told = CliRunner().invoke(app, ["officer", "add"], env=env, input="nam\nLê Nam\n")
    assert told.exit_code == 0, told.output
    assert "Đã thêm nam (Lê Nam), vai trò Quản trị" in told.output
    assert token_in(told)


@pytest.mark.postgres
def test_on_a_server_of_its_own_it_is_the_same(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.url.replace("+asyncpg", "")
    login = f"pg-{token_hex(4)}"
    told = added(tmp_path, login, DATABASE_URL=url)
    assert token_in(told)
    assert f"{login}\tLê Nam\tQuản trị" in officer(tmp_path, "list", DATABASE_URL=url).stdout
    added(tmp_path, f"{login}-2", DATABASE_URL=url)
    assert officer(tmp_path, "off", login, DATABASE_URL=url).exit_code == 0
    assert token_in(officer(tmp_path, "reset", f"{login}-2", DATABASE_URL=url))
    assert not (tmp_path / "hanhchinh.sqlite3").exists()
