"""Whose keys a deployment uses: those of its environment, or a file beside its own database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.vault import Unopenable, Vault, open_vaults
from bot.vault.errors import BadKeyFile
from bot.vault.keyring import new_key

SERVER = "postgresql://a:b@c/d"


def settings_of(folder: Path, **told: str) -> Settings:
    return Settings.from_env({"DATA_DIR": str(folder), **told})


def test_beside_an_embedded_database_each_key_is_made_once_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    first = open_vaults(settings_of(tmp_path), make=True)
    assert [file.name for file in first.files] == ["data.keys", "sealed.keys"]
    assert {file.stat().st_mode & 0o777 for file in first.files} == {0o600}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data.keys", "sealed.keys"]
    again = open_vaults(settings_of(tmp_path), make=True)
    assert _opened(again.data, _sealed(first.data)) == b"x"
    assert _opened(again.sealed, _sealed(first.sealed)) == b"x"
    with pytest.raises(Unopenable):
        _opened(again.sealed, _sealed(first.data))


def test_without_being_told_to_nothing_is_made(tmp_path: Path) -> None:
    vaults = open_vaults(settings_of(tmp_path))
    assert (vaults.data, vaults.sealed, list(tmp_path.iterdir())) == (None, None, [])


def test_on_a_server_without_keys_it_is_told_what_lacks(tmp_path: Path) -> None:
    vaults = open_vaults(settings_of(tmp_path, DATABASE_URL=SERVER), make=True)
    assert vaults.lacking == ("DATA_KEYS", "SEALED_KEYS")
    assert list(tmp_path.iterdir()) == []
    told = open_vaults(settings_of(tmp_path, DATABASE_URL=SERVER, DATA_KEYS=new_key("2026a")))
    assert told.lacking == ("SEALED_KEYS",)


def test_keys_of_the_environment_come_first_and_those_of_the_file_still_open(
    tmp_path: Path,
) -> None:
    before = open_vaults(settings_of(tmp_path), make=True)
    keys = {"DATA_KEYS": new_key("2026a"), "SEALED_KEYS": new_key("2026s")}
    after = open_vaults(settings_of(tmp_path, **keys), make=True)
    assert after.files == ()
    assert after.data
    assert after.data.key_ids[0] == "2026a"
    assert _opened(after.data, _sealed(before.data)) == b"x"


def test_a_key_file_that_was_spoilt_is_named_and_not_made_anew(tmp_path: Path) -> None:
    open_vaults(settings_of(tmp_path), make=True)
    spoilt = tmp_path / "data.keys"
    for content in (b"", b"file-1:short", b"\xff\xfe"):
        spoilt.write_bytes(content)
        with pytest.raises(BadKeyFile, match=r"data\.keys.*bản sao lưu"):
            open_vaults(settings_of(tmp_path), make=True)
        assert spoilt.read_bytes() == content


def test_what_a_kill_left_of_a_key_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "data.keys.part").write_text("file-1:ha", encoding="ascii")
    vaults = open_vaults(settings_of(tmp_path), make=True)
    assert vaults.data
    assert not (tmp_path / "data.keys.part").exists()


def _sealed(vault: Vault | None) -> bytes:
    assert vault
    return vault.seal(b"x", "p")


def _opened(vault: Vault | None, sealed: bytes) -> bytes:
    assert vault
    return vault.open(sealed, "p")
