"""``python -m bot audit verify``: tells that the record is whole, or where it was changed."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.casework.deeds import COMMAND_LINE, acting
from bot.officials.audit import Anchor, Deed
from bot.settings import Settings
from bot.storage.opening import open_database
from tests.conftest import FrozenClock

DEED = Deed(action="officer_added", office="", kind="officer", subject="1")


def verify(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["audit", "verify", *more], env={"DATA_DIR": str(folder)})


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A data folder in which three things were done."""

    async def act() -> None:
        async with open_database(Settings(data_dir=tmp_path)) as database:
            for _ in range(3):
                async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
                    doing.did(DEED)

    asyncio.run(act())
    return tmp_path


def test_a_whole_record_is_said_to_be_whole_with_an_anchor(recorded: Path) -> None:
    told = verify(recorded)
    assert told.exit_code == 0
    assert told.stdout.startswith("Nhật ký nguyên vẹn, 3 dòng")
    anchor = told.stdout.split()[-1]
    assert Anchor.of(anchor).seq == 3
    assert verify(recorded, "--expect", anchor).exit_code == 0


def test_a_changed_record_is_told_by_its_first_entry(recorded: Path) -> None:
    with sqlite3.connect(Settings(data_dir=recorded).embedded_file) as connection:
        connection.execute("DROP TRIGGER audit_entries_no_update")
        connection.execute("UPDATE audit_entries SET actor = 'ai đó' WHERE seq = 2")
    connection.close()
    told = verify(recorded)
    assert told.exit_code == 1
    assert "từ dòng 2: cột actor khác" in told.stderr


def test_an_anchor_the_record_does_not_contain_is_told(recorded: Path) -> None:
    told = verify(recorded, "--expect", f"2:{'0' * 64}")
    assert told.exit_code == 1
    assert "từ dòng 2: khác với mốc" in told.stderr


def test_what_is_no_anchor_is_said_to_be_none(tmp_path: Path) -> None:
    told = verify(tmp_path, "--expect", "hôm qua")
    assert told.exit_code == 2
    assert "SỐ:MÃ" in told.stderr


def test_a_new_record_is_empty(tmp_path: Path) -> None:
    told = verify(tmp_path)
    assert (told.exit_code, told.stdout) == (0, "Nhật ký chưa có dòng nào.\n")
