"""The vaults of a deployment: by its environment, or by key files beside an embedded database.

Without any configuration the program must run, so beside a file of our own a key is made once. It
is no protection against who takes the whole folder: an office at work sets the keys and keeps them
apart from the database's backups.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final, Protocol

from pydantic import SecretStr

from bot.vault.errors import BadKeyFile, BadKeys
from bot.vault.keyring import Keyring, new_key
from bot.vault.vault import Vault

DATA_FILE: Final = "data.keys"
SEALED_FILE: Final = "sealed.keys"
_OWNER_ONLY: Final = 0o600


class KeySettings(Protocol):
    """What of the settings leads to the keys."""

    @property
    def data_keys(self) -> SecretStr | None:
        """Keys of citizens' data."""

    @property
    def sealed_keys(self) -> SecretStr | None:
        """Keys of denunciations."""

    @property
    def database_url(self) -> SecretStr | None:
        """The server of the database; none means a file of our own."""

    @property
    def data_dir(self) -> Path:
        """Where a file of our own stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaults:
    """What seals citizens' data, and what seals denunciations; none without keys.

    ``files`` are the key files in use that the environment does not replace.
    """

    data: Vault | None
    sealed: Vault | None
    files: tuple[Path, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """The variables without which nothing of their kind can be kept."""
        kept = (("DATA_KEYS", self.data), ("SEALED_KEYS", self.sealed))
        return tuple(name for name, vault in kept if vault is None)


def open_vaults(settings: KeySettings, *, make: bool = False) -> Vaults:
    """Open the vaults; with ``make`` a key file that is missing beside our own file is made.

    Only who serves makes one: then nobody else does at the same moment.

    Raises:
        BadKeyFile: a key file is not as it was made.
    """
    own = settings.data_dir if settings.database_url is None else None
    opened = {
        name: _opened(told, own / name if own else None, make=make)
        for name, told in ((DATA_FILE, settings.data_keys), (SEALED_FILE, settings.sealed_keys))
    }
    return Vaults(
        data=opened[DATA_FILE][0],
        sealed=opened[SEALED_FILE][0],
        files=tuple(file for _, file in opened.values() if file),
    )


def _opened(
    told: SecretStr | None, file: Path | None, *, make: bool
) -> tuple[Vault | None, Path | None]:
    """Give a vault, and the file its first key stands in.

    Keys of the environment come first; what was sealed before they were set opens still.
    """
    if make and told is None and file and not file.exists():
        _make(file)
    held = _read(file) if file and file.exists() else None
    if told is None:
        return (Vault(held), file) if held else (None, None)
    keyring = Keyring.parse(told.get_secret_value())
    return Vault(keyring.followed_by(held) if held else keyring), None


def _read(file: Path) -> Keyring:
    try:
        return Keyring.parse(file.read_text(encoding="ascii").strip())
    except ValueError as fault:
        why = str(fault) if isinstance(fault, BadKeys) else "không đọc được"
        raise BadKeyFile(f"Tệp khóa {file}: {why}. Hãy lấy lại tệp này từ bản sao lưu.") from None


def _make(file: Path) -> None:
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    with open(part, "x", encoding="ascii", opener=_for_the_owner) as written:
        written.write(new_key(f"file-{token_hex(3)}"))
        written.flush()
        os.fsync(written.fileno())
    part.replace(file)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)
