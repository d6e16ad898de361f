"""``python -m bot keys``: what is made, told and changed, with codes of exit scripts go by."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from sqlalchemy import insert
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.settings import Settings
from bot.storage.feedback_person_tables import drafts
from bot.storage.opening import open_database
from bot.vault import Keyring, Vault, open_vaults, place
from bot.vault.keyring import new_key
from tests.conftest import NOON

OLD, NEW = new_key("2026a"), new_key("2026b")


def keys(folder: Path, *words: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["keys", *words], env={"DATA_DIR": str(folder), **environment})


def _store(folder: Path) -> None:
    async def store() -> None:
        async with open_database(Settings(data_dir=folder)) as database:
            sealed = Vault(Keyring.parse(OLD)).seal(
                b"{}", place("feedback_drafts", "told_sealed", "web:1")
            )
            row = {"conversation": "web:1", "step": "x", "told_sealed": sealed}
            async with database.writing() as connection:
                await connection.execute(
                    insert(drafts).values(**row, begun_at=NOON, changed_at=NOON)
                )

    asyncio.run(store())


def _draft_of(told: Result) -> dict[str, object]:
    (draft,) = [one for one in json.loads(told.stdout) if "drafts" in one["column"]]
    return dict(draft)


def test_a_new_key_is_printed_alone_and_what_to_do_with_it_beside(tmp_path: Path) -> None:
    told = keys(tmp_path, "new", "--id", "2027a")
    assert Keyring.parse(told.stdout.strip()).first == "2027a"
    assert "keys rotate" in told.stderr
    assert list(tmp_path.iterdir()) == []
    named = json.loads(keys(tmp_path, "new", "--json").stdout)
    assert Keyring.parse(named["key"]).first == named["id"]
    assert keys(tmp_path, "new", "--id", "Khóa Mới").exit_code == 2


def test_without_any_key_it_is_said_what_to_do(tmp_path: Path) -> None:
    told = keys(tmp_path, "check")
    assert (told.exit_code, "DATA_KEYS" in told.stderr) == (2, True)


def test_from_the_old_key_to_the_new_one(tmp_path: Path) -> None:
    _store(tmp_path)
    both = {"DATA_KEYS": f"{NEW},{OLD}", "SEALED_KEYS": NEW}
    tried = keys(tmp_path, "rotate", "--dry-run", "--json", **both)
    assert (tried.exit_code, _draft_of(tried)["keys"]) == (0, {"2026a": 1})
    moved = keys(tmp_path, "rotate", "--json", **both)
    assert (moved.exit_code, _draft_of(moved)["keys"]) == (0, {"2026b": 1})
    alone = keys(tmp_path, "check", DATA_KEYS=NEW, SEALED_KEYS=NEW)
    assert (alone.exit_code, "2026b 1; còn 0 dòng" in alone.stdout) == (0, True)
    lost = keys(tmp_path, "check", DATA_KEYS=OLD, SEALED_KEYS=NEW)
    assert (lost.exit_code, "2026b không mở được" in lost.stderr) == (1, True)


def test_a_key_of_the_file_is_given_up_for_one_of_the_environment(tmp_path: Path) -> None:
    _store(tmp_path)
    open_vaults(Settings(data_dir=tmp_path), make=True)
    (tmp_path / "data.keys").write_text(OLD, encoding="ascii")
    moved = keys(tmp_path, "rotate", "--json", DATA_KEYS=NEW)
    assert (moved.exit_code, _draft_of(moved)["keys"]) == (0, {"2026b": 1})
    (tmp_path / "data.keys").unlink()
    assert keys(tmp_path, "check", DATA_KEYS=NEW).exit_code == 0
