"""What keeps the program from beginning is told in Vietnamese, without a traceback or a secret."""

from __future__ import annotations

import asyncio
import os
import pty
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from bot.__main__ import app
from tests.fakes.furnished import furnish_little
from tests.fakes.postgres import Postgres
from tests.fakes.program import PATIENCE

# Laying out the console takes seconds.
QUICKLY = {"PATH": os.defpath, "CONSOLE": "off"}


def refused(*command: str, **environment: str) -> str:
    """Run a command that cannot begin and give what it says."""
    told = CliRunner().invoke(app, command, env={"DATABASE_URL": "", "OFFICE": "", **environment})
    assert told.exit_code == 2, told.output
    assert "Traceback" not in told.output
    return told.output


@pytest.mark.parametrize(
    "command", [["ask", "mấy giờ làm việc"], ["knowledge", "export", "a.csv"], ["serve"]]
)
def test_an_office_nobody_knows_is_refused_with_those_there_are(
    furnished: Path, command: list[str]
) -> None:
    told = refused(*command, DATA_DIR=str(furnished), OFFICE="zzz")
    assert "OFFICE (đang là 'zzz')" in told
    assert "mau-xa-ca" in told


def test_a_code_nobody_has_is_told_with_all_other_faults(tmp_path: Path) -> None:
    wrong = {"OFFICE": "zzz", "PROVINCE": "99", "PORT": "x"}
    told = refused("serve", DATA_DIR=str(tmp_path), **wrong)
    assert [name for name in wrong if f"\n{name} (đang là" in told] == list(wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_and_a_broken_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")
    told = refused("ask", "khai sinh", DATA_DIR=str(tmp_path / "tep"))
    assert "DATA_DIR" in told
    (tmp_path / "hanhchinh.sqlite3").write_bytes(b"no database" * 100)
    told = refused("migrate", "--check", DATA_DIR=str(tmp_path))
    assert str(tmp_path / "hanhchinh.sqlite3") in told


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1:9/kho",
        "127.0.0.1:abc/kho",
        "127.0.0.1:99999/kho",
        "127.0.0.1:9/kho?sslmode=require",
        "127.0.0.1:9/kho?channel_binding=require",
        "khong-co.invalid/kho",
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(place: str) -> None:
    told = refused("ask", "khai sinh", DATABASE_URL=f"postgresql://bot:geheim@{place}")
    assert "DATABASE_URL" in told
    assert "geheim" not in told


def test_data_of_a_newer_release_are_told(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    made = CliRunner().invoke(app, ["migrate"], env=environment)
    assert made.stdout.startswith("Đã chuyển dữ liệu (mới tạo)")
    again = CliRunner().invoke(app, ["migrate", "--check"], env=environment)
    assert again.stdout.startswith("Dữ liệu đã đúng dạng")
    with sqlite3.connect(tmp_path / "hanhchinh.sqlite3") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '0099'")
    newer.close()
    for command in (["migrate"], ["migrate", "--check"], ["ask", "khai sinh"]):
        assert "bản mới hơn" in refused(*command, DATA_DIR=str(tmp_path))


@pytest.mark.postgres
def test_a_server_may_be_named_with_a_mode_of_tls(postgres: Postgres) -> None:
    url = make_url(postgres.url).update_query_dict({"sslmode": "prefer"})
    named = url.render_as_string(hide_password=False)
    told = CliRunner().invoke(app, ["migrate"], env={"DATABASE_URL": named})
    assert told.exit_code == 0, told.output


async def test_who_starts_it_on_a_terminal_is_told_when_it_is_ready(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    furnish_little(tmp_path)
    ours, its = pty.openpty()
    port = str(unused_tcp_port)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve",
        env={**QUICKLY, "DATA_DIR": str(tmp_path), "PORT": port},
        stdout=its, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    os.close(its)
    shown = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while "Sẵn sàng" not in shown.decode(errors="ignore"):
                shown += await asyncio.to_thread(os.read, ours, 1024)
    finally:
        process.terminate()
    _, log = await process.communicate()
    os.close(ours)
    assert shown.decode().startswith("Đang chuẩn bị")
    assert f"Sẵn sàng: http://127.0.0.1:{port}" in shown.decode()
    assert all(line.startswith("{") for line in log.decode().splitlines())


@pytest.mark.postgres
def test_a_database_that_is_not_there_is_told(postgres: Postgres) -> None:
    url = make_url(postgres.url).set(database="khong_co")
    told = refused("migrate", "--check", DATABASE_URL=url.render_as_string(hide_password=False))
    assert "(InvalidCatalogNameError)" in told


def test_an_address_in_use_is_told(tmp_path: Path) -> None:
    furnish_little(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "bot", "serve"],
            env={**QUICKLY, "DATA_DIR": str(tmp_path), "PORT": port},
            check=False, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
    assert (told.returncode, port in told.stderr, "HOST, PORT" in told.stderr) == (2, True, True)
    assert "Traceback" not in told.stderr
